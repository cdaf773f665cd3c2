use base::{record, ties::Named};
use cases::{CasePriority, CaseType};
use notes::Noted;
use sea_orm::entity::prelude::*;
use serde::Serialize;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "mailbox")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub org_id: Uuid,
    pub created_at: DateTimeUtc,
    pub created_by: Option<Uuid>,
    pub updated_at: DateTimeUtc,
    pub updated_by: Option<Uuid>,
    pub version: i64,
    pub deleted_at: Option<DateTimeUtc>,

    pub name: String,
    /// To which customers write, and answer.
    pub address: String,
    pub key_hash: String,
    pub is_active: bool,
    /// What its cases are, until somebody says otherwise.
    pub priority: CasePriority,
    pub case_type: Option<CaseType>,
    /// Whether invitations to events say that answers go here.
    pub takes_answers: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

record!("mailbox", unlogged: ["key_hash"]);

impl Named for Entity {
    fn name() -> Vec<Column> {
        vec![Column::Name]
    }
}

impl Noted for Entity {
    const TELLS_ASSIGNEES: bool = false;

    fn title(row: &Model) -> String {
        row.name.clone()
    }
}

use base::link;
use sea_orm::entity::prelude::*;

/// A contact has to do with a lead.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "lead_contact")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub org_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub lead_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub contact_id: Uuid,
    pub created_at: DateTimeUtc,
    pub created_by: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

link!();

impl Model {
    pub fn between(lead_id: Uuid, contact_id: Uuid) -> Self {
        Self { org_id: Uuid::nil(), lead_id, contact_id, created_at: DateTimeUtc::default(), created_by: None }
    }
}

use base::record;
use sea_orm::entity::prelude::*;
use serde::Serialize;

use super::targets::Targets;
use crate::only::Default as OneDefault;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "sla_policy")]
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
    pub description: Option<String>,
    /// Whose time counts; all of it without one.
    pub calendar_id: Option<Uuid>,
    pub targets: Targets,
    /// One at most of those that are not in the trash.
    pub is_default: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

record!("sla_policy");

impl OneDefault for Entity {
    const IS_DEFAULT: Column = Column::IsDefault;

    fn is_default(row: &mut Model) -> &mut bool {
        &mut row.is_default
    }
}

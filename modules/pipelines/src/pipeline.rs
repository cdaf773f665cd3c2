use base::record;
use poem_openapi::Enum;
use sea_orm::entity::prelude::*;
use serde::Serialize;

/// The kind of record that goes through it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Enum, EnumIter, DeriveActiveEnum)]
#[serde(rename_all = "snake_case")]
#[oai(rename_all = "snake_case", rename = "PipelineKind")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))", rename_all = "snake_case")]
pub enum Kind {
    #[default]
    Lead,
    Opportunity,
    Task,
    Case,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "pipeline")]
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

    pub kind: Kind,
    /// Unique among the pipelines of its kind that are not in the trash, whatever the case.
    pub name: String,
    /// The one that a record goes into when nothing else is said. It stays, and so do the stages it began with.
    pub is_built_in: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

record!("pipeline");

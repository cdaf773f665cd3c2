use base::record;
use notes::Noted;
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use super::{origin::Origins, view::FormField};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "form")]
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

    pub title: String,
    /// Stands in the pages that have the form, so it is no secret; it cannot be guessed either.
    pub key: String,
    pub allowed_origins: Origins,
    pub required_fields: Required,
    /// A submission that comes sooner was not typed by a person.
    pub minimum_seconds: i32,
    pub is_active: bool,
}

/// What a visitor must fill in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Required(pub Vec<FormField>);

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

record!("form");

impl Noted for Entity {
    const TELLS_ASSIGNEES: bool = false;

    fn title(row: &Model) -> String {
        row.title.clone()
    }
}

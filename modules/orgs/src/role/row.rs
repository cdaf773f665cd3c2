use base::{Error, Grants, Result};
use sea_orm::entity::prelude::*;
use serde::Serialize;

/// The key of the built-in role that may do everything. There is always an active member in it.
pub const ADMIN: &str = "admin";
/// The key of the built-in role for everybody else.
pub const USER: &str = "user";

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "role")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub org_id: Uuid,
    /// Set on the built-in ones, which stay as they are.
    pub key: Option<String>,
    pub name: String,
    pub description: Option<String>,
    /// `{"lead.view": "team"}`, or `{"*": "org"}`
    pub grants: Json,
    pub created_at: DateTimeUtc,
    pub created_by: Option<Uuid>,
    pub updated_at: DateTimeUtc,
    pub updated_by: Option<Uuid>,
    pub version: i64,
    pub deleted_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

base::record!("role");

impl Model {
    pub(crate) fn grants(&self) -> Result<Grants> {
        serde_json::from_value(self.grants.clone()).map_err(Error::internal)
    }
}

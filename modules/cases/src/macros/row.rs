use base::record;
use poem_openapi::Enum;
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use super::action::MacroAction;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "case_macro")]
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
    pub visibility: MacroVisibility,
    /// Whose it is, if it is personal.
    pub owner_id: Option<Uuid>,
    /// Whose it is, if it is a team's.
    pub team_id: Option<Uuid>,
    pub actions: Actions,
}

/// Whose a macro is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Enum, EnumIter, DeriveActiveEnum)]
#[serde(rename_all = "snake_case")]
#[oai(rename_all = "snake_case")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))", rename_all = "snake_case")]
pub enum MacroVisibility {
    /// One member's, and there for nobody else.
    #[default]
    Personal,
    /// There for the members of one team.
    Team,
    /// Everybody's.
    Shared,
}

/// In their order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Actions(pub Vec<MacroAction>);

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

record!("case_macro");

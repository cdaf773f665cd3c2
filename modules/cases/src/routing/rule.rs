use base::{record, value::Rank};
use notes::Noted;
use poem_openapi::Enum;
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::view::{CasePriority, CaseType};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "routing_rule")]
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
    /// The greatest is tried first.
    pub rank: Rank,
    pub conditions: Conditions,
    pub strategy: RoutingStrategy,
    pub team_id: Option<Uuid>,
    pub is_active: bool,
}

/// Who gets the cases for which a rule holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Enum, EnumIter, DeriveActiveEnum)]
#[serde(rename_all = "snake_case")]
#[oai(rename_all = "snake_case")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))", rename_all = "snake_case")]
pub enum RoutingStrategy {
    /// All of its members.
    #[default]
    Direct,
    /// Of its members, or of the people of its team, the one to whom it has given none for longest.
    RoundRobin,
    /// Of its members, or of the people of its team, the one who has the fewest open cases in their own name, whichever way they
    /// came to them. Of several, the one to whom the rule has given none for longest.
    LeastBusy,
    /// Its team, and nobody of it.
    Team,
}

/// What must hold beside the account and the tags, which are other records. A list without anything in it always holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
pub struct Conditions {
    pub priorities: Vec<CasePriority>,
    pub case_types: Vec<CaseType>,
    /// As name servers know them.
    pub sender_domains: Vec<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

record!("routing_rule");

impl Noted for Entity {
    const TELLS_ASSIGNEES: bool = false;

    fn title(row: &Model) -> String {
        row.name.clone()
    }
}

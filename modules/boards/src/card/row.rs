use base::{record, search, value::Rank};
use notes::Noted;
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use super::view::{CardPriority, CardStep};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "card")]
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

    /// The board of its column.
    pub board_id: Uuid,
    pub column_id: Uuid,
    /// The greatest is on top. Two in the trash may have the same.
    pub rank: Rank,
    pub title: String,
    pub description: Option<String>,
    pub priority: CardPriority,
    pub due_on: Option<Date>,
    /// When it is due for lists: at the end of time when it never is.
    pub due: Date,
    /// What it is about: one of these at most.
    pub account_id: Option<Uuid>,
    pub contact_id: Option<Uuid>,
    pub opportunity_id: Option<Uuid>,
    pub case_id: Option<Uuid>,
    pub checklist: Checklist,
    pub search_text: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Checklist(pub Vec<CardStep>);

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

record!("card", unlogged: ["search_text", "due"], settle: settle);

/// Behind everything that has a date.
const NEVER: Date = match Date::from_ymd_opt(9999, 12, 31) {
    Some(end) => end,
    None => Date::MAX,
};

fn settle(row: &mut Model) {
    row.due = row.due_on.unwrap_or(NEVER);
    row.search_text = search::text([Some(row.title.as_str())]);
}

impl Noted for Entity {
    fn title(row: &Model) -> String {
        row.title.clone()
    }
}

use base::{Tx, record, search, ties::Named, value::Rank};
use notes::Noted;
use sea_orm::{FromJsonQueryResult, entity::prelude::*, sea_query::SelectStatement};
use serde::{Deserialize, Serialize};

use crate::{
    due::Due,
    view::{ChecklistItem, TaskPriority, TaskStatus},
};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "task")]
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
    pub description: Option<String>,
    pub status: TaskStatus,
    pub priority: TaskPriority,
    /// On a day, wherever one is, or at a moment; never both.
    pub due_on: Option<Date>,
    pub due_at: Option<DateTimeUtc>,
    /// When it is due for lists: the day's beginning in UTC, and the end of time when it never is.
    pub due: DateTimeUtc,
    /// What an hour of the day means when it comes again; kept with `due_at` alone.
    pub time_zone: Option<String>,
    /// An RFC 5545 `RRULE`, counted from `recurs_from`.
    pub recurrence: Option<String>,
    /// When the first of the series was due, as `due`.
    pub recurs_from: Option<DateTimeUtc>,
    /// The one before it in its series; no two follow the same.
    pub previous_id: Option<Uuid>,
    /// Whether the next of its series was made.
    pub is_followed: bool,
    /// What it is about: one of these at most.
    pub account_id: Option<Uuid>,
    pub opportunity_id: Option<Uuid>,
    pub lead_id: Option<Uuid>,
    pub case_id: Option<Uuid>,
    pub checklist: Checklist,
    /// Seconds before it is due.
    pub reminders: Reminders,
    pub completed_at: Option<DateTimeUtc>,
    pub completed_by: Option<Uuid>,
    pub is_active: bool,
    /// Where it stands in its pipeline, and since when.
    pub stage_id: Uuid,
    pub rank: Rank,
    pub stage_entered_at: DateTimeUtc,
    pub search_text: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Checklist(pub Vec<ChecklistItem>);

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Reminders(pub Vec<i32>);

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

record!("task", unlogged: ["search_text", "stage_entered_at", "due"], settle: settle);

fn settle(row: &mut Model) {
    row.due = Due::of(row).map_or(Due::NEVER, Due::moment);
    row.search_text = search::text([Some(row.title.as_str())]);
}

impl Named for Entity {
    fn name() -> Vec<Column> {
        vec![Column::Title]
    }
}

impl Noted for Entity {
    fn title(row: &Model) -> String {
        row.title.clone()
    }

    fn named(tx: &Tx, ids: &[Uuid]) -> Option<SelectStatement> {
        Some(tx.named::<Self>(ids))
    }
}

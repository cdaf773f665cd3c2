use std::collections::{BTreeMap, BTreeSet};

use base::{record, search, ties::Named};
use chrono::NaiveDate;
use notes::Noted;
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use crate::{
    said::OccurrenceAnswers,
    view::{Answer, EventKind, EventStatus, Guest},
    when::When,
};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "event")]
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
    pub kind: EventKind,
    pub status: EventStatus,
    pub description: Option<String>,
    pub place: Option<String>,
    pub link: Option<String>,
    /// What the clocks of the zone show, or a day: a zone that changes its law moves no meeting.
    pub starts_local: String,
    /// As `starts_local`; of days the last one.
    pub ends_local: String,
    pub time_zone: String,
    /// What comes of these by the law of the zone as it is known now, for looking up: the first of a series.
    pub starts_at: DateTimeUtc,
    pub ends_at: DateTimeUtc,
    /// The end of the last of a series.
    pub until: DateTimeUtc,
    /// An RFC 5545 `RRULE`, counted from its start.
    pub recurrence: Option<String>,
    /// The days of the series on which it does not come, or as an event of its own.
    pub excluded: Days,
    /// The series of which it is one that was changed, and the day on which it was before.
    pub series_id: Option<Uuid>,
    pub occurrence_on: Option<Date>,
    /// What it is about: one of these at most.
    pub account_id: Option<Uuid>,
    pub opportunity_id: Option<Uuid>,
    pub lead_id: Option<Uuid>,
    pub contact_id: Option<Uuid>,
    pub case_id: Option<Uuid>,
    pub guests: Guests,
    /// By the id of whoever answered, or a guest's address in lower case.
    pub answers: Answers,
    pub occurrence_answers: OccurrenceAnswers,
    /// Seconds before it starts.
    pub reminders: Reminders,
    pub is_busy: bool,
    /// Whether those who are no members get invitations.
    pub invites: bool,
    /// RFC 5545, 3.8.7.4.
    pub sequence: i32,
    /// How other calendars call it; its id when there is none.
    pub uid: Option<String>,
    pub search_text: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Days(pub BTreeSet<NaiveDate>);

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Guests(pub Vec<Guest>);

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Answers(pub BTreeMap<String, Answered>);

/// An answer, and when it was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    pub answer: Answer,
    pub at: DateTimeUtc,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Reminders(pub Vec<i32>);

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

record!("event", unlogged: ["search_text", "starts_at", "ends_at", "until", "occurrence_answers"], settle: settle);

fn settle(row: &mut Model) {
    let when = row.when();
    (row.starts_at, row.ends_at, row.until) = (when.starts_at(), when.ends_at(), when.until());
    row.search_text = search::text([Some(row.title.as_str()), row.place.as_deref()]);
}

impl Model {
    pub fn when(&self) -> When {
        When::of(&self.starts_local, &self.ends_local, &self.time_zone, self.recurrence.as_deref(), &self.excluded)
    }
}

impl Named for Entity {
    fn name() -> Vec<Column> {
        vec![Column::Title]
    }
}

impl Noted for Entity {
    /// They get an invitation.
    const TELLS_ASSIGNEES: bool = false;

    fn title(row: &Model) -> String {
        row.title.clone()
    }
}

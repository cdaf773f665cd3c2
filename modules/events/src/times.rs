//! The times of events without anything else of them: that somebody is busy is everyone's to know, and with what is not.

use base::record;
use chrono::NaiveDate;
use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::{
    event::{Answers, Days},
    said::OccurrenceAnswers,
    view::{Answer, EventStatus},
    when::When,
};

/// The same rows, of which no other columns can be read.
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

    pub status: EventStatus,
    pub starts_local: String,
    pub ends_local: String,
    pub time_zone: String,
    pub starts_at: DateTimeUtc,
    pub until: DateTimeUtc,
    pub recurrence: Option<String>,
    pub excluded: Days,
    /// Who is not busy, because they said that they do not come.
    pub answers: Answers,
    pub occurrence_answers: OccurrenceAnswers,
    pub is_busy: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

record!("event");

impl Model {
    pub fn when(&self) -> When {
        When::of(&self.starts_local, &self.ends_local, &self.time_zone, self.recurrence.as_deref(), &self.excluded)
    }

    /// Whether it takes the time of this member on this day, if they take part.
    pub fn takes(&self, member: Uuid, on: NaiveDate) -> bool {
        let who = member.to_string();
        let said = self.occurrence_answers.on(&who, on).or_else(|| self.answers.0.get(&who).copied());
        said.is_none_or(|said| said.answer != Answer::Declined)
    }
}

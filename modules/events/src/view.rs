use base::{
    Ref, Stamp, View,
    value::{Change, DayOrTime, Email, Note, Text, Timezone, WebUrl},
};
use chrono::{DateTime, NaiveDate, Utc};
use notes::TagRef;
use poem_openapi::{Enum, Object, types::MaybeUndefined};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::conflicts::Conflict;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Enum, EnumIter, DeriveActiveEnum)]
#[serde(rename_all = "snake_case")]
#[oai(rename_all = "snake_case")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))", rename_all = "snake_case")]
pub enum EventKind {
    #[default]
    Meeting,
    Call,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Enum, EnumIter, DeriveActiveEnum)]
#[serde(rename_all = "snake_case")]
#[oai(rename_all = "snake_case")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))", rename_all = "snake_case")]
pub enum EventStatus {
    #[default]
    Planned,
    Held,
    NotHeld,
    Cancelled,
}

/// What somebody says to an event (RFC 5545, 3.2.12).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Enum)]
#[serde(rename_all = "snake_case")]
#[oai(rename_all = "snake_case")]
pub enum Answer {
    #[default]
    NeedsAction,
    Accepted,
    Declined,
    Tentative,
}

/// What somebody is who takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename_all = "snake_case")]
pub enum AttendeeKind {
    Member,
    Contact,
    Lead,
    Guest,
}

/// Somebody who takes part.
#[derive(Clone, Debug, Object)]
pub struct Attendee {
    pub kind: AttendeeKind,
    /// The user, contact or lead; a guest has none.
    pub id: Option<Uuid>,
    pub name: String,
    /// A guest's.
    pub email: Option<String>,
    /// Whoever made the event has accepted, unless they say otherwise.
    pub answer: Answer,
    pub answered_at: Option<DateTime<Utc>>,
}

/// What somebody says to one time of a series.
#[derive(Clone, Debug, Object)]
pub struct OccurrenceAnswer {
    /// The day on which the series has it, by its own time zone.
    pub on: NaiveDate,
    /// Whether it is for all after it, too, where nothing else is said.
    pub and_following: bool,
    pub kind: AttendeeKind,
    /// The user, contact or lead; a guest has none.
    pub id: Option<Uuid>,
    pub name: String,
    /// A guest's.
    pub email: Option<String>,
    pub answer: Answer,
    pub answered_at: DateTime<Utc>,
}

/// Somebody who is known by an address alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guest {
    pub name: Option<String>,
    pub email: String,
}

/// A guest, to be.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct NewGuest {
    pub name: Option<Text<255>>,
    pub email: Email,
}

/// An event.
#[derive(Clone, Debug, Object)]
pub struct EventView {
    #[oai(flatten)]
    pub stamp: Stamp,
    pub title: String,
    pub kind: EventKind,
    pub status: EventStatus,
    pub description: Option<String>,
    pub place: Option<String>,
    pub link: Option<String>,
    /// What the clocks of the time zone show, or a day; of a series, the first.
    pub start: DayOrTime,
    /// Of days, the last one.
    pub end: DayOrTime,
    pub time_zone: String,
    pub is_all_day: bool,
    /// The same start and end as moments.
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub recurrence: Option<String>,
    /// Days of the series on which it does not take place, or as an event of its own.
    pub excluded: Vec<NaiveDate>,
    /// The series of which this was one, and the day on which it was then; the list finds by it what was changed of a series.
    pub series_id: Option<Uuid>,
    pub occurrence_on: Option<NaiveDate>,
    /// What it is about: one of these five at most. `null` too when you may not see it.
    pub account: Option<Ref>,
    pub opportunity: Option<Ref>,
    pub lead: Option<Ref>,
    pub contact: Option<Ref>,
    pub case: Option<Ref>,
    /// All who take part, as far as you may see them.
    pub attendees: Vec<Attendee>,
    /// What they say to single times of a series, where they do, by day; at most 2,000. `null` in lists.
    pub occurrence_answers: Option<Vec<OccurrenceAnswer>>,
    pub reminders: Vec<i32>,
    pub is_busy: bool,
    pub invites: bool,
    pub assigned_to: Vec<Ref>,
    pub teams: Vec<Ref>,
    pub tags: Vec<TagRef>,
    /// What else the members who take part have to do at that time: the first 10, of a series those of the next 92 days. `null` in
    /// lists.
    pub conflicts: Option<Vec<Conflict>>,
}

/// An event to make, or to put in the place of one.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct NewEvent {
    pub title: Text<255>,
    #[oai(default)]
    pub kind: EventKind,
    #[oai(default)]
    pub status: EventStatus,
    pub description: Option<Note<20_000>>,
    pub place: Option<Text<255>>,
    /// Where one meets on the web.
    pub link: Option<WebUrl<2_000>>,
    /// What the clocks of the time zone show (`2027-01-11T09:00:00`), or a day (`2027-01-11`) for all of it. A time that clocks
    /// jump over is meant by the offset from before, one that comes twice is the first (RFC 5545, 3.3.5).
    pub start: DayOrTime,
    /// Not before the start, and at most 31 days after it. Of days, the last one. An hour after the start, or that day, when left
    /// out.
    pub end: Option<DayOrTime>,
    /// The organisation's when left out. It takes place at that hour there, whatever becomes of the zone's law.
    pub time_zone: Option<Timezone>,
    /// When it comes again: an RFC 5545 recurrence rule such as `FREQ=WEEKLY;BYDAY=MO`, of which the start is the first. `COUNT`
    /// is 2,000 at most.
    pub recurrence: Option<Text<500>>,
    /// The account that it is about. An event is about one record at most.
    pub account_id: Option<Uuid>,
    /// Or the opportunity.
    pub opportunity_id: Option<Uuid>,
    /// Or the lead.
    pub lead_id: Option<Uuid>,
    /// Or the contact.
    pub contact_id: Option<Uuid>,
    /// Or the case.
    pub case_id: Option<Uuid>,
    /// Contacts who take part.
    #[oai(default, validator(max_items = 50))]
    pub contacts: Vec<Uuid>,
    /// Leads who take part.
    #[oai(default, validator(max_items = 50))]
    pub leads: Vec<Uuid>,
    /// Others who take part.
    #[oai(default, validator(max_items = 50))]
    pub guests: Vec<NewGuest>,
    /// When to remind the members who take part, in seconds before it starts; a day starts at its beginning. Where they are
    /// reminded is their own choice (`event_soon` in their notification preferences).
    #[oai(default, validator(max_items = 5))]
    pub reminders: Vec<i32>,
    /// Whether whoever takes part has no time for anything else.
    #[oai(default = "yes")]
    pub is_busy: bool,
    /// Whether contacts, leads and guests get invitations by mail, as far as they have addresses. Members always do.
    #[oai(default)]
    pub invites: bool,
    /// User ids of members who take part.
    #[oai(default, validator(max_items = 50))]
    pub assigned_to: Vec<Uuid>,
    /// Teams whose members see it.
    #[oai(default, validator(max_items = 50))]
    pub teams: Vec<Uuid>,
    #[oai(default, validator(max_items = 50))]
    pub tags: Vec<Uuid>,
}

/// What to change of an event.
#[derive(Clone, Debug, Default, Object)]
#[oai(deny_unknown_fields, example)]
pub struct EventChange {
    pub title: Change<Text<255>>,
    pub kind: Change<EventKind>,
    pub status: Change<EventStatus>,
    pub description: MaybeUndefined<Note<20_000>>,
    pub place: MaybeUndefined<Text<255>>,
    pub link: MaybeUndefined<WebUrl<2_000>>,
    /// Without an `end`, the end moves with it. Another time asks everybody anew.
    pub start: Change<DayOrTime>,
    pub end: Change<DayOrTime>,
    pub time_zone: Change<Timezone>,
    /// Not of one that was changed alone out of a series.
    pub recurrence: MaybeUndefined<Text<500>>,
    /// One that is given clears the others, unless they are given as well.
    pub account_id: MaybeUndefined<Uuid>,
    pub opportunity_id: MaybeUndefined<Uuid>,
    pub lead_id: MaybeUndefined<Uuid>,
    pub contact_id: MaybeUndefined<Uuid>,
    pub case_id: MaybeUndefined<Uuid>,
    #[oai(validator(max_items = 50))]
    pub contacts: Change<Vec<Uuid>>,
    #[oai(validator(max_items = 50))]
    pub leads: Change<Vec<Uuid>>,
    #[oai(validator(max_items = 50))]
    pub guests: Change<Vec<NewGuest>>,
    #[oai(validator(max_items = 5))]
    pub reminders: Change<Vec<i32>>,
    pub is_busy: Change<bool>,
    pub invites: Change<bool>,
    #[oai(validator(max_items = 50))]
    pub assigned_to: Change<Vec<Uuid>>,
    #[oai(validator(max_items = 50))]
    pub teams: Change<Vec<Uuid>>,
    #[oai(validator(max_items = 50))]
    pub tags: Change<Vec<Uuid>>,
}

/// What you say to an event.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct EventAnswer {
    pub answer: Answer,
}

fn yes() -> bool {
    true
}

impl View for EventView {
    fn id(&self) -> Uuid {
        self.stamp.id
    }

    fn version(&self) -> i64 {
        self.stamp.version
    }
}

use base::{
    Ref, Stamp, View,
    value::{Change, Note, patch, patch_required},
};
use chrono::NaiveDate;
use poem_openapi::{
    Object,
    types::{Example, MaybeUndefined},
};
use uuid::Uuid;

use super::entry::Model;

/// Time that a member worked on a case.
#[derive(Clone, Debug, Object)]
pub struct TimeEntryView {
    #[oai(flatten)]
    pub stamp: Stamp,
    pub case: Option<Ref>,
    /// Who worked; not always who wrote it down, which is `created_by`.
    pub member: Option<Ref>,
    pub worked_on: NaiveDate,
    /// From 1 to 1,440.
    pub minutes: i32,
    pub description: Option<String>,
    /// Whether the customer is to pay for it.
    pub is_billable: bool,
}

/// Time to write down, or to put in the place of what was.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct NewTimeEntry {
    pub case_id: Uuid,
    /// By user id, who worked: you, when it is absent.
    pub member_id: Option<Uuid>,
    pub worked_on: NaiveDate,
    #[oai(validator(minimum(value = "1"), maximum(value = "1440")))]
    pub minutes: i32,
    pub description: Option<Note<2_000>>,
    #[oai(default = "yes")]
    pub is_billable: bool,
}

/// What to change of time that was written down.
#[derive(Clone, Debug, Default, Object)]
#[oai(deny_unknown_fields, example)]
pub struct TimeEntryChange {
    pub case_id: Change<Uuid>,
    pub member_id: Change<Uuid>,
    pub worked_on: Change<NaiveDate>,
    #[oai(validator(minimum(value = "1"), maximum(value = "1440")))]
    pub minutes: Change<i32>,
    pub description: MaybeUndefined<Note<2_000>>,
    pub is_billable: Change<bool>,
}

/// What the time worked on a case comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Object)]
pub struct CaseTime {
    /// How many time entries there are.
    pub entries: u64,
    pub minutes: i64,
    /// Those of them for which the customer is to pay.
    pub billable_minutes: i64,
}

fn yes() -> bool {
    true
}

impl NewTimeEntry {
    /// `me`: whose time it is when nothing is said.
    pub fn write(self, row: &mut Model, me: Uuid) {
        row.case_id = self.case_id;
        row.member_id = self.member_id.unwrap_or(me);
        row.worked_on = self.worked_on;
        row.minutes = self.minutes;
        row.description = self.description.map(Into::into);
        row.is_billable = self.is_billable;
    }
}

impl TimeEntryChange {
    pub fn write(self, row: &mut Model) {
        patch_required(&mut row.case_id, self.case_id);
        patch_required(&mut row.member_id, self.member_id);
        patch_required(&mut row.worked_on, self.worked_on);
        patch_required(&mut row.minutes, self.minutes);
        patch(&mut row.description, self.description);
        patch_required(&mut row.is_billable, self.is_billable);
    }
}

impl View for TimeEntryView {
    fn id(&self) -> Uuid {
        self.stamp.id
    }

    fn version(&self) -> i64 {
        self.stamp.version
    }
}

impl Example for NewTimeEntry {
    fn example() -> Self {
        Self {
            case_id: Uuid::from_u128(0x0190_f3c2_0000_7000_8000_0000_0000_0001),
            member_id: None,
            worked_on: NaiveDate::from_ymd_opt(2026, 11, 20).expect("a day"),
            minutes: 45,
            description: Note::parse("Found the cause with the carrier by telephone.").ok(),
            is_billable: true,
        }
    }
}

impl Example for TimeEntryChange {
    fn example() -> Self {
        Self { minutes: Change::To(60), description: MaybeUndefined::Null, ..Self::default() }
    }
}

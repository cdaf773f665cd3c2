//! Bodies put onto rows. What is beside the row goes with it: assignees, teams and tags, the contacts and leads, and what could
//! not be put onto the row.

use base::{
    Faults,
    value::{Change, DayOrTime, Text, Timezone, patch, patch_required},
};
use chrono::Duration;
use contacts::People;
use notes::Ties;
use poem_openapi::types::MaybeUndefined;
use recurrence::{End, Rule};

use crate::{
    event::{Guests, Model, Reminders},
    event_contact,
    prospects::Prospects,
    view::{EventChange, Guest, NewEvent, NewGuest},
    when::MOST_COUNTED,
};

pub type Beside = (Ties, (People<event_contact::Entity>, (Prospects, Faults)));

impl NewEvent {
    pub fn write(self, row: &mut Model) -> Beside {
        let mut faults = Faults::new();
        row.title = self.title.into();
        row.kind = self.kind;
        row.status = self.status;
        row.description = self.description.map(Into::into);
        row.place = self.place.map(Into::into);
        row.link = self.link.map(Into::into);
        let end = self.end.unwrap_or_else(|| usual_end(&self.start));
        (row.starts_local, row.ends_local) = (self.start.into_inner(), end.into_inner());
        row.time_zone = self.time_zone.map(Timezone::into_inner).unwrap_or_default();
        row.recurrence = self.recurrence.map(|rule| checked(&rule, &mut faults));
        (row.account_id, row.opportunity_id) = (self.account_id, self.opportunity_id);
        (row.lead_id, row.contact_id, row.case_id) = (self.lead_id, self.contact_id, self.case_id);
        row.guests = guests(self.guests, &mut faults);
        row.reminders = reminders(self.reminders, &mut faults);
        row.is_busy = self.is_busy;
        row.invites = self.invites;
        let people = (Some(self.contacts).into(), (Prospects(Some(self.leads)), faults));
        (Ties::put(self.assigned_to, self.teams, self.tags), people)
    }
}

impl EventChange {
    /// Whether it gives another time, or another rule.
    pub fn moves(&self) -> bool {
        let keeps = self.start.as_option().is_none()
            && self.end.as_option().is_none()
            && self.time_zone.as_option().is_none()
            && self.recurrence.is_undefined();
        !keeps
    }

    pub fn write(self, row: &mut Model) -> Beside {
        let mut faults = Faults::new();
        patch_required(&mut row.title, self.title);
        patch_required(&mut row.kind, self.kind);
        patch_required(&mut row.status, self.status);
        patch(&mut row.description, self.description);
        patch(&mut row.place, self.place);
        patch(&mut row.link, self.link);
        if let Change::To(start) = self.start {
            if self.end.as_option().is_none() {
                row.ends_local = moved_end(row, &start).into_inner();
            }
            row.starts_local = start.into_inner();
        }
        patch_required(&mut row.ends_local, self.end);
        if let Change::To(zone) = self.time_zone {
            row.time_zone = zone.into_inner();
        }
        match self.recurrence {
            MaybeUndefined::Undefined => {}
            MaybeUndefined::Null => row.recurrence = None,
            MaybeUndefined::Value(rule) => row.recurrence = Some(checked(&rule, &mut faults)),
        }
        let about = [self.account_id, self.opportunity_id, self.lead_id, self.contact_id, self.case_id];
        if about.iter().any(MaybeUndefined::is_value) {
            (row.account_id, row.opportunity_id, row.lead_id) = (None, None, None);
            (row.contact_id, row.case_id) = (None, None);
        }
        patch(&mut row.account_id, self.account_id);
        patch(&mut row.opportunity_id, self.opportunity_id);
        patch(&mut row.lead_id, self.lead_id);
        patch(&mut row.contact_id, self.contact_id);
        patch(&mut row.case_id, self.case_id);
        if let Change::To(new) = self.guests {
            row.guests = guests(new, &mut faults);
        }
        if let Change::To(seconds) = self.reminders {
            row.reminders = reminders(seconds, &mut faults);
        }
        patch_required(&mut row.is_busy, self.is_busy);
        patch_required(&mut row.invites, self.invites);
        let people = (self.contacts.into_option().into(), (Prospects::from(self.leads), faults));
        (Ties::patch(self.assigned_to, self.teams, self.tags), people)
    }
}

fn usual_end(start: &DayOrTime) -> DayOrTime {
    if start.is_day() { start.clone() } else { DayOrTime::time(start.local() + Duration::hours(1)) }
}

/// The end moves with the start; of a day that becomes a time, or the other way round, it is the usual one.
fn moved_end(row: &Model, start: &DayOrTime) -> DayOrTime {
    let when = row.when();
    if when.start.is_day() != start.is_day() {
        return usual_end(start);
    }
    let end = start.local() + (when.end.local() - when.start.local());
    if start.is_day() { DayOrTime::day(end.date()) } else { DayOrTime::time(end) }
}

/// A rule as it was written; a fault when it is none.
fn checked(rule: &Text<500>, faults: &mut Faults) -> String {
    match Rule::parse(rule.as_str()) {
        Err(refused) => {
            faults.add("/recurrence", refused.code, refused.detail);
        }
        Ok(rule) => {
            if let End::After(count) = rule.end()
                && usize::try_from(count).is_ok_and(|count| count > MOST_COUNTED)
            {
                faults.add("/recurrence", "invalid_recurrence", "COUNT is 2,000 at most.");
            }
        }
    }
    rule.as_str().to_owned()
}

fn guests(new: Vec<NewGuest>, faults: &mut Faults) -> Guests {
    let mut all: Vec<Guest> = Vec::with_capacity(new.len());
    for (place, guest) in new.into_iter().enumerate() {
        let guest = Guest { name: guest.name.map(Into::into), email: guest.email.into_inner() };
        if all.iter().any(|other| other.email.eq_ignore_ascii_case(&guest.email)) {
            faults.add(format!("/guests/{place}/email"), "repeated", "Is given more than once.");
        }
        all.push(guest);
    }
    Guests(all)
}

/// A month before is early enough.
const EARLIEST: i32 = 31 * 24 * 60 * 60;

fn reminders(mut seconds: Vec<i32>, faults: &mut Faults) -> Reminders {
    for (place, before) in seconds.iter().enumerate() {
        if !(0..=EARLIEST).contains(before) {
            let detail = "A reminder comes 0 to 2,678,400 seconds (31 days) before the event starts.";
            faults.add(format!("/reminders/{place}"), "out_of_range", detail);
        }
    }
    seconds.sort_unstable_by(|a, b| b.cmp(a));
    seconds.dedup();
    Reminders(seconds)
}

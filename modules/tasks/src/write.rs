//! Bodies put onto rows. What is beside the row goes with it: assignees, teams and tags, the contacts, and what could not be
//! put onto the row.

use base::{
    Faults,
    value::{Change, Text, Timezone, patch, patch_required},
};
use contacts::People;
use notes::Ties;
use poem_openapi::types::MaybeUndefined;
use recurrence::Rule;

use crate::{
    task::{Checklist, Model, Reminders},
    task_contact,
    view::{ChecklistItem, NewChecklistItem, NewTask, TaskChange},
};

type Beside = (Ties, (People<task_contact::Entity>, Faults));

impl NewTask {
    pub fn write(self, row: &mut Model) -> Beside {
        let mut faults = Faults::new();
        row.title = self.title.into();
        row.description = self.description.map(Into::into);
        row.status = self.status;
        row.stage_id = self.pipeline_stage_id.unwrap_or(row.stage_id);
        row.priority = self.priority;
        row.due_on = self.due_on;
        row.due_at = self.due_at;
        row.time_zone = self.time_zone.map(Timezone::into_inner);
        row.recurrence = self.recurrence.map(|rule| checked(rule, &mut faults));
        (row.account_id, row.opportunity_id) = (self.account_id, self.opportunity_id);
        (row.lead_id, row.case_id) = (self.lead_id, self.case_id);
        row.checklist = Checklist(self.checklist.into_iter().map(ChecklistItem::from).collect());
        row.reminders = reminders(self.reminders, &mut faults);
        row.is_active = self.is_active;
        (Ties::put(self.assigned_to, self.teams, self.tags), (Some(self.contacts).into(), faults))
    }
}

impl TaskChange {
    pub fn write(self, row: &mut Model) -> Beside {
        let mut faults = Faults::new();
        patch_required(&mut row.title, self.title);
        patch(&mut row.description, self.description);
        patch_required(&mut row.status, self.status);
        patch_required(&mut row.stage_id, self.pipeline_stage_id);
        patch_required(&mut row.priority, self.priority);
        match (self.due_on, self.due_at) {
            (MaybeUndefined::Value(day), MaybeUndefined::Undefined) => (row.due_on, row.due_at) = (Some(day), None),
            (MaybeUndefined::Undefined, MaybeUndefined::Value(time)) => (row.due_on, row.due_at) = (None, Some(time)),
            (day, time) => {
                patch(&mut row.due_on, day);
                patch(&mut row.due_at, time);
            }
        }
        if row.due_at.is_none() && self.time_zone.is_undefined() {
            row.time_zone = None;
        }
        patch(&mut row.time_zone, self.time_zone);
        match self.recurrence {
            MaybeUndefined::Undefined => {}
            MaybeUndefined::Null => row.recurrence = None,
            MaybeUndefined::Value(rule) => row.recurrence = Some(checked(rule, &mut faults)),
        }
        if [self.account_id, self.opportunity_id, self.lead_id, self.case_id].iter().any(MaybeUndefined::is_value) {
            (row.account_id, row.opportunity_id, row.lead_id, row.case_id) = (None, None, None, None);
        }
        patch(&mut row.account_id, self.account_id);
        patch(&mut row.opportunity_id, self.opportunity_id);
        patch(&mut row.lead_id, self.lead_id);
        patch(&mut row.case_id, self.case_id);
        if let Change::To(steps) = self.checklist {
            row.checklist = Checklist(steps.into_iter().map(ChecklistItem::from).collect());
        }
        if let Change::To(seconds) = self.reminders {
            row.reminders = reminders(seconds, &mut faults);
        }
        patch_required(&mut row.is_active, self.is_active);
        let contacts = self.contacts.into_option().into();
        (Ties::patch(self.assigned_to, self.teams, self.tags), (contacts, faults))
    }
}

impl From<NewChecklistItem> for ChecklistItem {
    fn from(new: NewChecklistItem) -> Self {
        Self { text: new.text.into(), is_done: new.is_done }
    }
}

/// A rule as it was written; a fault when it is none.
fn checked(rule: Text<255>, faults: &mut Faults) -> String {
    if let Err(refused) = Rule::parse(rule.as_str()) {
        faults.add("/recurrence", refused.code, refused.detail);
    }
    rule.into()
}

/// A month before is early enough.
const EARLIEST: i32 = 31 * 24 * 60 * 60;

fn reminders(mut seconds: Vec<i32>, faults: &mut Faults) -> Reminders {
    for (place, before) in seconds.iter().enumerate() {
        if !(0..=EARLIEST).contains(before) {
            let detail = "A reminder comes 0 to 2,678,400 seconds (31 days) before the task is due.";
            faults.add(format!("/reminders/{place}"), "out_of_range", detail);
        }
    }
    seconds.sort_unstable_by(|a, b| b.cmp(a));
    seconds.dedup();
    Reminders(seconds)
}

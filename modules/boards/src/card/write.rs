//! Bodies put onto rows; assignees, teams and tags go beside them.

use base::value::{Change, patch, patch_required};
use notes::Ties;
use poem_openapi::types::MaybeUndefined;

use super::{
    row::{Checklist, Model},
    view::{CardChange, CardStep, NewCard, NewCardStep},
};

impl NewCard {
    pub fn write(self, row: &mut Model) -> Ties {
        row.column_id = self.column_id;
        row.title = self.title.into();
        row.description = self.description.map(Into::into);
        row.priority = self.priority;
        row.due_on = self.due_on;
        (row.account_id, row.contact_id) = (self.account_id, self.contact_id);
        (row.opportunity_id, row.case_id) = (self.opportunity_id, self.case_id);
        row.checklist = steps(self.checklist);
        Ties::put(self.assigned_to, self.teams, self.tags)
    }
}

impl CardChange {
    pub fn write(self, row: &mut Model) -> Ties {
        patch_required(&mut row.column_id, self.column_id);
        patch_required(&mut row.title, self.title);
        patch(&mut row.description, self.description);
        patch_required(&mut row.priority, self.priority);
        patch(&mut row.due_on, self.due_on);
        let about = [self.account_id, self.contact_id, self.opportunity_id, self.case_id];
        if about.iter().any(MaybeUndefined::is_value) {
            (row.account_id, row.contact_id, row.opportunity_id, row.case_id) = (None, None, None, None);
        }
        patch(&mut row.account_id, self.account_id);
        patch(&mut row.contact_id, self.contact_id);
        patch(&mut row.opportunity_id, self.opportunity_id);
        patch(&mut row.case_id, self.case_id);
        if let Change::To(checklist) = self.checklist {
            row.checklist = steps(checklist);
        }
        Ties::patch(self.assigned_to, self.teams, self.tags)
    }
}

fn steps(checklist: Vec<NewCardStep>) -> Checklist {
    Checklist(checklist.into_iter().map(|step| CardStep { text: step.text.into(), is_done: step.is_done }).collect())
}

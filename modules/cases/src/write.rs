//! Bodies put onto rows. What is beside the row goes with it: assignees, teams and tags, the contacts, and the watchers.

use base::value::{patch, patch_required};
use contacts::People;
use notes::Ties;

use crate::{
    case::Model,
    case_contact,
    view::{CaseChange, NewCase},
    watchers::Watchers,
};

pub type Beside = (Ties, (People<case_contact::Entity>, Watchers));

impl NewCase {
    pub fn write(self, row: &mut Model) -> Beside {
        row.name = self.name.into();
        row.description = self.description.map(Into::into);
        row.status = self.status;
        row.stage_id = self.pipeline_stage_id.unwrap_or(row.stage_id);
        row.priority = self.priority;
        row.case_type = self.case_type;
        row.account_id = self.account_id;
        row.parent_id = self.parent_id;
        row.is_active = self.is_active;
        let ties = Ties::put(self.assigned_to, self.teams, self.tags);
        (ties, (Some(self.contacts).into(), Watchers(Some(self.watchers))))
    }
}

impl CaseChange {
    pub fn write(self, row: &mut Model) -> Beside {
        patch_required(&mut row.name, self.name);
        patch(&mut row.description, self.description);
        patch_required(&mut row.status, self.status);
        patch_required(&mut row.stage_id, self.pipeline_stage_id);
        patch_required(&mut row.priority, self.priority);
        patch(&mut row.case_type, self.case_type);
        patch(&mut row.account_id, self.account_id);
        patch(&mut row.parent_id, self.parent_id);
        patch_required(&mut row.is_active, self.is_active);
        let ties = Ties::patch(self.assigned_to, self.teams, self.tags);
        (ties, (self.contacts.into_option().into(), Watchers(self.watchers.into_option())))
    }
}

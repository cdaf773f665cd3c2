//! Bodies put onto rows; who and which tags its cases get goes beside.

use base::value::{patch, patch_required};
use notes::Ties;

use super::{
    row::Model,
    view::{MailboxChange, NewMailbox},
};

impl NewMailbox {
    pub fn write(self, row: &mut Model) -> Ties {
        row.name = self.name.into();
        row.address = self.address.into();
        row.is_active = self.is_active;
        row.priority = self.priority;
        row.case_type = self.case_type;
        row.takes_answers = self.takes_answers;
        Ties::put(self.assigned_to, self.teams, self.tags)
    }
}

impl MailboxChange {
    pub fn write(self, row: &mut Model) -> Ties {
        patch_required(&mut row.name, self.name);
        patch_required(&mut row.address, self.address);
        patch_required(&mut row.is_active, self.is_active);
        patch_required(&mut row.priority, self.priority);
        patch(&mut row.case_type, self.case_type);
        patch_required(&mut row.takes_answers, self.takes_answers);
        Ties::patch(self.assigned_to, self.teams, self.tags)
    }
}

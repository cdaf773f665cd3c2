//! Bodies put onto rows.

use base::value::{patch, patch_required};

use super::{
    row::Model,
    view::{NewSlaPolicy, SlaPolicyChange},
};

impl NewSlaPolicy {
    pub fn write(self, row: &mut Model) {
        row.name = self.name.into();
        row.description = self.description.map(Into::into);
        row.calendar_id = self.calendar_id;
        row.targets = self.targets;
        row.is_default = self.is_default;
    }
}

impl SlaPolicyChange {
    pub fn write(self, row: &mut Model) {
        patch_required(&mut row.name, self.name);
        patch(&mut row.description, self.description);
        patch(&mut row.calendar_id, self.calendar_id);
        patch_required(&mut row.targets, self.targets);
        patch_required(&mut row.is_default, self.is_default);
    }
}

//! Bodies put onto rows.

use base::value::patch_required;

use crate::{
    series::Model,
    view::{NewSeries, SeriesChange},
};

impl NewSeries {
    pub fn write(self, row: &mut Model) {
        row.name = self.name.into();
        row.pattern = self.pattern.into();
        row.is_default = self.is_default;
    }
}

impl SeriesChange {
    pub fn write(self, row: &mut Model) {
        patch_required(&mut row.name, self.name);
        patch_required(&mut row.pattern, self.pattern);
        patch_required(&mut row.is_default, self.is_default);
    }
}

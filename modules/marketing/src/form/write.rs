//! Bodies put onto rows. What is beside the row goes with it: assignees, teams and tags, and what could not be put there.

use base::{
    Faults,
    value::{Change, WebUrl, patch_required},
};
use notes::Ties;

use super::{
    origin::{self, Origins},
    row::{Model, Required},
    view::{FormChange, FormField, NewForm},
};

impl NewForm {
    pub fn write(self, row: &mut Model) -> (Ties, Faults) {
        let mut faults = Faults::new();
        row.title = self.title.into();
        row.allowed_origins = origins(&self.allowed_origins, &mut faults);
        row.required_fields = required(&self.required_fields);
        row.minimum_seconds = self.minimum_seconds;
        row.is_active = self.is_active;
        (Ties::put(self.assigned_to, self.teams, self.tags), faults)
    }
}

impl FormChange {
    pub fn write(self, row: &mut Model) -> (Ties, Faults) {
        let mut faults = Faults::new();
        patch_required(&mut row.title, self.title);
        if let Change::To(typed) = self.allowed_origins {
            row.allowed_origins = origins(&typed, &mut faults);
        }
        if let Change::To(fields) = self.required_fields {
            row.required_fields = required(&fields);
        }
        patch_required(&mut row.minimum_seconds, self.minimum_seconds);
        patch_required(&mut row.is_active, self.is_active);
        (Ties::patch(self.assigned_to, self.teams, self.tags), faults)
    }
}

fn origins(typed: &[WebUrl<255>], faults: &mut Faults) -> Origins {
    let mut origins = Vec::new();
    for (place, url) in typed.iter().enumerate() {
        match origin::parse(url.as_str()) {
            Some(origin) if origins.contains(&origin) => {}
            Some(origin) => origins.push(origin),
            None => {
                let pointer = format!("/allowed_origins/{place}");
                faults.add(
                    pointer,
                    "invalid_origin",
                    "An origin is a scheme, a host and perhaps a port, without a path.",
                );
            }
        }
    }
    Origins(origins)
}

fn required(fields: &[FormField]) -> Required {
    let mut once = Vec::new();
    for field in fields {
        if !once.contains(field) {
            once.push(*field);
        }
    }
    Required(once)
}

//! Bodies put onto rows. What is beside the row goes with it as [`Ties`].

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
    pub fn write(self, row: &mut Model, faults: &mut Faults) -> Ties {
        row.title = self.title.into();
        row.allowed_origins = origins(&self.allowed_origins, faults);
        row.required_fields = required(&self.required_fields);
        row.minimum_seconds = self.minimum_seconds;
        row.is_active = self.is_active;
        Ties { assigned_to: Some(self.assigned_to), teams: Some(self.teams), tags: Some(self.tags), ..Ties::default() }
    }
}

impl FormChange {
    pub fn write(self, row: &mut Model, faults: &mut Faults) -> Ties {
        patch_required(&mut row.title, self.title);
        if let Change::To(typed) = self.allowed_origins {
            row.allowed_origins = origins(&typed, faults);
        }
        if let Change::To(fields) = self.required_fields {
            row.required_fields = required(&fields);
        }
        patch_required(&mut row.minimum_seconds, self.minimum_seconds);
        patch_required(&mut row.is_active, self.is_active);
        Ties {
            assigned_to: self.assigned_to.into_option(),
            teams: self.teams.into_option(),
            tags: self.tags.into_option(),
            ..Ties::default()
        }
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

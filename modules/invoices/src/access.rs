use base::{Access, Reach, Verb};

use crate::{invoice::Entity, settings};

/// To give it a number, after which it stays as it is.
pub const ISSUE: Verb = Verb("issue");

impl Access for Entity {
    const OBJECT: &'static str = "invoice";
    const VERBS: &'static [Verb] = &[Verb::VIEW, Verb::CREATE, Verb::CHANGE, Verb::DELETE, ISSUE];
    const REACH: Reach = Reach::Assignment;
}

/// Everyone may know what stands on all invoices.
impl Access for settings::Entity {
    const OBJECT: &'static str = "invoice_setting";
    const VERBS: &'static [Verb] = &[Verb::CREATE, Verb::CHANGE];
    const REACH: Reach = Reach::Shared;
}

//! Forms and what comes in through them belong to the organisation: whoever has no grant of its scope does not see them.

use base::{Access, Reach, Verb};

use crate::{form, message};

impl Access for form::Entity {
    const OBJECT: &'static str = "form";
    const REACH: Reach = Reach::Organisation;
}

/// Nobody writes one but a website's visitor.
impl Access for message::Entity {
    const OBJECT: &'static str = "contact_message";
    const VERBS: &'static [Verb] = &[Verb::VIEW, Verb::CHANGE, Verb::DELETE];
    const REACH: Reach = Reach::Organisation;
}

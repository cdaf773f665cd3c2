use base::{Access, Reach, Verb};

use crate::lead::Entity;

/// To make a customer of it. What it becomes needs the grants to create that, too.
pub const CONVERT: Verb = Verb("convert");

impl Access for Entity {
    const OBJECT: &'static str = "lead";
    const VERBS: &'static [Verb] = &[Verb::VIEW, Verb::CREATE, Verb::CHANGE, Verb::DELETE, CONVERT];
    const REACH: Reach = Reach::Assignment;
}

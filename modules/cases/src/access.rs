use base::{Access, Reach, Verb};

use crate::{case::Entity, escalation};

impl Access for Entity {
    const OBJECT: &'static str = "case";
    const REACH: Reach = Reach::Assignment;
}

/// Everyone may know what follows from being late.
impl Access for escalation::Entity {
    const OBJECT: &'static str = "escalation_rule";
    const VERBS: &'static [Verb] = &[Verb::CREATE, Verb::CHANGE, Verb::DELETE];
    const REACH: Reach = Reach::Shared;
}

use base::{Access, Reach, Verb};

use crate::{case::Entity, escalation, merging};

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

/// Reached through the cases that it ties, and only by merging and unmerging those.
impl Access for merging::Entity {
    const OBJECT: &'static str = "case_merge";
    const VERBS: &'static [Verb] = &[];
    const REACH: Reach = Reach::Subject;
}

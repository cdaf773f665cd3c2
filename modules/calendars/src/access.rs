//! Everyone may know when work is done and what is promised: no grant is asked to see it, one is to make, change and delete.

use base::{Access, Reach, Verb};

use crate::{calendar, policy};

impl Access for calendar::Entity {
    const OBJECT: &'static str = "business_calendar";
    const VERBS: &'static [Verb] = &[Verb::CREATE, Verb::CHANGE, Verb::DELETE];
    const REACH: Reach = Reach::Shared;
}

impl Access for policy::Entity {
    const OBJECT: &'static str = "sla_policy";
    const VERBS: &'static [Verb] = &[Verb::CREATE, Verb::CHANGE, Verb::DELETE];
    const REACH: Reach = Reach::Shared;
}

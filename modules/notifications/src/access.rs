//! A notification is its member's alone, and only while they see the record ([`mine`](crate::mine)); so it needs no grant.

use base::{Access, Reach, Verb};

use crate::notification::Entity;

impl Access for Entity {
    const OBJECT: &'static str = "notification";
    const VERBS: &'static [Verb] = &[];
    const REACH: Reach = Reach::Subject;
}

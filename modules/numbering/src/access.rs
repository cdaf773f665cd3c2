use base::{Access, Reach, Verb};

use crate::series::Entity;

/// Everyone may know how documents are numbered; a grant is asked to say so.
impl Access for Entity {
    const OBJECT: &'static str = "invoice_series";
    const VERBS: &'static [Verb] = &[Verb::CREATE, Verb::CHANGE, Verb::DELETE];
    const REACH: Reach = Reach::Shared;
}

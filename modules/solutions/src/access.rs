//! Everybody in an organisation reads its solutions. Who writes one is not who says that it is right: reviewing and approving
//! are grants of their own, and who approves also publishes.

use base::{Access, Reach, Verb};

use crate::{help_centre, solution};

pub const REVIEW: Verb = Verb("review");
pub const APPROVE: Verb = Verb("approve");

impl Access for solution::Entity {
    const OBJECT: &'static str = "solution";
    const VERBS: &'static [Verb] = &[Verb::VIEW, Verb::CREATE, Verb::CHANGE, Verb::DELETE, REVIEW, APPROVE];
    const REACH: Reach = Reach::Shared;
}

/// There is one of each organisation, which is made when it is first changed.
impl Access for help_centre::Entity {
    const OBJECT: &'static str = "help_centre";
    const VERBS: &'static [Verb] = &[Verb::VIEW, Verb::CREATE, Verb::CHANGE];
    const REACH: Reach = Reach::Organisation;
}

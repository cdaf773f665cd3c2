use base::{Access, Reach, Verb};

use crate::{invitation, member, role};

/// Everyone sees the roles: a member's is shown with them.
impl Access for role::Entity {
    const OBJECT: &'static str = "role";
    const REACH: Reach = Reach::Shared;
}

/// Everyone sees who else is there. People join by an invitation, so nobody creates a member.
impl Access for member::Entity {
    const OBJECT: &'static str = "member";
    const VERBS: &'static [Verb] = &[Verb::CHANGE, Verb::DELETE];
    const REACH: Reach = Reach::Shared;
}

/// Who was invited is for those who invite.
impl Access for invitation::Entity {
    const OBJECT: &'static str = "invitation";
    const REACH: Reach = Reach::Organisation;
}

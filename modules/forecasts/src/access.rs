use base::{Access, Reach};

use crate::{goal, rate};

/// Everyone sees the rates by which amounts are converted; a grant is asked to set them.
impl Access for rate::Entity {
    const OBJECT: &'static str = "exchange_rate";
    const REACH: Reach = Reach::Shared;
}

/// A goal is seen by the member or the team that it is for, and one for the whole organisation by everybody.
impl Access for goal::Entity {
    const OBJECT: &'static str = "goal";
    const REACH: Reach = Reach::Addressed { member: "member_user_id", team: "team_id" };
}

//! A board and what is on it are there for its members alone. Everybody in it works with the cards; owners and admins see to
//! the board, its columns and its members; an owner takes it away. A grant for the whole organisation asks for none of this.

use base::{Access, Membership, Reach, Verb};

use crate::{board, card, column};

const OWNER: &str = "owner";
const ADMIN: &str = "admin";

impl Access for board::Entity {
    const OBJECT: &'static str = "board";
    const REACH: Reach = Reach::Membership(Membership {
        of: "board",
        roles: &[(Verb::CHANGE, &[OWNER, ADMIN]), (Verb::DELETE, &[OWNER])],
    });
}

/// Its object makes it a part of its board.
impl Access for column::Entity {
    const OBJECT: &'static str = "board";
    const REACH: Reach = board::Entity::REACH;
}

impl Access for card::Entity {
    const OBJECT: &'static str = "card";
    const REACH: Reach = Reach::Membership(Membership { of: "board", roles: &[] });
}

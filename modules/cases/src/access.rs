use base::{Access, Actor, Error, Reach, Result, Scope, Tx, Verb};
use uuid::Uuid;

use crate::{case::Entity, escalation, macros, merging, routing, satisfaction, time};

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

/// Everyone may know who gets which cases.
impl Access for routing::Entity {
    const OBJECT: &'static str = "routing_rule";
    const VERBS: &'static [Verb] = &[Verb::CREATE, Verb::CHANGE, Verb::DELETE];
    const REACH: Reach = Reach::Shared;
}

/// Whether the actor may try the routing rules: those who see to them may.
///
/// # Errors
/// 403.
pub fn try_routing(actor: &Actor) -> Result<()> {
    let sees_to_them = actor.reach(routing::Entity::OBJECT, Verb::CHANGE.0).is_some();
    sees_to_them.then_some(()).ok_or_else(Error::forbidden)
}

/// Reached through the cases that it ties, and only by merging and unmerging those.
impl Access for merging::Entity {
    const OBJECT: &'static str = "case_merge";
    const VERBS: &'static [Verb] = &[];
    const REACH: Reach = Reach::Subject;
}

/// To see to macros that are not one's own alone.
const SHARE: Verb = Verb("share");

/// Whose a macro is, it says itself (see `macros::reach`).
impl Access for macros::Entity {
    const OBJECT: &'static str = "case_macro";
    const VERBS: &'static [Verb] = &[SHARE];
    const REACH: Reach = Reach::Subject;
}

/// Whether the actor may see to macros of everybody and of teams.
///
/// # Errors
/// 403.
pub fn share_macros(tx: &Tx) -> Result<()> {
    let shares = tx.actor().reach(macros::Entity::OBJECT, SHARE.0) == Some(Scope::Org);
    shares.then_some(()).ok_or_else(Error::forbidden)
}

/// Everyone may know what customers are asked.
impl Access for satisfaction::SatisfactionSetting {
    const OBJECT: &'static str = "satisfaction_setting";
    const VERBS: &'static [Verb] = &[Verb::CREATE, Verb::CHANGE];
    const REACH: Reach = Reach::Shared;
}

/// A question is as visible as its case (see `satisfaction::figures`), and answered by whoever has its link.
impl Access for satisfaction::Entity {
    const OBJECT: &'static str = "case_survey";
    const VERBS: &'static [Verb] = &[];
    const REACH: Reach = Reach::Subject;
}

/// To see to the time of others.
const MANAGE: Verb = Verb("manage");

/// Time is as visible as its case, and everyone sees to their own.
impl Access for time::Entity {
    const OBJECT: &'static str = "time_entry";
    const VERBS: &'static [Verb] = &[MANAGE];
    const REACH: Reach = Reach::Subject;
}

/// Whether the actor may write down, and change, what this member worked.
///
/// # Errors
/// 403.
pub fn write_time_of(tx: &Tx, member: Uuid) -> Result<()> {
    let own = tx.actor().user() == Some(member);
    let manages = tx.actor().reach(time::Entity::OBJECT, MANAGE.0) == Some(Scope::Org);
    (own || manages).then_some(()).ok_or_else(Error::forbidden)
}

use base::{
    Ref, Stamp, View,
    value::{Change, Domain, Email, Text},
};
use notes::TagRef;
use poem_openapi::{Enum, Object, types::MaybeUndefined};
use uuid::Uuid;

use super::rule::RoutingStrategy;
use crate::view::{CasePriority, CaseType};

/// A routing rule: who gets a new case. It holds for a case when each of its five conditions does; a list without anything in it
/// always does.
#[derive(Clone, Debug, Object)]
pub struct RoutingRuleView {
    #[oai(flatten)]
    pub stamp: Stamp,
    pub name: String,
    /// Counted from 1, which is tried first, with those that are not active; `null` in the trash.
    pub position: Option<u32>,
    /// Any of these priorities.
    pub priorities: Vec<CasePriority>,
    /// Any of these types; a case without one has none of them.
    pub case_types: Vec<CaseType>,
    /// Any of these accounts. Those that you may see: it can hold for others, too.
    pub accounts: Vec<Ref>,
    /// At least one of these tags; without those in the trash, which no new case has.
    pub tags: Vec<TagRef>,
    /// The address that wrote the mail is in any of these domains, or beneath one: `elbe.example` has `desk@elbe.example` and
    /// `desk@mail.elbe.example`, and not `desk@notelbe.example`. A case that did not come by mail is in none.
    pub sender_domains: Vec<String>,
    pub strategy: RoutingStrategy,
    /// In the order in which they have their first turns.
    pub members: Vec<Ref>,
    /// `null` too while it is in the trash.
    pub team: Option<Ref>,
    pub is_active: bool,
}

/// A routing rule to make, or to put in the place of one.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct NewRoutingRule {
    pub name: Text<100>,
    #[oai(default, validator(max_items = 4))]
    pub priorities: Vec<CasePriority>,
    #[oai(default, validator(max_items = 3))]
    pub case_types: Vec<CaseType>,
    #[oai(default, validator(max_items = 100))]
    pub accounts: Vec<Uuid>,
    #[oai(default, validator(max_items = 50))]
    pub tags: Vec<Uuid>,
    /// In whatever case; letters of other scripts are kept in punycode.
    #[oai(default, validator(max_items = 100))]
    pub sender_domains: Vec<Domain>,
    pub strategy: RoutingStrategy,
    /// User ids of members, for `direct`, and for `round_robin` and `least_busy` instead of a team.
    #[oai(default, validator(max_items = 50))]
    pub members: Vec<Uuid>,
    /// For `team`, and for `round_robin` and `least_busy` instead of members.
    pub team_id: Option<Uuid>,
    #[oai(default = "yes")]
    pub is_active: bool,
}

/// What to change of a routing rule.
#[derive(Clone, Debug, Default, Object)]
#[oai(deny_unknown_fields, example)]
pub struct RoutingRuleChange {
    pub name: Change<Text<100>>,
    #[oai(validator(max_items = 4))]
    pub priorities: Change<Vec<CasePriority>>,
    #[oai(validator(max_items = 3))]
    pub case_types: Change<Vec<CaseType>>,
    #[oai(validator(max_items = 100))]
    pub accounts: Change<Vec<Uuid>>,
    #[oai(validator(max_items = 50))]
    pub tags: Change<Vec<Uuid>>,
    #[oai(validator(max_items = 100))]
    pub sender_domains: Change<Vec<Domain>>,
    pub strategy: Change<RoutingStrategy>,
    #[oai(validator(max_items = 50))]
    pub members: Change<Vec<Uuid>>,
    pub team_id: MaybeUndefined<Uuid>,
    pub is_active: Change<bool>,
}

/// Where to put a routing rule.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct RoutingRuleMove {
    /// How many rules are to be tried before it: 0 makes it the first.
    #[oai(validator(minimum(value = "0"), maximum(value = "99")))]
    pub position: u32,
}

/// A case to try the routing rules on: one that is there, one that is made up, or one that is there but for what is said here.
#[derive(Clone, Debug, Default, Object)]
#[oai(deny_unknown_fields, example)]
pub struct NewRoutingTrial {
    /// A case that is there. It is tried as if it were new, and nobody's; its sender is who wrote the mail that opened it, if you may
    /// see the mails that came in.
    pub case_id: Option<Uuid>,
    /// `normal` when neither this nor a case says it.
    pub priority: Option<CasePriority>,
    pub case_type: Option<CaseType>,
    pub account_id: Option<Uuid>,
    #[oai(validator(max_items = 50))]
    pub tags: Option<Vec<Uuid>>,
    /// The address that wrote the mail.
    pub sender: Option<Email>,
}

/// What the routing rules would do with a case. Nothing was done.
#[derive(Clone, Debug, Object)]
pub struct RoutingTrial {
    /// The active rules as they were tried, up to the one that gives the case to somebody.
    pub tried: Vec<RoutingStep>,
    /// The rule that gives it to somebody; `null` when none does, and the case is nobody's.
    pub rule: Option<Ref>,
    /// Who would get it.
    pub assigned_to: Vec<Ref>,
    /// The team that would get it.
    pub team: Option<Ref>,
}

/// What a rule said to a case.
#[derive(Clone, Debug, Object)]
pub struct RoutingStep {
    pub rule: Ref,
    pub outcome: RoutingOutcome,
    /// The first condition that does not hold.
    pub failed: Option<RoutingCondition>,
    /// Those of its members, or of its team, who have left or are not active.
    pub passed_over: Vec<Ref>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename_all = "snake_case")]
pub enum RoutingOutcome {
    /// A condition does not hold.
    Failed,
    /// It holds, and there is nobody left to whom it could give the case: the next rule is tried.
    NobodyLeft,
    /// It holds, and gives the case to somebody.
    Matched,
}

/// In the order in which they are looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename_all = "snake_case")]
pub enum RoutingCondition {
    Priorities,
    CaseTypes,
    Accounts,
    Tags,
    SenderDomains,
}

fn yes() -> bool {
    true
}

impl View for RoutingRuleView {
    fn id(&self) -> Uuid {
        self.stamp.id
    }

    fn version(&self) -> i64 {
        self.stamp.version
    }
}

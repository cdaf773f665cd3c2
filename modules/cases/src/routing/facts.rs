//! What the rules go by.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::{
    book::Entry,
    view::RoutingCondition::{self, Accounts, CaseTypes, Priorities, SenderDomains, Tags},
};
use crate::{
    case::Model,
    view::{CasePriority, CaseType},
};

/// What a case is.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    pub priority: CasePriority,
    pub case_type: Option<CaseType>,
    pub account: Option<Uuid>,
    pub tags: BTreeSet<Uuid>,
    /// The domain of the address that wrote the mail, in lower case.
    pub domain: Option<String>,
}

impl Facts {
    pub fn of(row: &Model, tags: BTreeSet<Uuid>, sender: Option<&str>) -> Self {
        let (priority, case_type, account) = (row.priority, row.case_type, row.account_id);
        Self { priority, case_type, account, tags, domain: sender.and_then(domain) }
    }
}

/// The domain of an address, as a rule has it.
pub fn domain(address: &str) -> Option<String> {
    address.rsplit_once('@').map(|(_, domain)| domain.to_ascii_lowercase())
}

impl Entry {
    /// The first condition that does not hold.
    pub fn failed(&self, facts: &Facts) -> Option<RoutingCondition> {
        let asked = &self.rule.conditions;
        let lies_in = |domain: &String| facts.domain.as_deref().is_some_and(|host| is_in(host, domain));
        [
            (Priorities, asked.priorities.is_empty() || asked.priorities.contains(&facts.priority)),
            (
                CaseTypes,
                asked.case_types.is_empty() || facts.case_type.is_some_and(|it| asked.case_types.contains(&it)),
            ),
            (Accounts, self.accounts.is_empty() || facts.account.is_some_and(|it| self.accounts.contains(&it))),
            (Tags, self.tags.is_empty() || !self.tags.is_disjoint(&facts.tags)),
            (SenderDomains, asked.sender_domains.is_empty() || asked.sender_domains.iter().any(lies_in)),
        ]
        .into_iter()
        .find_map(|(condition, holds)| (!holds).then_some(condition))
    }
}

/// Whether a domain is this one, or beneath it.
pub fn is_in(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|before| before.is_empty() || before.ends_with('.'))
}

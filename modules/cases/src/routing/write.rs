//! Bodies put onto rows. What is beside the row goes with it: whom it is for, the accounts, and the tags.

use base::value::{Change, Domain, patch, patch_required};
use notes::Ties;

use super::{
    accounts::Accounts,
    rota::Rota,
    rule::Model,
    view::{NewRoutingRule, RoutingRuleChange},
};

pub type Beside = (Rota, (Accounts, Ties));

impl NewRoutingRule {
    pub fn write(self, row: &mut Model) -> Beside {
        row.name = self.name.into();
        row.conditions.priorities = self.priorities;
        row.conditions.case_types = self.case_types;
        row.conditions.sender_domains = names(self.sender_domains);
        (row.strategy, row.team_id) = (self.strategy, self.team_id);
        row.is_active = self.is_active;
        let tags = Ties { tags: Some(self.tags), ..Ties::default() };
        (Rota::of(row, Some(self.members)), (Accounts(Some(self.accounts)), tags))
    }
}

impl RoutingRuleChange {
    pub fn write(self, row: &mut Model) -> Beside {
        patch_required(&mut row.name, self.name);
        patch_required(&mut row.conditions.priorities, self.priorities);
        patch_required(&mut row.conditions.case_types, self.case_types);
        if let Change::To(domains) = self.sender_domains {
            row.conditions.sender_domains = names(domains);
        }
        patch_required(&mut row.strategy, self.strategy);
        patch(&mut row.team_id, self.team_id);
        patch_required(&mut row.is_active, self.is_active);
        let tags = Ties { tags: self.tags.into_option(), ..Ties::default() };
        (Rota::of(row, self.members.into_option()), (Accounts(self.accounts.into_option()), tags))
    }
}

impl Rota {
    /// Of a row as it will be.
    fn of(row: &Model, members: Option<Vec<uuid::Uuid>>) -> Self {
        Self { strategy: row.strategy, team_id: row.team_id, members }
    }
}

fn names(domains: Vec<Domain>) -> Vec<String> {
    domains.into_iter().map(String::from).collect()
}

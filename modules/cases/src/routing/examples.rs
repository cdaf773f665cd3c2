use base::value::{Change, Domain, Email, Text};
use poem_openapi::types::{Example, MaybeUndefined};
use uuid::Uuid;

use super::{
    rule::RoutingStrategy,
    view::{NewRoutingRule, NewRoutingTrial, RoutingRuleChange, RoutingRuleMove},
};
use crate::view::{CasePriority, CaseType};

impl Example for NewRoutingRule {
    fn example() -> Self {
        Self {
            name: Text::parse("Incidents at Elbe go round").expect("a name"),
            priorities: vec![CasePriority::High, CasePriority::Urgent],
            case_types: vec![CaseType::Incident],
            accounts: vec![],
            tags: vec![],
            sender_domains: vec![Domain::parse("elbe.example").expect("a domain")],
            strategy: RoutingStrategy::RoundRobin,
            members: vec![Uuid::from_u128(0x0190_f3c2_0000_7000_8000_0000_0000_0001)],
            team_id: None,
            is_active: true,
        }
    }
}

impl Example for RoutingRuleChange {
    fn example() -> Self {
        Self { priorities: Change::To(vec![]), team_id: MaybeUndefined::Null, ..Self::default() }
    }
}

impl Example for RoutingRuleMove {
    fn example() -> Self {
        Self { position: 0 }
    }
}

impl Example for NewRoutingTrial {
    fn example() -> Self {
        Self {
            priority: Some(CasePriority::Urgent),
            case_type: Some(CaseType::Incident),
            sender: Email::parse("desk@mail.elbe.example").ok(),
            ..Self::default()
        }
    }
}

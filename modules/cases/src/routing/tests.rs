use std::collections::HashMap;

use rand::{RngExt, SeedableRng, rngs::StdRng};
use uuid::Uuid;

use super::{
    book::Entry,
    choice::next,
    facts::{Facts, domain, is_in},
    rule::{Conditions, Model},
    view::RoutingCondition,
};
use crate::view::{CasePriority, CaseType};

#[test]
fn a_domain_has_what_is_beneath_it_and_nothing_that_looks_like_it() {
    for host in ["elbe.example", "mail.elbe.example", "a.b.elbe.example"] {
        assert!(is_in(host, "elbe.example"), "{host}");
    }
    for host in ["notelbe.example", "example", "elbe.example.net", "elbe-example", ""] {
        assert!(!is_in(host, "elbe.example"), "{host}");
    }
    assert_eq!(domain("Desk@Mail.Elbe.EXAMPLE").as_deref(), Some("mail.elbe.example"));
    assert_eq!(domain("nobody"), None);
}

#[test]
fn the_first_condition_that_does_not_hold_is_told() {
    let (account, tag) = (Uuid::from_u128(1), Uuid::from_u128(2));
    let entry = Entry {
        rule: Model {
            conditions: Conditions {
                priorities: vec![CasePriority::High, CasePriority::Urgent],
                case_types: vec![CaseType::Incident],
                sender_domains: vec!["oder.example".to_owned(), "elbe.example".to_owned()],
            },
            ..Model::default()
        },
        accounts: [account].into(),
        tags: [tag, Uuid::from_u128(3)].into(),
        members: Vec::new(),
    };
    let mut facts = Facts::default();
    assert_eq!(entry.failed(&facts), Some(RoutingCondition::Priorities));
    facts.priority = CasePriority::Urgent;
    assert_eq!(entry.failed(&facts), Some(RoutingCondition::CaseTypes));
    facts.case_type = Some(CaseType::Incident);
    assert_eq!(entry.failed(&facts), Some(RoutingCondition::Accounts));
    facts.account = Some(account);
    assert_eq!(entry.failed(&facts), Some(RoutingCondition::Tags));
    facts.tags = [tag, Uuid::from_u128(4)].into();
    assert_eq!(entry.failed(&facts), Some(RoutingCondition::SenderDomains));
    facts.domain = Some("mail.elbe.example".to_owned());
    assert_eq!(entry.failed(&facts), None);
    assert_eq!(Entry::default().failed(&Facts::default()), None, "a rule without conditions always holds");
}

/// Whoever is away for a while has the next turn when they are back, and no more of them for it.
#[test]
fn turns_go_round_whoever_comes_and_goes() {
    let all: Vec<Uuid> = (1..=5).map(Uuid::from_u128).collect();
    let mut random = StdRng::seed_from_u64(7);
    let mut turns: HashMap<Uuid, i64> = HashMap::new();
    for turn in 1..2_000 {
        let present: Vec<Uuid> = all.iter().copied().filter(|_| random.random_bool(0.8)).collect();
        let Some(one) = next(&present, &turns, &HashMap::new()) else { continue };
        let longer = |other: &&Uuid| turns.get(*other) < turns.get(&one);
        assert_eq!(present.iter().find(longer), None, "somebody has waited longer");
        turns.insert(one, turn);
    }
    let first: Vec<_> = (0..3)
        .map(|taken| {
            let turns: HashMap<Uuid, i64> = (0..).zip(&all).take(taken).map(|(turn, user)| (*user, turn)).collect();
            next(&all, &turns, &HashMap::new())
        })
        .collect();
    assert_eq!(first, [Some(all[0]), Some(all[1]), Some(all[2])], "in their order while some had none");
}

#[test]
fn who_has_the_least_to_do_is_next() {
    let [ada, ben, mia] = [1, 2, 3].map(Uuid::from_u128);
    let present = [ada, ben, mia];
    let loads = HashMap::from([(ada, 2), (ben, 1), (mia, 1)]);
    assert_eq!(next(&present, &HashMap::new(), &loads), Some(ben));
    assert_eq!(next(&present, &HashMap::from([(ben, 1)]), &loads), Some(mia), "of two, who had no turn for longest");
    assert_eq!(
        next(&present, &HashMap::new(), &HashMap::from([(ben, 1), (mia, 1)])),
        Some(ada),
        "nothing is the least"
    );
    assert_eq!(next(&[], &HashMap::new(), &loads), None);
}

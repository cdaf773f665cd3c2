//! Whom one sells to.

use accounts::{Account, Rating};
use contacts::Contact;
use leads::{Lead, LeadSource as Source, LeadStatus as Status};
use rand::{RngExt, rngs::StdRng};

use super::words::{FIRST, INDUSTRIES, LAST, TRADE, WHAT, pick};

const STATUSES: &[Status] = &[Status::Assigned, Status::Assigned, Status::InProcess, Status::Recycled, Status::Closed];
const RATINGS: &[Rating] = &[Rating::Hot, Rating::Warm, Rating::Cold];
const SOURCES: &[Option<Source>] =
    &[Some(Source::Website), Some(Source::Campaign), Some(Source::Partner), Some(Source::Call), None];

pub fn lead(n: u64, chance: &mut StdRng) -> Lead {
    let (first, last) = (pick(FIRST, chance).unwrap_or_default(), pick(LAST, chance).unwrap_or_default());
    Lead {
        title: format!("{} {}", pick(WHAT, chance).unwrap_or_default(), n + 1),
        first_name: Some(first.to_owned()),
        last_name: Some(last.to_owned()),
        email: Some(format!("lead{}@mail.example", n + 1)),
        company_name: Some(format!("{last} {}", pick(TRADE, chance).unwrap_or_default())),
        status: pick(STATUSES, chance).unwrap_or_default(),
        source: usize::try_from(n).ok().and_then(|n| SOURCES[n % SOURCES.len()]),
        rating: pick(RATINGS, chance),
        industry: pick(INDUSTRIES, chance),
        probability: Some(chance.random_range(0..=100)),
        is_active: true,
        ..Lead::default()
    }
}

pub fn contact(n: u64, chance: &mut StdRng) -> Contact {
    Contact {
        first_name: pick(FIRST, chance).unwrap_or_default().to_owned(),
        last_name: pick(LAST, chance).unwrap_or_default().to_owned(),
        email: Some(format!("contact{}-{:08x}@mail.example", n + 1, chance.random::<u32>())),
        is_active: true,
        ..Contact::default()
    }
}

pub fn account(n: u64, chance: &mut StdRng) -> Account {
    Account {
        name: format!(
            "{} {} {}-{:08x}",
            pick(LAST, chance).unwrap_or_default(),
            pick(TRADE, chance).unwrap_or_default(),
            n + 1,
            chance.random::<u32>()
        ),
        industry: pick(INDUSTRIES, chance),
        rating: pick(RATINGS, chance),
        is_active: true,
        ..Account::default()
    }
}

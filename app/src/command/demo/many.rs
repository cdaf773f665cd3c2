use accounts::{Account, Rating};
use base::{Request, Result, queue::Actors, value::Industry};
use contacts::Contact;
use indicatif::{ProgressBar, ProgressStyle};
use leads::{Lead, LeadSource as Source, LeadStatus as Status};
use rand::{RngExt, SeedableRng, rngs::StdRng, seq::IndexedRandom};
use uuid::Uuid;

use crate::mount::{self, Parts};

/// Kept in one transaction.
const BATCH: u64 = 5_000;

const FIRST: &[&str] = &[
    "Anna", "Ben", "Chloé", "David", "Emre", "Fatima", "Giulia", "Hugo", "Ines", "Jakub", "Karin", "Liam", "Maya",
    "Noah", "Olga", "Pablo", "Quinn", "Rosa", "Stefan", "Tara", "Umar", "Vera", "Wei", "Yara", "Zoe",
];
const LAST: &[&str] = &[
    "Andersen", "Becker", "Costa", "Dubois", "Eriksson", "Fischer", "García", "Hoffmann", "Ivanov", "Jansen",
    "Kowalski", "Lopez", "Müller", "Novak", "O'Brien", "Petrov", "Rossi", "Schmidt", "Tanaka", "Ueda", "Vogel",
    "Weber", "Yilmaz", "Zhang",
];
const WHAT: &[&str] = &[
    "Annual contract",
    "New warehouse",
    "Price enquiry",
    "Pilot project",
    "Renewal",
    "Service request",
    "Trade fair",
    "Website redesign",
];
const TRADE: &[&str] =
    &["Logistics", "Foods", "Systems", "Partners", "Textiles", "Energy", "Media", "Foundry", "Clinics", "Optics"];
const INDUSTRIES: &[Industry] = &[
    Industry::Automotive,
    Industry::Banking,
    Industry::Chemical,
    Industry::Education,
    Industry::Healthcare,
    Industry::Software,
];
const STATUSES: &[Status] = &[Status::Assigned, Status::Assigned, Status::InProcess, Status::Recycled, Status::Closed];
const RATINGS: &[Rating] = &[Rating::Hot, Rating::Warm, Rating::Cold];

const SOURCES: &[Option<Source>] =
    &[Some(Source::Website), Some(Source::Campaign), Some(Source::Partner), Some(Source::Call), None];

/// `n` leads, and a tenth as many contacts and accounts; every twentieth lead is the seller's.
pub async fn many(parts: &Parts, org: Uuid, admin: Uuid, seller: Uuid, n: u64) -> Result<()> {
    let actor = mount::gate(parts).actor(org, Some(admin), Request::default()).await?;
    let actor = actor.ok_or_else(base::Error::not_found)?;
    let bar = ProgressBar::new(n).with_style(ProgressStyle::default_bar());
    bar.set_style(
        ProgressStyle::with_template("{bar:40} {pos}/{len} leads, {per_sec}, {eta} left")
            .unwrap_or_else(|_| ProgressStyle::default_bar()),
    );
    let mut chance = StdRng::seed_from_u64(n);
    let mut made = 0;
    while made < n {
        let batch = BATCH.min(n - made);
        let mut leads: Vec<Lead> = (made..made + batch).map(|n| lead(n, &mut chance)).collect();
        let contacts: Vec<Contact> = (made..made + batch).step_by(10).map(|n| contact(n, &mut chance)).collect();
        let accounts: Vec<Account> = (made..made + batch).step_by(10).map(|n| account(n, &mut chance)).collect();
        parts
            .db
            .apply(&actor, async |tx| {
                pipelines::place_all::<leads::Entity>(tx, &mut leads).await?;
                let leads = tx.insert_many::<leads::Entity>(leads).await?;
                let sold: Vec<_> = leads.iter().step_by(20).map(|lead| lead.id).collect();
                notes::assign_many::<leads::Entity>(tx, &sold, seller).await?;
                tx.insert_many::<contacts::Entity>(contacts).await?;
                tx.insert_many::<accounts::Entity>(accounts).await?;
                Ok(())
            })
            .await?;
        made += batch;
        bar.set_position(made);
    }
    bar.finish();
    Ok(())
}

fn pick<T: Copy>(from: &[T], chance: &mut StdRng) -> Option<T> {
    from.choose(chance).copied()
}

fn lead(n: u64, chance: &mut StdRng) -> Lead {
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

fn contact(n: u64, chance: &mut StdRng) -> Contact {
    Contact {
        first_name: pick(FIRST, chance).unwrap_or_default().to_owned(),
        last_name: pick(LAST, chance).unwrap_or_default().to_owned(),
        email: Some(format!("contact{}-{:08x}@mail.example", n + 1, chance.random::<u32>())),
        is_active: true,
        ..Contact::default()
    }
}

fn account(n: u64, chance: &mut StdRng) -> Account {
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

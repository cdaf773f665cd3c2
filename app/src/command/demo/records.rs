use accounts::{Account, Rating};
use base::{
    Faults, Result, Tx,
    value::{Industry, Note},
};
use boards::{BoardRow, CardPriority, CardRow, Crew, FirstColumns};
use chrono::Duration;
use contacts::{Accounts, Contact, People};
use leads::{Lead, LeadSource as Source};
use notes::{Subject, Ties};
use opportunities::{Opportunity, Stage};
use rust_decimal::Decimal;
use solutions::Solution;
use tasks::Task;
use uuid::Uuid;

use super::{desk, planner};

const ACCOUNTS: &[(&str, Industry, &str, &str)] = &[
    ("Elbe Logistics", Industry::Transportation, "Hamburg", "DE"),
    ("Verde Mercado", Industry::Grocery, "Valencia", "ES"),
    ("Copperfield Energy", Industry::Energy, "Leeds", "GB"),
];

const PEOPLE: &[(&str, &str, &str)] = &[
    ("Greta", "Lindqvist", "Head of purchasing"),
    ("Marco", "Ruiz", "Owner"),
    ("Priya", "Nair", "Operations director"),
];

/// With the days from today on which they are due, and how they come again.
const TASKS: &[(&str, Option<i64>, Option<&str>)] = &[
    ("Send the offer", Some(0), None),
    ("Ask for the signed contract", Some(-2), None),
    ("Call about the renewal", Some(5), Some("FREQ=YEARLY")),
    ("Check open invoices", Some(3), Some("FREQ=MONTHLY;BYMONTHDAY=-1")),
    ("Write up what was learned", None, None),
];

/// A board's cards, by its columns.
const CARDS: &[&[(&str, CardPriority)]] = &[
    &[("Collect photos from customers", CardPriority::Low), ("Ask Elbe Logistics for a quote", CardPriority::Medium)],
    &[("New price list as a page", CardPriority::Urgent), ("Rewrite the contact page", CardPriority::High)],
    &[("Choose a name for the newsletter", CardPriority::Medium)],
];

/// The first ones are published.
const SOLUTIONS: &[(&str, &str)] = &[
    (
        "How to change your delivery address",
        "Write to us **before noon** on the day before; the number of the order is enough.",
    ),
    (
        "What to do when a pallet is damaged",
        "1. Take photos before anything is moved.\n2. Note it on the driver's papers.\n3. Send us both within two days.",
    ),
    (
        "When a scanner loses its connection",
        "Hold **Power** for ten seconds, away from the racks; then choose the network `warehouse` again.",
    ),
    ("Opening hours over the holidays", "Not decided yet."),
];

const LEADS: &[(&str, &str, &str, Rating, Source)] = &[
    ("Warehouse move in spring", "Theo", "Marchetti", Rating::Hot, Source::Website),
    ("Asked for a price list", "Ingrid", "Solberg", Rating::Warm, Source::Website),
    ("Met at the trade fair", "Kwame", "Mensah", Rating::Cold, Source::Campaign),
    ("Wants to change supplier", "Olivia", "Bennett", Rating::Hot, Source::Partner),
];

/// To the colleague, whom the first one names.
const SAID: &[&str] =
    &["@colleague could you send them last year's list?", "They would like to see us before the end of the month."];

/// Three customers with their people and a deal each, four leads and as many cases, tasks, events, a board, and what is known;
/// half of them a colleague's.
pub async fn fill(tx: &Tx, colleague: Uuid) -> Result<()> {
    let me = tx.actor().user();
    let at = tx.people([colleague]).await?.remove(&colleague).map(|person| person.email).unwrap_or_default();
    let whose = |n: usize| Ties {
        assigned_to: if n.is_multiple_of(2) { me.map(|me| vec![me]) } else { Some(vec![colleague]) },
        ..Ties::default()
    };
    let mut customers = Vec::new();
    for (n, ((name, industry, city, country), (first, last, title))) in ACCOUNTS.iter().zip(PEOPLE).enumerate() {
        let account = tx
            .make::<accounts::Entity>(|row: &mut Account| {
                (*name).clone_into(&mut row.name);
                row.industry = Some(*industry);
                row.billing_city = Some((*city).to_owned());
                row.billing_country = Some((*country).to_owned());
                row.is_active = true;
                whose(n)
            })
            .await?;
        let contact = tx
            .make::<contacts::Entity>(|row: &mut Contact| {
                (*first).clone_into(&mut row.first_name);
                (*last).clone_into(&mut row.last_name);
                row.title = Some((*title).to_owned());
                row.email = Some(format!(
                    "{}@{}.example",
                    first.to_lowercase(),
                    name.split(' ').next().unwrap_or_default().to_lowercase()
                ));
                row.account_id = Some(account.id);
                row.is_active = true;
                (whose(n), Accounts::default())
            })
            .await?;
        let stage = [Stage::Proposal, Stage::Negotiation, Stage::Qualification][n % 3];
        let deal = |row: &mut Opportunity| {
            row.name = format!("{name}: first order");
            row.account_id = Some(account.id);
            row.stage = stage;
            row.probability = stage.probability();
            row.amount = Some(Decimal::new(1_250_000 * (i64::try_from(n).unwrap_or_default() + 1), 2));
            row.currency = Some("EUR".to_owned());
            row.is_active = true;
            (whose(n), Some(vec![contact.id]).into())
        };
        tx.make::<opportunities::Entity>(deal).await?;
        customers.push((account.id, contact.id));
    }
    for (n, (title, first, last, rating, source)) in LEADS.iter().enumerate() {
        let lead = leads::create(tx, |row: &mut Lead| {
            (*title).clone_into(&mut row.title);
            row.first_name = Some((*first).to_owned());
            row.last_name = Some((*last).to_owned());
            row.email = Some(format!("{}.{}@mail.example", first.to_lowercase(), last.to_lowercase()));
            row.rating = Some(*rating);
            row.source = Some(*source);
            row.is_active = true;
            whose(n)
        })
        .await?;
        if let Some(said) = SAID.get(n / 2).filter(|_| n % 2 == 1) {
            let lead = Subject::from_row::<leads::Entity>(&lead);
            let said = Note::parse(&said.replace("@colleague", &format!("@{at}"))).map_err(base::Error::internal)?;
            notes::comment_on(tx, &lead, said).await?;
        }
    }
    desk::fill(tx, colleague, &customers).await?;
    for (n, (title, days, again)) in TASKS.iter().enumerate() {
        tx.make::<tasks::Entity>(|row: &mut Task| {
            (*title).clone_into(&mut row.title);
            row.due_on = days.map(|days| tx.now().date_naive() + Duration::days(days));
            row.recurrence = again.map(str::to_owned);
            row.is_active = true;
            (whose(n), (People::default(), Faults::new()))
        })
        .await?;
    }
    board(tx, colleague).await?;
    planner::fill(tx, colleague).await?;
    for (n, (title, content)) in SOLUTIONS.iter().enumerate() {
        let made = tx
            .make::<solutions::Entity>(|row: &mut Solution| {
                (*title).clone_into(&mut row.title);
                (*content).clone_into(&mut row.content);
                whose(n)
            })
            .await?;
        if n < 3 {
            solutions::approve(tx, made.id).await?;
            solutions::publish(tx, made.id).await?;
        }
    }
    Ok(())
}

async fn board(tx: &Tx, colleague: Uuid) -> Result<()> {
    let board = tx
        .make::<boards::Board>(|row: &mut BoardRow| {
            "New website".clone_into(&mut row.name);
            row.description = Some("Everything until it is there in spring.".to_owned());
            (Crew::put(vec![], vec![], vec![colleague]), FirstColumns::usual())
        })
        .await?;
    let columns = tx.show::<boards::Board>(board).await?.columns;
    for (column, cards) in columns.iter().zip(CARDS) {
        for (n, (title, priority)) in cards.iter().enumerate() {
            tx.make::<boards::Card>(|row: &mut CardRow| {
                row.column_id = column.id;
                (*title).clone_into(&mut row.title);
                row.priority = *priority;
                row.due_on = (n == 0).then(|| tx.now().date_naive() + Duration::days(10));
                Ties { assigned_to: (n == 1).then(|| vec![colleague]), ..Ties::default() }
            })
            .await?;
        }
    }
    Ok(())
}

use accounts::{Account, Rating};
use base::{
    Faults, Result, Tx,
    value::{Industry, Note},
};
use base::{Faults, Result, Tx, value::Industry};
use boards::{BoardRow, CardPriority, CardRow, Crew, FirstColumns};
use calendars::{BusinessPeriod, Calendar, Holiday, Holidays, Policy, Week, Weekday};
use cases::{Case, CasePriority, CaseStatus, CaseType, Watchers};
use chrono::Duration;
use calendars::{BusinessPeriod, Calendar, Holiday, Holidays, Policy, Week, Weekday};
use chrono::{Datelike, Duration, NaiveDate};
use chrono::{Datelike, Duration, Weekday};
use contacts::{Accounts, Contact, People};
use events::{Event, EventKind, EventStatus};
use leads::Lead;
use notes::{Subject, Ties};
use notes::{Ties, Visibility};
use opportunities::{Opportunity, Stage};
use rust_decimal::Decimal;
use solutions::Solution;
use tasks::Task;
use uuid::Uuid;

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
    ("Opening hours over the holidays", "Not decided yet."),
/// With the days from today on which they are, when by the clocks of Berlin and for how many minutes, and how they come again.
const EVENTS: &[(&str, EventKind, i64, (u32, u32), i64, Option<&str>)] = &[
    ("Monday round", EventKind::Meeting, 7, (9, 0), 30, Some("FREQ=WEEKLY")),
    ("Site visit", EventKind::Meeting, 2, (13, 30), 120, None),
    ("Call about the renewal", EventKind::Call, 1, (11, 0), 30, None),
    ("First talk about prices", EventKind::Call, -3, (15, 15), 45, None),
    ("Quarterly review", EventKind::Meeting, 12, (10, 0), 90, Some("FREQ=MONTHLY;INTERVAL=3")),
];

const LEADS: &[(&str, &str, &str, Rating)] = &[
    ("Warehouse move in spring", "Theo", "Marchetti", Rating::Hot),
    ("Asked for a price list", "Ingrid", "Solberg", Rating::Warm),
    ("Met at the trade fair", "Kwame", "Mensah", Rating::Cold),
    ("Wants to change supplier", "Olivia", "Bennett", Rating::Hot),
];

/// To the colleague, whom the first one names.
const SAID: &[&str] =
    &["@colleague could you send them last year's list?", "They would like to see us before the end of the month."];

/// Three customers with their people and a deal each, and four leads; half of them a colleague's.
/// Three customers with their people and a deal each, four leads, and a board; half of them a colleague's.
/// Three customers with their people and a deal each, four leads, a board, and what is known; half of them a colleague's.
/// With what kind of case it is, how urgent, and how far it is.
const CASES: &[(&str, CaseType, CasePriority, CaseStatus)] = &[
    ("The second delivery is missing", CaseType::Incident, CasePriority::Urgent, CaseStatus::Assigned),
    ("How do we add a second warehouse?", CaseType::Question, CasePriority::Normal, CaseStatus::Pending),
    ("Invoices show the old address", CaseType::Problem, CasePriority::High, CaseStatus::New),
    ("The scanner loses its connection", CaseType::Incident, CasePriority::Normal, CaseStatus::Closed),
];

/// On the case that somebody works on.
const SAID: &[(&str, Visibility)] = &[
    ("The carrier has found it in the wrong depot. It will be with you tomorrow before noon.", Visibility::Public),
    ("Third time with this carrier: to be raised in the next talk with them.", Visibility::Internal),
];

/// Three customers with their people and a deal each, four leads and as many cases; half of them a colleague's.
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
    for (n, (title, first, last, rating)) in LEADS.iter().enumerate() {
        let lead = leads::create(tx, |row: &mut Lead| {
            (*title).clone_into(&mut row.title);
            row.first_name = Some((*first).to_owned());
            row.last_name = Some((*last).to_owned());
            row.email = Some(format!("{}.{}@mail.example", first.to_lowercase(), last.to_lowercase()));
            row.rating = Some(*rating);
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
    service(tx).await?;
    for (n, (name, case_type, priority, status)) in CASES.iter().enumerate() {
        let (account, contact) = customers[n % customers.len()];
        let case = tx.make::<cases::Entity>(|row: &mut Case| {
            (*name).clone_into(&mut row.name);
            (row.case_type, row.priority, row.status) = (Some(*case_type), *priority, *status);
            row.account_id = Some(account);
            row.is_active = true;
            (whose(n), (Some(vec![contact]).into(), Watchers(Some(vec![colleague]))))
        });
        let case = case.await?.id;
        for (said, visibility) in SAID.iter().filter(|_| *status == CaseStatus::Assigned) {
            if let Ok(said) = Note::parse(said) {
                notes::say_on::<cases::Entity>(tx, case, said, *visibility).await?;
            }
        }
    }
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
    for (n, (title, content)) in SOLUTIONS.iter().enumerate() {
        let made = tx
            .make::<solutions::Entity>(|row: &mut Solution| {
                (*title).clone_into(&mut row.title);
                (*content).clone_into(&mut row.content);
                whose(n)
            })
            .await?;
        if n < 2 {
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
    service(tx).await
    Ok(())
}

/// When they work and what they promise: Monday to Friday with a break at noon.
async fn service(tx: &Tx) -> Result<()> {
    let weekdays = [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];
    let period = |weekday, opens: &str, closes: &str| BusinessPeriod {
        weekday,
        opens: opens.to_owned(),
        closes: closes.to_owned(),
    };
    let calendar = tx
        .make::<calendars::BusinessCalendar>(|row: &mut Calendar| {
            "Office hours".clone_into(&mut row.name);
            "Europe/Berlin".clone_into(&mut row.time_zone);
            let parts = [("09:00", "12:30"), ("13:30", "17:30")];
            let week = weekdays.iter().flat_map(|day| parts.map(|(opens, closes)| period(*day, opens, closes)));
            row.business_hours = Week(week.collect());
            let year = tx.now().year() + 1;
            let days = [(year - 1, 12, 25, "Christmas"), (year, 1, 1, "New Year"), (year, 5, 1, "Labour Day")];
            let holiday = |(year, month, day, name): (i32, u32, u32, &str)| {
                let date = NaiveDate::from_ymd_opt(year, month, day)?;
                Some(Holiday { date, name: name.to_owned() })
            };
            row.holidays = Holidays(days.into_iter().filter_map(holiday).collect());
            row.is_default = true;
            Faults::new()
        })
        .await?;
    tx.make::<inbound::Mailbox>(|row| {
        "Support".clone_into(&mut row.name);
        "support@rapport.example".clone_into(&mut row.address);
        row.is_active = true;
        Ties::default()
    })
    .await?;
    tx.make::<calendars::SlaPolicy>(|row: &mut Policy| {
        "Standard service".clone_into(&mut row.name);
        row.calendar_id = Some(calendar.id);
        row.is_default = true;
    })
    .await?;
    events(tx, me, colleague).await
}

/// Meetings and calls of the two, the one that comes every week on a Monday.
async fn events(tx: &Tx, me: Option<Uuid>, colleague: Uuid) -> Result<()> {
    let today = tx.now().date_naive();
    let since_monday = i64::from(today.weekday().num_days_from_monday());
    for (n, (title, kind, days, (hour, minute), minutes, again)) in EVENTS.iter().enumerate() {
        let day = today + Duration::days(if again.is_some() { days - since_monday } else { *days });
        // Nobody meets on a weekend.
        let day = match day.weekday() {
            Weekday::Sat => day + Duration::days(2),
            Weekday::Sun => day + Duration::days(1),
            _ => day,
        };
        let start = day.and_hms_opt(*hour, *minute, 0).unwrap_or_default();
        let local = |time: chrono::NaiveDateTime| time.format("%Y-%m-%dT%H:%M:%S").to_string();
        // A series of the 29th, 30th and 31st would leave months out.
        let start = if day.day() > 28 && again.is_some_and(|rule| rule.contains("MONTHLY")) {
            start - Duration::days(7)
        } else {
            start
        };
        tx.make::<events::Entity>(|row: &mut Event| {
            (*title).clone_into(&mut row.title);
            row.kind = *kind;
            row.status = if *days < 0 { EventStatus::Held } else { EventStatus::Planned };
            row.place = (*kind == EventKind::Meeting).then(|| "Hafenstrasse 12, Hamburg".to_owned());
            row.starts_local = local(start);
            row.ends_local = local(start + Duration::minutes(*minutes));
            "Europe/Berlin".clone_into(&mut row.time_zone);
            row.recurrence = again.map(str::to_owned);
            row.is_busy = true;
            let both = me.into_iter().chain((n % 2 == 0).then_some(colleague)).collect();
            let ties = Ties { assigned_to: Some(both), ..Ties::default() };
            (ties, (People::default(), (events::Prospects::default(), Faults::new())))
        })
        .await?;
    }
    Ok(())
}

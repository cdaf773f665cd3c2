use base::{
    Error, Faults, Result, Tx,
    value::{Note, Text},
};
use calendars::{BusinessPeriod, Calendar, Holiday, Holidays, Policy, Week, Weekday};
use cases::{
    Case, CasePriority, CaseStatus, CaseType, NewRoutingRule, RoutingRule, RoutingStrategy, Time, TimeEntry, Watchers,
};
use chrono::{Datelike, Days, NaiveDate};
use notes::{Ties, Visibility};
use uuid::Uuid;

/// With what kind of case it is, how urgent, and how far it is.
const CASES: &[(&str, CaseType, CasePriority, CaseStatus)] = &[
    ("The second delivery is missing", CaseType::Incident, CasePriority::Urgent, CaseStatus::Assigned),
    ("How do we add a second warehouse?", CaseType::Question, CasePriority::Normal, CaseStatus::Pending),
    ("Invoices show the old address", CaseType::Problem, CasePriority::High, CaseStatus::New),
    ("The scanner loses its connection", CaseType::Incident, CasePriority::Normal, CaseStatus::Closed),
    ("Two pallets of the wrong kind", CaseType::Incident, CasePriority::High, CaseStatus::Assigned),
    ("Which label goes on frozen goods?", CaseType::Question, CasePriority::Low, CaseStatus::New),
    ("Please deliver on a Sunday", CaseType::Question, CasePriority::Low, CaseStatus::Rejected),
    ("Second delivery still missing", CaseType::Incident, CasePriority::Urgent, CaseStatus::Duplicate),
];

/// On the first of them.
const ANSWERED: &[(&str, Visibility)] = &[
    ("The carrier has found it in the wrong depot. It will be with you tomorrow before noon.", Visibility::Public),
    ("Third time with this carrier: to be raised in the next talk with them.", Visibility::Internal),
];

/// What was worked on each case, by turns by who has it and their colleague: minutes, days ago, what, and whether it is billed.
const WORKED: &[(u64, i32, &str, bool)] = &[
    (3, 35, "Asked the carrier where the pallet is.", true),
    (2, 15, "Read up on the agreement with the carrier.", false),
    (1, 50, "Called the customer, and arranged the delivery.", true),
];

/// What customers asked for, each an account with a contact; every other one is the colleague's.
pub async fn fill(tx: &Tx, colleague: Uuid, customers: &[(Uuid, Uuid)]) -> Result<()> {
    let me = tx.actor().user();
    let whose = |n: usize| Ties {
        assigned_to: if n.is_multiple_of(2) { me.map(|me| vec![me]) } else { Some(vec![colleague]) },
        ..Ties::default()
    };
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
        work(tx, case, n, colleague).await?;
        for (said, visibility) in ANSWERED.iter().filter(|_| n == 0) {
            if let Ok(said) = Note::parse(said) {
                notes::say_on::<cases::Entity>(tx, case, said, *visibility).await?;
            }
        }
    }
    rules(tx, colleague).await
}

/// Who gets what comes next: what presses goes to whoever has the least to do, everything else goes round.
async fn rules(tx: &Tx, colleague: Uuid) -> Result<()> {
    let both: Vec<Uuid> = tx.actor().user().into_iter().chain([colleague]).collect();
    let pressing = vec![CasePriority::High, CasePriority::Urgent];
    for (name, priorities, strategy) in [
        ("What presses, to whoever has the least to do", pressing, RoutingStrategy::LeastBusy),
        ("Everything else, by turns", Vec::new(), RoutingStrategy::RoundRobin),
    ] {
        let rule = NewRoutingRule {
            name: Text::parse(name).map_err(Error::internal)?,
            priorities,
            case_types: Vec::new(),
            accounts: Vec::new(),
            tags: Vec::new(),
            sender_domains: Vec::new(),
            strategy,
            members: both.clone(),
            team_id: None,
            is_active: true,
        };
        tx.make::<RoutingRule>(|row| rule.write(row)).await?;
    }
    Ok(())
}

/// Time on the `n`th case.
async fn work(tx: &Tx, case: Uuid, n: usize, colleague: Uuid) -> Result<()> {
    let people = [tx.actor().user().unwrap_or(colleague), colleague];
    for (turn, (days, minutes, said, is_billable)) in WORKED.iter().enumerate().skip(n % WORKED.len()) {
        let entry = tx.make::<TimeEntry>(|row: &mut Time| {
            (row.case_id, row.member_id) = (case, people[(n + turn) % people.len()]);
            row.worked_on = tx.now().date_naive() - Days::new(*days);
            (row.minutes, row.is_billable) = (*minutes, *is_billable);
            row.description = Some((*said).to_owned());
        });
        entry.await?;
    }
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
    Ok(())
}

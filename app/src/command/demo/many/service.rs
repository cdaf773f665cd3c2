//! What customers ask for, and when one meets them.

use base::{Result, Tx};
use cases::{Case, CasePriority, CaseStatus, CaseType};
use chrono::{DateTime, Duration, NaiveTime, Utc};
use events::{Event, EventKind, EventStatus};
use rand::{RngExt, rngs::StdRng};
use uuid::Uuid;

use super::{
    Many, give,
    words::{LAST, WHAT, pick},
};

/// As a year's cases are: mostly closed.
const STATUSES: &[CaseStatus] = &[
    CaseStatus::New,
    CaseStatus::Assigned,
    CaseStatus::Pending,
    CaseStatus::Closed,
    CaseStatus::Closed,
    CaseStatus::Closed,
    CaseStatus::Closed,
    CaseStatus::Rejected,
];
const PRIORITIES: &[CasePriority] =
    &[CasePriority::Low, CasePriority::Normal, CasePriority::Normal, CasePriority::High, CasePriority::Urgent];
const TYPES: &[CaseType] = &[CaseType::Question, CaseType::Incident, CaseType::Problem];
const TROUBLE: &[&str] =
    &["A delivery is missing", "The invoice is wrong", "It does not start", "How do we add a user?"];
/// What is promised, in seconds: an answer within four hours, an end within two days.
const PROMISED: (i64, i64) = (4 * 3_600, 48 * 3_600);
const KINDS: &[EventKind] = &[EventKind::Meeting, EventKind::Call];
/// Minutes.
const LENGTHS: &[i64] = &[15, 30, 30, 60, 60, 90];

pub async fn keep(
    tx: &Tx,
    many: &Many,
    accounts: &[Uuid],
    batch: std::ops::Range<u64>,
    chance: &mut StdRng,
) -> Result<()> {
    let now = tx.now();
    let mut cases: Vec<_> = batch.clone().map(|n| case(n, many, pick(accounts, chance), now, chance)).collect();
    for case in &mut cases {
        case.number = tx.next_number("case").await?;
    }
    pipelines::place_all::<cases::Entity>(tx, &mut cases).await?;
    let cases = tx.insert_many::<cases::Entity>(cases).await?;
    give::<cases::Entity>(tx, &cases, many.seller).await?;
    let events = batch.map(|n| event(n, pick(accounts, chance), now, chance)).collect();
    let events = tx.insert_many::<events::Entity>(events).await?;
    give::<events::Entity>(tx, &events, many.seller).await
}

fn case(n: u64, many: &Many, account_id: Option<Uuid>, now: DateTime<Utc>, chance: &mut StdRng) -> Case {
    let status = pick(STATUSES, chance).unwrap_or_default();
    let came = now - Duration::minutes(chance.random_range(0..if status.is_closed() { 525_600 } else { 4_320 }));
    let within = |seconds: i64| {
        (!status.is_closed() && status != CaseStatus::Pending).then(|| came + Duration::seconds(seconds))
    };
    let closed = status.is_closed().then(|| came + Duration::hours(20)).map(|at| at.min(now));
    Case {
        name: format!("{} {}", pick(TROUBLE, chance).unwrap_or_default(), n + 1),
        status,
        priority: pick(PRIORITIES, chance).unwrap_or_default(),
        case_type: pick(TYPES, chance),
        account_id,
        closed_on: closed.map(|at| at.date_naive()),
        closed_at: closed,
        closed_by: closed.map(|_| many.admin),
        first_responded_at: (status != CaseStatus::New).then(|| came + Duration::hours(1)),
        first_response_seconds: (status != CaseStatus::New).then_some(3_600),
        first_response_target: PROMISED.0,
        first_response_risk_at: within(PROMISED.0 * 3 / 4),
        first_response_due: within(PROMISED.0),
        resolution_target: PROMISED.1,
        resolution_risk_at: within(PROMISED.1 * 3 / 4),
        resolution_due: within(PROMISED.1),
        is_active: true,
        ..Case::default()
    }
}

/// Within a year on both sides, by day; every fiftieth comes again each week.
fn event(n: u64, account_id: Option<Uuid>, now: DateTime<Utc>, chance: &mut StdRng) -> Event {
    let day = (now + Duration::days(chance.random_range(-365..=365))).date_naive();
    let start = day.and_time(NaiveTime::MIN) + Duration::minutes(15 * chance.random_range(32..68));
    let end = start + Duration::minutes(pick(LENGTHS, chance).unwrap_or(30));
    let local = |time: chrono::NaiveDateTime| time.format("%Y-%m-%dT%H:%M:%S").to_string();
    let again = n.is_multiple_of(50);
    let over = end.and_utc() < now && !again;
    Event {
        title: format!(
            "{} with {} {}",
            pick(WHAT, chance).unwrap_or_default(),
            pick(LAST, chance).unwrap_or_default(),
            n + 1
        ),
        kind: pick(KINDS, chance).unwrap_or_default(),
        status: if over { EventStatus::Held } else { EventStatus::Planned },
        starts_local: local(start),
        ends_local: local(end),
        time_zone: "Europe/Berlin".to_owned(),
        recurrence: again.then(|| "FREQ=WEEKLY;COUNT=52".to_owned()),
        account_id,
        is_busy: true,
        ..Event::default()
    }
}

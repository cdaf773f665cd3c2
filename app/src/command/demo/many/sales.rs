//! What is to be sold, and what has to be done for it.

use base::{Result, Tx};
use chrono::{DateTime, Duration, Utc};
use opportunities::{CloseReason, Opportunity, Stage};
use rand::{RngExt, rngs::StdRng};
use rust_decimal::Decimal;
use tasks::{Task, TaskPriority, TaskStatus};
use uuid::Uuid;

use super::{
    Many, give,
    words::{LAST, TRADE, WHAT, pick},
};

/// As a year's stages are: mostly over.
const STAGES: &[Stage] = &[
    Stage::Prospecting,
    Stage::Qualification,
    Stage::Proposal,
    Stage::Negotiation,
    Stage::ClosedWon,
    Stage::ClosedWon,
    Stage::ClosedLost,
    Stage::ClosedLost,
];
const CURRENCIES: &[&str] = &["EUR", "EUR", "EUR", "EUR", "GBP", "USD"];
const STATUSES: &[TaskStatus] =
    &[TaskStatus::New, TaskStatus::InProgress, TaskStatus::Completed, TaskStatus::Completed, TaskStatus::Completed];
const PRIORITIES: &[TaskPriority] =
    &[TaskPriority::Low, TaskPriority::Medium, TaskPriority::Medium, TaskPriority::High];
const TO_DO: &[&str] = &["Call back", "Send the offer", "Book the fitters", "Check the order", "Ask for references"];

pub async fn keep(
    tx: &Tx,
    many: &Many,
    accounts: &[Uuid],
    batch: std::ops::Range<u64>,
    chance: &mut StdRng,
) -> Result<()> {
    let now = tx.now();
    let mut deals: Vec<_> = batch.clone().map(|n| deal(n, many, pick(accounts, chance), now, chance)).collect();
    pipelines::place_all::<opportunities::Entity>(tx, &mut deals).await?;
    let deals = tx.insert_many::<opportunities::Entity>(deals).await?;
    give::<opportunities::Entity>(tx, &deals, many.seller).await?;
    let deals: Vec<Uuid> = deals.iter().map(|deal| deal.id).collect();
    let mut tasks: Vec<_> = batch.map(|n| task(n, many, pick(&deals, chance), now, chance)).collect();
    pipelines::place_all::<tasks::Entity>(tx, &mut tasks).await?;
    let tasks = tx.insert_many::<tasks::Entity>(tasks).await?;
    give::<tasks::Entity>(tx, &tasks, many.seller).await
}

/// Closed within the year before, or expected to close within the year after.
fn deal(n: u64, many: &Many, account_id: Option<Uuid>, now: DateTime<Utc>, chance: &mut StdRng) -> Opportunity {
    let stage = pick(STAGES, chance).unwrap_or_default();
    let days = chance.random_range(if stage.is_closed() { -365..=0 } else { -20..=365 });
    Opportunity {
        name: format!("{} {}", pick(WHAT, chance).unwrap_or_default(), n + 1),
        account_id,
        stage,
        probability: stage.probability(),
        currency: pick(CURRENCIES, chance).map(str::to_owned),
        amount: Some(Decimal::new(chance.random_range(50_000..25_000_000), 2)),
        closed_on: Some((now + Duration::days(days)).date_naive()),
        closed_by: stage.is_closed().then_some(many.admin),
        close_reason: stage.is_closed().then_some(CloseReason::Price),
        is_active: true,
        ..Opportunity::default()
    }
}

/// Due within the year around, or at no time.
fn task(n: u64, many: &Many, opportunity_id: Option<Uuid>, now: DateTime<Utc>, chance: &mut StdRng) -> Task {
    let status = pick(STATUSES, chance).unwrap_or_default();
    let completed = status == TaskStatus::Completed;
    let days = chance.random_range(if completed { -180..=0 } else { -10..=180 });
    let due = now + Duration::days(days);
    let what = pick(TO_DO, chance).unwrap_or_default();
    let whom = (pick(LAST, chance).unwrap_or_default(), pick(TRADE, chance).unwrap_or_default());
    Task {
        title: format!("{what}: {} {} {}", whom.0, whom.1, n + 1),
        status,
        priority: pick(PRIORITIES, chance).unwrap_or_default(),
        due_on: (n % 10 < 7).then(|| due.date_naive()),
        due_at: (7..9).contains(&(n % 10)).then_some(due),
        opportunity_id,
        completed_at: completed.then_some(now),
        completed_by: completed.then_some(many.admin),
        is_active: true,
        ..Task::default()
    }
}

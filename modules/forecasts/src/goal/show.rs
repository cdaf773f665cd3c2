use std::collections::HashMap;

use base::{
    Ref, Result, Stamp, Tx,
    value::{Money, Share},
};
use chrono::NaiveDate;
use rust_decimal::{Decimal, RoundingStrategy};
use uuid::Uuid;

use super::{
    achieved::{Achieved, achieved},
    row::Model,
    status::{GoalStatus, elapsed},
    view::{AmountOf, GoalMetric, GoalProgress, GoalView},
};

/// Rows as they are shown, in their order, with four more statements however many there are.
pub async fn show(tx: &Tx, rows: Vec<Model>) -> Result<Vec<GoalView>> {
    let today = tx.now().with_timezone(&tx.org_time_zone().await?).date_naive();
    let people = tx.people(rows.iter().filter_map(|row| row.member_user_id)).await?;
    let people: HashMap<Uuid, String> = people.into_iter().map(|(id, person)| (id, person.name)).collect();
    // One in the trash keeps its goals, and no name: without a team at all they would look like everybody's.
    let teams = teams::names(tx, rows.iter().filter_map(|row| row.team_id)).await?;
    let achieved = achieved(tx, &rows).await?;
    let view = |(row, achieved): (Model, Achieved)| GoalView {
        stamp: Stamp::of(&row),
        progress: progress(&row, &achieved, today),
        member: row.member_user_id.and_then(|id| Ref::of(id, &people)),
        team: row.team_id.map(|id| Ref { id, name: teams.get(&id).cloned().unwrap_or_default() }),
        name: row.name,
        metric: row.metric,
        period: row.period,
        starts_on: row.starts_on,
        ends_on: row.ends_on,
        target_amount: row.target_amount.map(Money::from),
        currency: row.currency,
        target_count: row.target_count,
    };
    Ok(rows.into_iter().zip(achieved).map(view).collect())
}

fn progress(goal: &Model, achieved: &Achieved, today: NaiveDate) -> GoalProgress {
    let reached = achieved.of(goal);
    let (passed, all) = elapsed(goal, today);
    let revenue = goal.metric == GoalMetric::Revenue;
    let other =
        achieved.by_currency.iter().filter(|(currency, _)| Some(*currency) != goal.currency.as_ref() && revenue);
    GoalProgress {
        amount: revenue.then(|| reached.into()),
        count: achieved.count,
        other_currencies: other
            .map(|(currency, amount)| AmountOf { currency: currency.clone(), amount: (*amount).into() })
            .collect(),
        percent: share(reached, goal.target()),
        elapsed_percent: share(passed.into(), all.into()),
        status: GoalStatus::of(goal, reached, today),
    }
}

/// In per cent, cut after two places, so that it says 100 when all of it is there and not before.
pub fn share(part: Decimal, of: Decimal) -> Share {
    let share = part.checked_div(of).and_then(|share| share.checked_mul(Decimal::ONE_HUNDRED)).unwrap_or_default();
    share.round_dp_with_strategy(2, RoundingStrategy::ToZero).into()
}

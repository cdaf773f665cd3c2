//! The goals that a forecast is held against.

use base::{Ref, Result, Tx};
use sea_orm::{ColumnTrait, Condition};
use uuid::Uuid;

use super::{
    ask::{Ask, By},
    gather::Lines,
};
use crate::goal::{Column, Entity, Goal, GoalMetric};

/// More revenue goals than anybody sets in five years.
const MOST: u64 = 5_000;

/// Puts the targets of revenue goals into the lines, each where its whole time is within the period and nowhere else: a year's
/// goal is no twelve goals of months.
pub async fn add(tx: &Tx, ask: &Ask, lines: &mut Lines) -> Result<()> {
    let these = Condition::all()
        .add(Column::Metric.eq(GoalMetric::Revenue))
        .add(Column::StartsOn.gte(ask.from))
        .add(Column::EndsOn.lte(ask.to))
        .add(whose(ask));
    for goal in tx.find::<Entity>().filter(these).all(MOST).await? {
        let (first, last) = (ask.period(goal.starts_on), ask.period(goal.ends_on));
        if first == last {
            let place = (Some(first), of_line(ask, &goal), goal.currency.clone());
            let sums = lines.entry(place).or_default();
            *sums.goal.get_or_insert_default() += goal.target();
            sums.goals.push(Ref { id: goal.id, name: goal.name });
        }
    }
    for sums in lines.values_mut() {
        sums.goals.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
    }
    Ok(())
}

fn whose(ask: &Ask) -> Condition {
    let all = Condition::all();
    match (ask.asked.by, ask.asked.owner, ask.asked.team) {
        (Some(By::Owner), None, _) => all.add(Column::MemberUserId.is_not_null()),
        (Some(By::Owner) | None, Some(owner), _) => all.add(Column::MemberUserId.eq(owner)),
        (Some(By::Team), _, None) => all.add(Column::TeamId.is_not_null()),
        (Some(By::Team) | None, _, Some(team)) => all.add(Column::TeamId.eq(team)),
        (None, None, None) => all.add(Column::MemberUserId.is_null()).add(Column::TeamId.is_null()),
    }
}

fn of_line(ask: &Ask, goal: &Goal) -> Option<Uuid> {
    match ask.asked.by {
        Some(By::Owner) => goal.member_user_id,
        Some(By::Team) => goal.team_id,
        None => None,
    }
}

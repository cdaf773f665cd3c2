//! The goals that a forecast is held against.

use std::collections::HashMap;

use base::{Ref, Result, Tx};
use chrono::NaiveDate;
use sea_orm::{ColumnTrait, Condition};
use uuid::Uuid;

use super::{
    ask::{Ask, By},
    gather::{Lines, Place},
};
use crate::goal::{Column, Entity, Goal, GoalMetric};

/// More revenue goals than anybody sets in five years.
const MOST: u64 = 5_000;

/// Puts the targets of revenue goals into the lines, each where its whole time is within the period and nowhere else: a year's
/// goal is no twelve goals of months. Of goals for overlapping times the longest counts, for a quarter's goal has those of its
/// months in it; goals for the same time count all.
pub async fn add(tx: &Tx, ask: &Ask, lines: &mut Lines) -> Result<()> {
    let these = Condition::all()
        .add(Column::Metric.eq(GoalMetric::Revenue))
        .add(Column::StartsOn.gte(ask.from))
        .add(Column::EndsOn.lte(ask.to))
        .add(whose(ask));
    let mut goals = tx.find::<Entity>().filter(these).all(MOST).await?;
    goals.sort_by_key(|goal| (goal.starts_on - goal.ends_on, goal.starts_on, goal.name.clone(), goal.id));
    let mut taken: HashMap<Place, Vec<(NaiveDate, NaiveDate)>> = HashMap::new();
    for goal in goals {
        let (first, last) = (ask.period(goal.starts_on), ask.period(goal.ends_on));
        if first != last {
            continue;
        }
        let place = (Some(first), of_line(ask, &goal), goal.currency.clone());
        let (time, times) = ((goal.starts_on, goal.ends_on), taken.entry(place.clone()).or_default());
        if times.iter().any(|other| *other != time && other.0 <= time.1 && time.0 <= other.1) {
            continue;
        }
        times.push(time);
        let sums = lines.entry(place).or_default();
        *sums.goal.get_or_insert_default() += goal.target();
        sums.goals.push(Ref { id: goal.id, name: goal.name });
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

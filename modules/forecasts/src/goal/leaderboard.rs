//! Who has come how far towards a goal.

use base::{
    Ref, Result, Tx,
    value::{MoneyTotal, Share},
};
use poem_openapi::Object;
use rust_decimal::Decimal;
use uuid::Uuid;

use super::{
    achieved::by_member,
    row::{Entity, Model},
    show::share,
    view::GoalMetric,
};

/// The members with what they have won in a goal's time, the most first. An opportunity of two members is in what both have
/// won, so the places are those of the members, and their sum is not the goal's progress.
#[derive(Clone, Debug, Object)]
#[oai(rename = "GoalLeaderboard")]
pub struct Leaderboard {
    pub goal: Ref,
    pub metric: GoalMetric,
    pub currency: Option<String>,
    /// Of a team's goal, those who are in it now and those who had a part in what it has won; of a
    /// member's that member; otherwise whoever won something.
    #[oai(validator(max_items = 500))]
    pub results: Vec<LeaderboardPlace>,
}

#[derive(Clone, Debug, Object)]
#[oai(rename = "GoalLeaderboardPlace")]
pub struct LeaderboardPlace {
    /// From 1 on. Who has won as much has the same place, and the one behind them is as many places behind.
    pub place: u64,
    pub member: Ref,
    /// Of a goal of revenue, in its currency.
    pub amount: Option<MoneyTotal>,
    /// How many opportunities.
    pub count: u64,
    /// Of the goal's target, cut after two places.
    pub percent: Share,
}

/// The most places.
const MOST: usize = 500;

pub async fn of(tx: &Tx, id: Uuid) -> Result<Leaderboard> {
    let goal: Model = tx.get::<Entity>(id).await?;
    let mut won = by_member(tx, &goal).await?;
    for member in teams::rosters(tx, goal.team_id).await?.into_values().flatten().chain(goal.member_user_id) {
        won.entry(member).or_default();
    }
    let people = tx.people(won.keys().copied().collect::<Vec<_>>()).await?;
    let mut members: Vec<(Decimal, String, Uuid, u64)> = won
        .into_iter()
        .filter_map(|(id, achieved)| Some((achieved.of(&goal), people.get(&id)?.name.clone(), id, achieved.count)))
        .collect();
    members.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| (&a.1, a.2).cmp(&(&b.1, b.2))));
    let (mut place, mut last) = (0, None);
    let results = members.into_iter().zip(1..).take(MOST).map(|((reached, name, id, count), number)| {
        if last != Some(reached) {
            (place, last) = (number, Some(reached));
        }
        LeaderboardPlace {
            place,
            member: Ref { id, name },
            amount: (goal.metric == GoalMetric::Revenue).then(|| reached.into()),
            count,
            percent: share(reached, goal.target()),
        }
    });
    let results = results.collect();
    Ok(Leaderboard {
        goal: Ref { id: goal.id, name: goal.name },
        metric: goal.metric,
        currency: goal.currency,
        results,
    })
}

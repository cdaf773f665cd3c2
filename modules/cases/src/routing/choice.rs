//! Who of those who are there gets the case.

use std::collections::HashMap;

use base::{Result, Tx};
use sea_orm::ColumnTrait;
use uuid::Uuid;

use super::{
    book::Entry,
    rule::RoutingStrategy::{Direct, LeastBusy, RoundRobin, Team},
    turn,
};
use crate::{
    case::{Column, Entity},
    view::CaseStatus,
};

/// To whom a rule gives a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    Members(Vec<Uuid>),
    Team(Uuid),
}

/// To whom a rule that holds gives the case, of those who are there. Nobody's turn is over by that.
pub async fn look(tx: &Tx, entry: &Entry, present: &[Uuid]) -> Result<Option<Choice>> {
    Ok(match settled(entry, present) {
        Some(choice) => Some(choice),
        None => one_of(tx, entry, present, &turn::of(tx, entry.rule.id).await?).await?.map(one),
    })
}

/// The same in its turn, which is over when this transaction ends well: see [`turn::wait`]. `None` when the rule has gone since
/// it was read.
pub async fn take(tx: &Tx, entry: &Entry, present: &[Uuid]) -> Result<Option<Choice>> {
    if let Some(choice) = settled(entry, present) {
        return Ok(Some(choice));
    }
    if !turn::wait(tx, entry.rule.id).await? {
        return Ok(None);
    }
    let turns = turn::of(tx, entry.rule.id).await?;
    let Some(member) = one_of(tx, entry, present, &turns).await? else { return Ok(None) };
    turn::take(tx, entry.rule.id, member, &turns).await?;
    Ok(Some(one(member)))
}

/// Where there is nothing to choose.
fn settled(entry: &Entry, present: &[Uuid]) -> Option<Choice> {
    match entry.rule.strategy {
        Direct => Some(Choice::Members(present.to_vec())),
        Team => entry.rule.team_id.map(Choice::Team),
        RoundRobin | LeastBusy => None,
    }
}

async fn one_of(tx: &Tx, entry: &Entry, present: &[Uuid], turns: &HashMap<Uuid, i64>) -> Result<Option<Uuid>> {
    let loads = if entry.rule.strategy == LeastBusy {
        let open = Column::Status.is_in(CaseStatus::OPEN);
        tx.loads::<Entity>(present.iter().copied(), open).await?
    } else {
        HashMap::new()
    };
    Ok(next(present, turns, &loads))
}

fn one(member: Uuid) -> Choice {
    Choice::Members(vec![member])
}

/// Who has the least to do; of those, who has had no turn for longest, before them all who never had one, in their order.
pub fn next(present: &[Uuid], turns: &HashMap<Uuid, i64>, loads: &HashMap<Uuid, u64>) -> Option<Uuid> {
    let waited = |user: &&Uuid| (loads.get(*user).copied().unwrap_or_default(), turns.get(*user).copied());
    present.iter().min_by_key(waited).copied()
}

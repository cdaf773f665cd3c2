//! In which order the rules are tried.

use std::collections::HashMap;

use base::{Error, Fields, IfMatch, Result, Tx, Verb, value::Rank};
use sea_orm::ColumnTrait;
use uuid::Uuid;

use super::rule::{Column, Entity, Model};

/// The most rules of an organisation: each new case may be tried on all of them.
pub const MOST: u64 = 100;

/// The places of the rules, from 1 on.
pub async fn positions(tx: &Tx) -> Result<HashMap<Uuid, u32>> {
    let rules = tx.find::<Entity>().last_by(Column::Rank, MOST).await?;
    Ok((1..).zip(rules).map(|(position, rule)| (rule.id, position)).collect())
}

/// Waits until nobody else makes rules or puts them into another order, before any rule is locked.
pub async fn alone(tx: &Tx) -> Result<()> {
    tx.alone_with("the order of the routing rules").await
}

/// 409 when there are as many as there can be.
pub async fn room(tx: &Tx) -> Result<()> {
    alone(tx).await?;
    if tx.find::<Entity>().count(MOST).await? < MOST {
        return Ok(());
    }
    Err(Error::conflict("too_many_rules", format!("There are {MOST} routing rules at most.")))
}

/// Puts a rule where `position` others are tried before it.
pub async fn put(tx: &Tx, id: Uuid, position: u32) -> Result<Model> {
    alone(tx).await?;
    let before = tx.open::<Entity>(id, Verb::CHANGE, &IfMatch::ANY).await?;
    let others = tx.find::<Entity>().filter(Column::Id.ne(id)).last_by(Column::Rank, MOST).await?;
    let position = usize::try_from(position).map_or(others.len(), |position| Ord::min(position, others.len()));
    let earlier = position.checked_sub(1).and_then(|place| others.get(place)).map(|rule| &rule.rank);
    let later = others.get(position).map(|rule| &rule.rank);
    let is_there =
        earlier.is_none_or(|earlier| *earlier > before.rank) && later.is_none_or(|later| *later < before.rank);
    if is_there {
        return Ok(before);
    }
    let after = Model { rank: between(tx, earlier, later)?, ..before.clone() };
    tx.update_as::<Entity>(&before, after, "moved", Fields::none()).await
}

/// # Errors
/// 503 when another process made a later id in the same millisecond: there is a place as soon as that is over.
fn between(tx: &Tx, above: Option<&Rank>, below: Option<&Rank>) -> Result<Rank> {
    let ids = || (0..100).map(|_| tx.id());
    let place = match (above, below) {
        (None, None) => Some(Rank::bottom(tx.id())),
        (Some(above), Some(below)) => Rank::between(above, below),
        (None, Some(below)) => ids().map(Rank::top).find(|rank| rank > below),
        (Some(above), None) => ids().map(Rank::bottom).find(|rank| rank < above),
    };
    place.ok_or_else(Error::unavailable)
}

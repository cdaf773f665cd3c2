//! Places on a board. Whoever puts something between two others, or counts what is in a column, does so alone on that board.

use std::collections::BTreeSet;

use base::{Error, Result, Tx, value::Rank};
use uuid::Uuid;

/// Waits until nobody else puts anything into an order on these boards, before any row is locked.
pub async fn hold(tx: &Tx, boards: impl IntoIterator<Item = Uuid>) -> Result<()> {
    // In one order, so that two who move between the same boards do not wait for each other.
    for board in boards.into_iter().collect::<BTreeSet<_>>() {
        tx.alone_with(&format!("the order of board {board}")).await?;
    }
    Ok(())
}

/// A place between these two; without one, on top or at the bottom.
///
/// # Errors
/// 503 when another process made a later id in the same millisecond: there is a place as soon as that is over.
pub fn between(tx: &Tx, above: Option<&Rank>, below: Option<&Rank>) -> Result<Rank> {
    let place = match (above, below) {
        (None, None) => Some(Rank::bottom(tx.id())),
        (Some(above), Some(below)) => Rank::between(above, below),
        (None, Some(below)) => tries(tx).map(Rank::top).find(|rank| rank > below),
        (Some(above), None) => tries(tx).map(Rank::bottom).find(|rank| rank < above),
    };
    place.ok_or_else(Error::unavailable)
}

fn tries(tx: &Tx) -> impl Iterator<Item = Uuid> {
    (0..100).map(|_| tx.id())
}

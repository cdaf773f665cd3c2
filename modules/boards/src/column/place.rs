//! Where a column is, and that it goes only when nothing is in it.

use base::{Error, Fields, IfMatch, Result, Tx, Verb};
use sea_orm::{ColumnTrait, ExprTrait};
use uuid::Uuid;

use super::{
    resource::room,
    row::{Column, Entity, Model},
};
use crate::{board, card, order};

/// Puts a column where `position` others are on its left.
pub async fn put(tx: &Tx, id: Uuid, position: u32) -> Result<Model> {
    let board = tx.get::<Entity>(id).await?.board_id;
    order::hold(tx, [board]).await?;
    let before = tx.open::<Entity>(id, Verb::CHANGE, &IfMatch::ANY).await?;
    board::at_work(tx, board).await?;
    let others = Column::BoardId.eq(board).and(Column::Id.ne(id));
    let others = tx.find::<Entity>().filter(others).last_by(Column::Rank, board::COLUMNS).await?;
    let position = usize::try_from(position).map_or(others.len(), |position| Ord::min(position, others.len()));
    let left = position.checked_sub(1).and_then(|place| others.get(place)).map(|column| &column.rank);
    let right = others.get(position).map(|column| &column.rank);
    let is_there = left.is_none_or(|left| *left > before.rank) && right.is_none_or(|right| *right < before.rank);
    if is_there {
        return Ok(before);
    }
    let after = Model { rank: order::between(tx, left, right)?, ..before.clone() };
    tx.update_as::<Entity>(&before, after, "moved", Fields::none()).await
}

/// Puts a column without cards into the trash.
///
/// # Errors
/// 409 `column_not_empty`.
pub async fn remove(tx: &Tx, id: Uuid, seen: &IfMatch) -> Result<()> {
    let board = tx.get::<Entity>(id).await?.board_id;
    order::hold(tx, [board]).await?;
    let column = tx.open::<Entity>(id, Verb::DELETE, seen).await?;
    board::at_work(tx, board).await?;
    if tx.find::<card::Entity>().filter(card::Column::ColumnId.eq(id)).count(1).await? > 0 {
        return Err(Error::conflict("column_not_empty", "Move its cards to another column first."));
    }
    tx.trash::<Entity>(&column).await
}

/// Takes a column out of the trash.
pub async fn restore(tx: &Tx, id: Uuid) -> Result<Model> {
    let column = tx.open_trashed::<Entity>(id, Verb::DELETE).await?;
    board::at_work(tx, column.board_id).await?;
    room(tx, column.board_id).await?;
    tx.restore::<Entity>(&column).await
}

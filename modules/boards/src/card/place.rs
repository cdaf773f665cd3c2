//! Where a card is: in a column, and there above some and below others.

use base::{Error, Faults, IfMatch, Result, Tx, Verb, value::Rank};
use notes::Ties;
use sea_orm::ColumnTrait;
use uuid::Uuid;

use super::{
    row::{Column, Entity, Model},
    view::NewCard,
};
use crate::{board, column, order};

/// Makes a card at the bottom of a column.
pub async fn create(tx: &Tx, new: NewCard) -> Result<Model> {
    order::hold(tx, board_of(tx, Some(new.column_id)).await?).await?;
    tx.make::<Entity>(|row| new.write(row)).await
}

/// Changes a card, which may be put into another column.
pub async fn change(
    tx: &Tx,
    id: Uuid,
    seen: &IfMatch,
    column: Option<Uuid>,
    write: impl FnOnce(&mut Model) -> Ties,
) -> Result<Model> {
    let own = tx.get::<Entity>(id).await?.board_id;
    order::hold(tx, board_of(tx, column).await?.into_iter().chain([own])).await?;
    tx.amend::<Entity>(id, seen, write).await
}

/// Puts a card into the trash.
pub async fn remove(tx: &Tx, id: Uuid, seen: &IfMatch) -> Result<()> {
    let card = tx.open::<Entity>(id, Verb::DELETE, seen).await?;
    board::at_work(tx, card.board_id).await?;
    tx.trash::<Entity>(&card).await
}

/// Takes a card out of the trash, to the bottom of its column; of the first one of its board when its own is gone.
pub async fn restore(tx: &Tx, id: Uuid) -> Result<Model> {
    order::hold(tx, [tx.find::<Entity>().trashed().id(id).await?.board_id]).await?;
    let trashed = tx.open_trashed::<Entity>(id, Verb::DELETE).await?;
    let own = tx.find::<column::Entity>().ids([trashed.column_id]).await?.pop();
    let column = if own.is_some() { own } else { first_of(tx, trashed.board_id).await? };
    let column = column.ok_or_else(|| Error::conflict("no_column", "Its board has no column to put it into."))?;
    board::at_work(tx, column.board_id).await?;
    room(tx, &column).await?;
    let card = tx.restore::<Entity>(&trashed).await?;
    let after = Model { column_id: column.id, rank: Rank::bottom(tx.id()), ..card.clone() };
    tx.update::<Entity>(&card, after, base::Fields::none()).await
}

/// Whether a card may be where its row says; one that comes into another column goes to the bottom of it.
pub async fn check(tx: &Tx, row: &mut Model, before: Option<&Model>, faults: &mut Faults) -> Result<()> {
    if before.is_none_or(|before| before.column_id != row.column_id) {
        let Some(column) = tx.find::<column::Entity>().ids([row.column_id]).await?.pop() else {
            faults.add("/column_id", "unknown_reference", "There is no such column.");
            return Ok(());
        };
        row.board_id = column.board_id;
        row.rank = Rank::bottom(tx.id());
        board::at_work(tx, row.board_id).await?;
        room(tx, &column).await?;
    }
    match before {
        Some(before) => board::at_work(tx, before.board_id).await,
        None => Ok(()),
    }
}

/// Whoever puts a card onto another board must be able to make one there.
pub async fn admit(tx: &Tx, before: &Model, row: &Model) -> Result<()> {
    if before.board_id == row.board_id {
        return Ok(());
    }
    tx.admit::<Entity>(std::slice::from_ref(row)).await
}

/// 409 when the column takes no more cards.
pub async fn room(tx: &Tx, column: &column::Model) -> Result<()> {
    let Some(limit) = column.wip_limit.and_then(|limit| u64::try_from(limit).ok()) else { return Ok(()) };
    if tx.find::<Entity>().filter(Column::ColumnId.eq(column.id)).count(limit).await? < limit {
        return Ok(());
    }
    Err(Error::conflict("wip_limit_reached", format!("{} takes {limit} cards at most.", column.name)))
}

async fn first_of(tx: &Tx, board: Uuid) -> Result<Option<column::Model>> {
    let on_it = tx.find::<column::Entity>().filter(column::Column::BoardId.eq(board));
    Ok(on_it.last_by(column::Column::Rank, 1).await?.pop())
}

async fn board_of(tx: &Tx, column: Option<Uuid>) -> Result<Option<Uuid>> {
    Ok(tx.find::<column::Entity>().ids(column).await?.pop().map(|column| column.board_id))
}

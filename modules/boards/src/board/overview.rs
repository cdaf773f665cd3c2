//! A board with its cards, as it is looked at.

use base::{Resource, Result, Tx, value::Colour};
use poem_openapi::Object;
use sea_orm::ColumnTrait;
use uuid::Uuid;

use super::row::Entity;
use crate::{card, column};

/// A board with the first cards of each of its columns.
#[derive(Clone, Debug, Object)]
pub struct BoardCards {
    pub id: Uuid,
    pub name: String,
    pub is_archived: bool,
    /// From left to right.
    pub columns: Vec<ColumnCards>,
}

/// A column with its first cards.
#[derive(Clone, Debug, Object)]
pub struct ColumnCards {
    pub id: Uuid,
    pub name: String,
    pub colour: Colour,
    /// The most cards that it takes.
    pub wip_limit: Option<i32>,
    /// How many cards there are, counted up to 10,000.
    pub count: u64,
    /// `false`: there are more than `count`.
    pub count_is_exact: bool,
    /// From the top.
    pub cards: Vec<card::CardView>,
    /// The `cursor` with which the list of cards, `column_id` this one and `sort=-rank`, goes on; `null` when these are all.
    pub next: Option<String>,
}

/// The most columns of a board.
pub const COLUMNS: u64 = 50;

/// Five statements, whatever is on it.
pub async fn cards(tx: &Tx, board: Uuid, most: u64) -> Result<BoardCards> {
    let board = tx.get::<Entity>(board).await?;
    let on_it = column::Column::BoardId.eq(board.id);
    let columns = tx.find::<column::Entity>().filter(on_it).last_by(column::Column::Rank, COLUMNS).await?;
    let ids: Vec<Uuid> = columns.iter().map(|column| column.id).collect();
    let mut heads = tx.heads::<card::Entity>(card::Column::ColumnId, &ids, card::IN_ORDER, most).await?;
    let heads: Vec<_> = ids.iter().map(|id| heads.remove(id).unwrap_or_default()).collect();
    let rows = heads.iter().flat_map(|head| head.rows.iter().cloned()).collect();
    let mut views = card::Entity::show(tx, rows).await?.into_iter();
    let columns = columns.into_iter().zip(heads).map(|(column, head)| ColumnCards {
        id: column.id,
        name: column.name,
        colour: column.colour,
        wip_limit: column.wip_limit,
        count: head.count,
        count_is_exact: head.count_is_exact,
        cards: views.by_ref().take(head.rows.len()).collect(),
        next: head.next,
    });
    let columns = columns.collect();
    Ok(BoardCards { id: board.id, name: board.name, is_archived: board.is_archived, columns })
}

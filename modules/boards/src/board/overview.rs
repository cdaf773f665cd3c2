//! A board with its cards, as it is looked at.

use std::collections::HashMap;

use base::{Lane, Resource, Result, Tx, value::Colour};
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
    /// How many cards there are.
    pub count: u64,
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
    let counts = counts(tx, columns.iter().map(|column| column.id)).await?;
    let lanes: Vec<Lane> = columns
        .iter()
        .map(|column| Lane { id: column.id, count: counts.get(&column.id).copied().unwrap_or(0) })
        .collect();
    let mut found = tx.lanes::<card::Entity>(card::Column::ColumnId, &lanes, most).await?;
    let (mut rows, mut heads) = (Vec::new(), Vec::new());
    for (column, lane) in columns.into_iter().zip(lanes) {
        let (cards, next) = found.remove(&column.id).map_or((Vec::new(), None), |found| (found.rows, found.next));
        heads.push((column, lane.count, cards.len(), next));
        rows.extend(cards);
    }
    let mut views = card::Entity::show(tx, rows).await?.into_iter();
    let columns = heads.into_iter().map(|(column, count, length, next)| ColumnCards {
        id: column.id,
        name: column.name,
        colour: column.colour,
        wip_limit: column.wip_limit,
        count,
        cards: views.by_ref().take(length).collect(),
        next,
    });
    let columns = columns.collect();
    Ok(BoardCards { id: board.id, name: board.name, is_archived: board.is_archived, columns })
}

/// How many cards each column has.
async fn counts(tx: &Tx, columns: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, u64>> {
    let totals = tx.find::<card::Entity>().totals().any_of(card::Column::ColumnId, columns).by(card::Column::ColumnId);
    totals.all(COLUMNS).await?.iter().map(|total| Ok((total.key(0)?, total.count))).collect()
}

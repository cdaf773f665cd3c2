use std::collections::{BTreeSet, HashMap};

use base::{Error, Faults, Ref, Resource, Result, Stamp, Tx, value::Rank};
use sea_orm::ColumnTrait;
use uuid::Uuid;

use super::{
    row::{Column, Entity, Model},
    view::BoardColumnView,
};
use crate::board;

/// The most columns of a board: each is looked at whenever the board is.
const MOST: u64 = 50;

impl Resource for Entity {
    type View = BoardColumnView;
    type Beside = ();

    async fn check(tx: &Tx, row: &mut Model, before: Option<&Model>, faults: &mut Faults) -> Result<()> {
        if before.is_none() {
            if tx.find::<board::Entity>().ids([row.board_id]).await?.is_empty() {
                faults.add("/board_id", "unknown_reference", "There is no such board.");
                return Ok(());
            }
            room(tx, row.board_id).await?;
            row.rank = Rank::bottom(tx.id());
        }
        board::at_work(tx, row.board_id).await
    }

    async fn show(tx: &Tx, rows: Vec<Model>) -> Result<Vec<BoardColumnView>> {
        let ids: BTreeSet<Uuid> = rows.iter().map(|row| row.board_id).collect();
        let boards = tx.find::<board::Entity>().ids(ids).await?;
        let names: HashMap<Uuid, String> = boards.into_iter().map(|board| (board.id, board.name)).collect();
        let view = |row: Model| BoardColumnView {
            stamp: Stamp::of(&row),
            board: Ref::of(row.board_id, &names),
            name: row.name,
            colour: row.colour,
            wip_limit: row.wip_limit,
        };
        Ok(rows.into_iter().map(view).collect())
    }
}

/// 409 when the board has all the columns that it can have.
pub async fn room(tx: &Tx, board: Uuid) -> Result<()> {
    if tx.find::<Entity>().filter(Column::BoardId.eq(board)).count(MOST).await? < MOST {
        return Ok(());
    }
    Err(Error::conflict("too_many_columns", format!("A board has at most {MOST} columns.")))
}

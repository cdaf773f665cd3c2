//! A card on its way: above or below another, or to the bottom of a column.

use base::{Error, Faults, Fields, IfMatch, Result, Tx, Verb, value::Rank};
use sea_orm::ColumnTrait;
use uuid::Uuid;

use super::{
    place::{admit, room},
    row::{Column, Entity, Model},
    view::CardMove,
};
use crate::{board, column, order};

#[derive(Clone, Copy)]
enum Side {
    Above,
    Below,
}

/// The card to put it beside, and where the body says so.
struct Neighbour {
    id: Uuid,
    side: Side,
    pointer: &'static str,
}

impl CardMove {
    fn neighbour(&self) -> Result<Option<Neighbour>> {
        match (self.before_id, self.after_id) {
            (Some(_), Some(_)) => Err(Error::fault("/after_id", "one_of_two", "Give before_id or after_id.")),
            (Some(id), None) => Ok(Some(Neighbour { id, side: Side::Above, pointer: "/before_id" })),
            (None, Some(id)) => Ok(Some(Neighbour { id, side: Side::Below, pointer: "/after_id" })),
            (None, None) => Ok(None),
        }
    }
}

/// Moves a card.
///
/// # Errors
/// 409 `wip_limit_reached`, `board_archived`; 422 for a neighbour that is not there, or not in the column.
pub async fn put(tx: &Tx, id: Uuid, to: CardMove) -> Result<Model> {
    let neighbour = to.neighbour()?;
    let own = tx.get::<Entity>(id).await?;
    let beside = tx.find::<Entity>().ids(neighbour.iter().map(|other| other.id)).await?.pop();
    let wanted = to.column_id.or(beside.as_ref().map(|other| other.column_id)).unwrap_or(own.column_id);
    let column = tx.find::<column::Entity>().ids([wanted]).await?.pop();
    let boards = [Some(own.board_id), column.map(|column| column.board_id)];
    order::hold(tx, boards.into_iter().flatten()).await?;

    let before = tx.open::<Entity>(id, Verb::CHANGE, &IfMatch::ANY).await?;
    let column = tx.find::<column::Entity>().ids([wanted]).await?.pop();
    let column = column.ok_or_else(|| Error::fault("/column_id", "unknown_reference", "There is no such column."))?;
    for board in [before.board_id, column.board_id] {
        board::at_work(tx, board).await?;
    }
    if column.id != before.column_id {
        room(tx, &column).await?;
    }
    let rank = match &neighbour {
        Some(neighbour) => beside_it(tx, &before, &column, neighbour).await?,
        None => Rank::bottom(tx.id()),
    };
    let after = Model { board_id: column.board_id, column_id: column.id, rank, ..before.clone() };
    let after = tx.update_as::<Entity>(&before, after, "moved", Fields::none()).await?;
    admit(tx, &before, &after).await?;
    Ok(after)
}

/// The place between the neighbour, as it stands now, and whatever is on that side of it.
async fn beside_it(tx: &Tx, card: &Model, column: &column::Model, neighbour: &Neighbour) -> Result<Rank> {
    let Some(other) = tx.find::<Entity>().ids([neighbour.id]).await?.pop() else {
        return Err(Error::fault(neighbour.pointer, "unknown_reference", "There is no such card."));
    };
    let mut faults = Faults::new();
    if other.id == card.id {
        faults.add(neighbour.pointer, "itself", "A card is not moved beside itself.");
    } else if other.column_id != column.id {
        faults.add(neighbour.pointer, "other_column", "This card is in another column.");
    }
    faults.check()?;
    let rest = tx.find::<Entity>().filter(Column::ColumnId.eq(column.id)).filter(Column::Id.ne(card.id));
    match neighbour.side {
        Side::Above => {
            let next = rest.filter(Column::Rank.gt(other.rank.clone())).first_by(Column::Rank, 1).await?.pop();
            order::between(tx, next.as_ref().map(|next| &next.rank), Some(&other.rank))
        }
        Side::Below => {
            let next = rest.filter(Column::Rank.lt(other.rank.clone())).last_by(Column::Rank, 1).await?.pop();
            order::between(tx, Some(&other.rank), next.as_ref().map(|next| &next.rank))
        }
    }
}

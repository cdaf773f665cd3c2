//! How a card is moved by hand.

use base::{Error, Faults, IfMatch, Result, Row, Tx, Verb, order::Side, value::Rank};
use poem_openapi::{Object, types::Example};
use uuid::Uuid;

use crate::{place::alone_in, staged::Staged};

/// Where to move a record. Without a card to go by it goes on top of the stage.
#[derive(Clone, Debug, Default, Object)]
#[oai(deny_unknown_fields, example)]
pub struct Move {
    /// The stage that it is to stand in; the one it stands in, when absent.
    pub pipeline_stage_id: Option<Uuid>,
    /// The record of that stage that it is to stand right above. Not together with `after`.
    pub before: Option<Uuid>,
    /// The record of that stage that it is to stand right below.
    pub after: Option<Uuid>,
}

/// Moves a record: one row is written, whatever the order of the others. Whoever moves within a stage waits for whoever
/// is moving there, so that no two get one place.
///
/// # Errors
/// As a change of the record; 409 when the stage is full, 422 when the other card is not there.
pub async fn to<R: Staged>(tx: &Tx, id: Uuid, seen: &IfMatch, wanted: Move) -> Result<R::Model> {
    let row = tx.open::<R>(id, Verb::CHANGE, seen).await?;
    let stage = wanted.pipeline_stage_id.unwrap_or(R::standing(&row).stage_id);
    let rank = rank::<R>(tx, row.id(), stage, &wanted).await?;
    Box::pin(tx.amend::<R>(id, &IfMatch::ANY, |row| {
        let mut standing = R::standing(row);
        if standing.stage_id != stage {
            R::leave(row);
        }
        (standing.stage_id, standing.rank) = (stage, rank);
        R::stand(row, standing);
        R::Beside::default()
    }))
    .await
}

async fn rank<R: Staged>(tx: &Tx, id: Uuid, stage: Uuid, wanted: &Move) -> Result<Rank> {
    let (other, pointer, side) = match (wanted.before, wanted.after) {
        (None, None) => return Ok(Rank::top(tx.id())),
        (Some(other), None) => (other, "/before", Side::Above),
        (None, Some(other)) => (other, "/after", Side::Below),
        (Some(_), Some(_)) => return refuse("/after", "one_of_two", "Give either before or after."),
    };
    alone_in(tx, stage).await?;
    let other = tx.find::<R>().ids([other]).await?.pop().filter(|other| other.id() != id).map(|row| R::standing(&row));
    let Some(other) = other.filter(|other| other.stage_id == stage) else {
        return refuse(pointer, "unknown_reference", "There is no such other record in this stage.");
    };
    let next = tx.rank_beside::<R>((R::STAGE, stage), (R::RANK, &other.rank), side, id).await?;
    let place = match (side, next) {
        (Side::Above, None) => Some(Rank::top(tx.id())),
        (Side::Below, None) => Some(Rank::bottom(tx.id())),
        (Side::Above, Some(above)) => Rank::between(&above, &other.rank),
        (Side::Below, Some(below)) => Rank::between(&other.rank, &below),
    };
    place.ok_or_else(|| Error::internal("two cards with one rank"))
}

fn refuse<T>(pointer: &str, code: &str, detail: &str) -> Result<T> {
    let mut faults = Faults::new();
    faults.add(pointer, code, detail);
    Err(Error::faults(faults))
}

impl Example for Move {
    fn example() -> Self {
        let stage = Uuid::from_u128(0x0190_7c1e_52a0_7b30_9c11_3f6a_2d8e_0101);
        Self { pipeline_stage_id: Some(stage), ..Self::default() }
    }
}

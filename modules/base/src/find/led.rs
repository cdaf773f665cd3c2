//! Ways to rows by the twin of their table, for a [`Find`]: that says what of them may be seen.
//!
//! What is asked here may name the columns that the twin has ([`Listed::REACHED`]).

use sea_orm::{
    Condition, IdenStatic, QueryOrder,
    sea_query::{Order, SelectStatement},
};
use uuid::Uuid;

use super::{
    Find, Reach, parts,
    reach::{is_assigned, twin},
};
use crate::{
    error::{Error, Result},
    list::Listed,
    record::Record,
    tx::Tx,
};

/// The ids of the rows that may come into question.
#[derive(Clone, Debug)]
#[must_use]
pub struct Led(SelectStatement);

impl Tx {
    /// To what the actor reaches; `None` for an actor who sees everything or nothing, or is among too many.
    pub fn reached_rows<E: Listed>(&self, asked: Condition) -> Option<Led> {
        const { assert!(!E::REACHED.is_empty(), "the table has no twin") };
        Reach::<E>::of(self, asked).map(|reach| Led(reach.every_id()))
    }

    /// To what the actor made or is assigned to by name.
    pub fn own_rows<E: Listed>(&self, asked: Condition) -> Led {
        const { assert!(!E::REACHED.is_empty(), "the table has no twin") };
        Led(Reach::<E>::own(self, asked).every_id())
    }

    /// To what is assigned to any of these members and teams by name.
    pub fn assigned_rows<E: Listed>(&self, principals: &[Uuid], asked: Condition) -> Led {
        const { assert!(!E::REACHED.is_empty(), "the table has no twin") };
        let mut ids = twin::<E>(self, principals.iter().copied(), asked);
        Led(ids.and_where(is_assigned::<E>()).to_owned())
    }

    /// Of what the actor made or is assigned to by name, the first rows of each of these parts by a column, at most `most` of
    /// each, in one statement.
    pub async fn first_own<E: Listed, const N: usize>(
        &self,
        parts: [Condition; N],
        column: E::Column,
        most: u64,
    ) -> Result<[Vec<E::Model>; N]> {
        const { assert!(!E::REACHED.is_empty(), "the table has no twin") };
        let first = |part| {
            let rows = Reach::<E>::own(self, part).first_by(column.as_str(), &Order::Asc, most);
            rows.order_by_asc(column).order_by_asc(E::base().id)
        };
        let found = parts::all(self, parts.map(first).into()).await?;
        found.try_into().map_err(|_| Error::internal("parts without rows"))
    }
}

impl<E: Record> Find<'_, E> {
    /// Only rows to which this leads. They are met by their ids, whatever is asked of them.
    pub fn led(mut self, led: Led) -> Self {
        self.led = Some(led.0);
        self
    }
}

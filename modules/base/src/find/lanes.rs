//! The first rows of each lane, in an order made by hand: a board.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait, Condition, IdenStatic, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, Order},
};
use uuid::Uuid;

use super::{Find, Reach, parts};
use crate::{
    error::{Error, Result},
    list::{Asked, Cursor, Listed},
    tx::Tx,
};

/// A lane, with how many of its rows the actor sees.
#[derive(Clone, Copy, Debug)]
pub struct Lane {
    pub id: Uuid,
    pub count: u64,
}

/// The column in which a row has its place.
const RANK: &str = "rank";

/// The first rows of a lane.
#[derive(Debug)]
pub struct LaneRows<M> {
    pub rows: Vec<M>,
    /// The `cursor` with which the list goes on, filtered by this lane and sorted by `-rank`.
    pub next: Option<String>,
}

impl Tx {
    /// The first `most` rows that the actor sees of each lane, the highest rank first, in one statement. `column` says in
    /// which lane a row is; the record's list can be filtered by it, and sorted by `rank`.
    pub async fn lanes<E: Listed>(
        &self,
        column: E::Column,
        lanes: &[Lane],
        most: u64,
    ) -> Result<HashMap<Uuid, LaneRows<E::Model>>> {
        let rank = E::sorts().into_iter().find(|sort| sort.name == RANK);
        let order = [Asked { sort: rank.ok_or_else(|| Error::internal("a list without a rank"))?, descending: true }];
        let in_order = |rows: Select<E>| {
            let [first] = &order;
            rows.order_by(Expr::col(first.sort.column_ref::<E>()), first.order()).order_by_desc(E::base().id)
        };
        let lanes: Vec<Uuid> = lanes.iter().filter(|lane| lane.count > 0).map(|lane| lane.id).collect();
        let first = |lane: &Uuid| in_order(self.lane::<E>(column, *lane, most + 1)).limit(most + 1);
        let found = parts::all(self, lanes.iter().map(first).collect()).await?;
        let limit = usize::try_from(most).unwrap_or(usize::MAX);
        let cut = |mut rows: Vec<E::Model>| {
            let more = rows.len() > limit;
            rows.truncate(limit);
            let last = rows.last().filter(|_| more);
            let next = last.and_then(|row| Cursor::behind::<E>(row, &order)).map(|cursor| cursor.encode());
            LaneRows { rows, next }
        };
        Ok(lanes.into_iter().zip(found.into_iter().map(cut)).collect())
    }

    /// The rows of a lane, or its first ones where the twin of the table has them in their order.
    fn lane<E: Listed>(&self, column: E::Column, lane: Uuid, most: u64) -> Select<E> {
        let within = Condition::all().add(column.eq(lane));
        let is_reached = [RANK, column.as_str()].iter().all(|name| E::REACHED.contains(name));
        match Reach::<E>::of(self, within.clone()).filter(|_| is_reached) {
            Some(reach) => reach.first_by(RANK, &Order::Desc, most),
            None => Find::<E>::new(self).filter(within).seen(),
        }
    }
}

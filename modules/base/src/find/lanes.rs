//! The first rows of each lane, in an order made by hand: a board.

use std::collections::HashMap;

use sea_orm::{
    ColumnTrait, Condition, IdenStatic, ModelTrait, QueryOrder, QuerySelect, QueryTrait, Select, Value,
    sea_query::{Alias, Expr, Query, SelectStatement, UnionType},
};
use uuid::Uuid;

use super::{Find, Reach};
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
        let mut all: Option<SelectStatement> = None;
        for lane in lanes.iter().filter(|lane| lane.count > 0) {
            let rows = in_order(self.lane::<E>(column, lane.id, most + 1)).limit(most + 1);
            // A limit belongs to an arm of a union only where the arm is a table.
            let arm =
                Query::select().expr(Expr::cust("*")).from_subquery(rows.into_query(), Alias::new("lane")).to_owned();
            match &mut all {
                None => all = Some(arm),
                Some(all) => {
                    all.union(UnionType::All, arm);
                }
            }
        }
        let Some(all) = all else { return Ok(HashMap::new()) };
        let mut rows = E::find();
        QuerySelect::query(&mut rows).from_clear().from_subquery(all, Alias::new(E::default().table_name()));
        let mut found: HashMap<Uuid, LaneRows<E::Model>> = HashMap::new();
        for row in in_order(rows).all(self.conn()).await? {
            if let Value::Uuid(Some(lane)) = row.get(column) {
                found.entry(lane).or_insert_with(|| LaneRows { rows: Vec::new(), next: None }).rows.push(row);
            }
        }
        let limit = usize::try_from(most).unwrap_or(usize::MAX);
        for lane in found.values_mut() {
            let more = lane.rows.len() > limit;
            lane.rows.truncate(limit);
            let last = lane.rows.last().filter(|_| more);
            lane.next = last.and_then(|row| Cursor::behind::<E>(row, &order)).map(|cursor| cursor.encode());
        }
        Ok(found)
    }

    /// The rows of a lane, or its first ones where the twin of the table has them in their order.
    fn lane<E: Listed>(&self, column: E::Column, lane: Uuid, most: u64) -> Select<E> {
        let within = Condition::all().add(column.eq(lane));
        let is_reached = [RANK, column.as_str()].iter().all(|name| E::REACHED.contains(name));
        match Reach::<E>::of(self, within.clone()).filter(|_| is_reached) {
            Some(reach) => reach.highest(RANK, most),
            None => Find::<E>::new(self).filter(within).seen(),
        }
    }
}

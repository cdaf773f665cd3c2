//! Rows in an order made by hand: each stands in a lane, in the order of its rank.
//!
//! A limit is the organisation's, and so is an order: what is asked here counts the rows that the actor may not see, too. The
//! answers are for a comparison and for a new rank; they are never shown.

use sea_orm::{
    ColumnTrait, Condition, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, Order},
};
use uuid::Uuid;

use crate::{error::Result, find, record::Record, tx::Tx, value::Rank};

/// On which side of a rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Above,
    Below,
}

impl Tx {
    /// How many rows stand in a lane, in the trash or not, counting no further than `most`.
    pub async fn crowd<E: Record>(&self, lane: E::Column, value: Uuid, most: u64) -> Result<u64> {
        self.count_rows::<E>(self.in_lane::<E>(lane, value), most).await
    }

    /// The same without those in the trash.
    pub async fn crowd_living<E: Record>(&self, lane: E::Column, value: Uuid, most: u64) -> Result<u64> {
        self.count_rows::<E>(self.in_lane::<E>(lane, value).add(E::base().deleted_at.is_null()), most).await
    }

    /// The rank next to this one in a lane, leaving out one row; `None` at its end.
    pub async fn rank_beside<E: Record>(
        &self,
        (lane, value): (E::Column, Uuid),
        (column, rank): (E::Column, &Rank),
        side: Side,
        but: Uuid,
    ) -> Result<Option<Rank>> {
        let (beyond, order) = match side {
            Side::Above => (column.gt(rank.as_str()), Order::Asc),
            Side::Below => (column.lt(rank.as_str()), Order::Desc),
        };
        let living = self.in_lane::<E>(lane, value).add(E::base().deleted_at.is_null());
        let next = E::find().select_only().column(column).filter(living).filter(beyond).filter(E::base().id.ne(but));
        Ok(next.order_by(column, order).into_tuple().one(self.conn()).await?)
    }

    fn in_lane<E: Record>(&self, lane: E::Column, value: Uuid) -> Condition {
        Condition::all().add(E::base().org_id.eq(self.actor().org())).add(lane.eq(value))
    }

    async fn count_rows<E: Record>(&self, rows: Condition, most: u64) -> Result<u64> {
        let rows = E::find().select_only().expr_as(Expr::val(1), "one").filter(rows).limit(most);
        find::count(self, rows.into_query()).await
    }
}

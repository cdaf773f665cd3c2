use std::collections::HashMap;

use sea_orm::{
    ConnectionTrait, ModelTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select, Value,
    sea_query::{Alias, Expr, ExprTrait, Order, Query, SelectStatement, UnionType},
};
use uuid::Uuid;

use super::{COUNTED, Listed, Listing, cursor::Cursor, sort::Asked};
use crate::{error::Result, tx::Tx};

/// The beginning of a list that is filtered by one value.
#[derive(Clone, Debug)]
pub struct Head<M> {
    pub rows: Vec<M>,
    /// How many rows the list has, counted up to 10,000.
    pub count: u64,
    pub count_is_exact: bool,
    /// The list's `cursor` behind these rows; `None` when these are all.
    pub next: Option<String>,
}

impl<M> Default for Head<M> {
    fn default() -> Self {
        Self { rows: Vec::new(), count: 0, count_is_exact: true, next: None }
    }
}

impl Tx {
    /// For each of `values`, the first `most` rows of the list that is filtered by it, in the order of `sort` (spelled as in a
    /// query). Two statements for all of them, each of which goes along one index: give at most 50.
    pub async fn heads<E: Listed>(
        &self,
        by: E::Column,
        values: &[Uuid],
        sort: &str,
        most: u64,
    ) -> Result<HashMap<Uuid, Head<E::Model>>> {
        let sorts = Listing::<E>::sorted(sort)?;
        let rows_of = |value: Uuid| {
            let rows = self.find::<E>().seen().filter(Expr::col((E::default(), by)).eq(value));
            let rows = in_order(rows, &sorts).limit(most + 1);
            Query::select()
                .column(Alias::new("id"))
                .from_subquery(rows.select_only().column(E::base().id).into_query(), Alias::new("own"))
                .to_owned()
        };
        let Some(ids) = all(values.iter().map(|value| rows_of(*value))) else { return Ok(HashMap::new()) };
        let rows = self.find::<E>().met_by_ids().filter(Expr::col((E::default(), E::base().id)).in_subquery(ids));
        let rows = in_order(rows, &sorts).all(self.conn()).await?;

        let mut heads = self.counted::<E>(by, values).await?;
        for row in rows {
            if let Value::Uuid(Some(value)) = row.get(by) {
                heads.entry(value).or_default().rows.push(row);
            }
        }
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        for head in heads.values_mut().filter(|head| head.rows.len() > most) {
            head.rows.truncate(most);
            let behind = head.rows.last().and_then(|row| Cursor::behind::<E>(row, &sorts));
            head.next = behind.map(|cursor| cursor.encode());
        }
        Ok(heads)
    }

    /// How many rows each value has.
    async fn counted<E: Listed>(&self, by: E::Column, values: &[Uuid]) -> Result<HashMap<Uuid, Head<E::Model>>> {
        let count_of = |(place, value): (usize, &Uuid)| {
            let rows = self.find::<E>().seen().filter(Expr::col((E::default(), by)).eq(*value)).limit(COUNTED + 1);
            Query::select()
                .expr_as(Expr::cust(place.to_string()), Alias::new("what"))
                .expr_as(Expr::cust("count(*)"), Alias::new("total"))
                .from_subquery(rows.select_only().column(E::base().id).into_query(), Alias::new("own"))
                .to_owned()
        };
        let Some(counts) = all(values.iter().enumerate().map(count_of)) else { return Ok(HashMap::new()) };
        let mut heads = HashMap::new();
        for row in self.conn().query_all(&counts).await? {
            let place = usize::try_from(row.try_get::<i32>("", "what")?).unwrap_or_default();
            let total = u64::try_from(row.try_get::<i64>("", "total")?).unwrap_or_default();
            let head = Head { count: Ord::min(total, COUNTED), count_is_exact: total <= COUNTED, ..Head::default() };
            heads.insert(values[place], head);
        }
        Ok(heads)
    }
}

fn in_order<E: Listed>(mut rows: Select<E>, sorts: &[Asked]) -> Select<E> {
    for asked in sorts {
        rows = rows.order_by(Expr::col(asked.sort.column_ref::<E>()), asked.order());
    }
    rows.order_by(E::base().id, sorts.first().map_or(Order::Desc, Asked::order))
}

fn all(mut arms: impl Iterator<Item = SelectStatement>) -> Option<SelectStatement> {
    let first = arms.next()?;
    Some(arms.fold(first, |mut all, arm| all.union(UnionType::All, arm).to_owned()))
}

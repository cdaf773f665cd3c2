use poem_openapi::{
    Object,
    types::{ParseFromJSON, ToJSON},
};
use sea_orm::{
    QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, IntoCondition, Order},
};

use super::{
    COUNTED, Listed, Listing,
    cursor::Cursor,
    listing::wrong,
    sort::{Asked, Sort},
};
use crate::{
    error::{Error, Result},
    record::Record,
    tx::Tx,
};

/// One page of a list.
#[derive(Clone, Debug, Object)]
pub struct Page<V: ParseFromJSON + ToJSON> {
    #[oai(validator(max_items = 200))]
    pub results: Vec<V>,
    /// The `cursor` of the next page; `null` on the last one.
    pub next: Option<String>,
    /// How many there are, counted up to 10,000.
    pub count: u64,
    /// `false`: there are more than `count`.
    pub count_is_exact: bool,
}

/// A page of rows, before they are made into views.
#[expect(clippy::struct_field_names, reason = "these are the rows, and the rest is about them")]
pub struct Rows<M> {
    pub rows: Vec<M>,
    next: Option<String>,
    count: u64,
}

impl<M> Rows<M> {
    /// The page with its rows made into views, in their order.
    pub fn show<V: ParseFromJSON + ToJSON>(self, view: impl FnOnce(Vec<M>) -> Vec<V>) -> Page<V> {
        Page::new(view(self.rows), self.next, self.count)
    }

    /// The same for a view that needs more from the database.
    pub async fn show_with<V: ParseFromJSON + ToJSON>(
        self,
        view: impl AsyncFnOnce(Vec<M>) -> Result<Vec<V>>,
    ) -> Result<Page<V>> {
        Ok(Page::new(view(self.rows).await?, self.next, self.count))
    }
}

impl<V: ParseFromJSON + ToJSON> Page<V> {
    /// `count` is one more than [`COUNTED`] where counting stopped.
    pub fn new(results: Vec<V>, next: Option<String>, count: u64) -> Self {
        Self { results, next, count: count.min(COUNTED), count_is_exact: count <= COUNTED }
    }
}

impl Tx {
    /// The rows that a client asked for: one statement for the page, one for the count, and up to three to find out by
    /// which way to go for a restricted actor or a search; they may spare the count.
    pub async fn page<E: Listed>(&self, listing: &Listing<E>) -> Result<Rows<E::Model>> {
        let mut find = self.find::<E>().filter(listing.condition(self.actor()));
        if listing.trashed {
            find = find.trashed();
        }
        if let Some(words) = listing.search.clone() {
            find = find.search(words);
        }
        let found = find.found().await?;
        let count = found.count(self, COUNTED + 1).await?;
        let offset = listing.offset.unwrap_or(0);
        self.cut(found.for_page(count), &listing.sorts, listing.limit, offset, listing.cursor.as_ref(), count).await
    }

    /// The rows that `condition` asks for, newest first: for what hangs on one record and needs no filters.
    pub async fn pile<E: Record>(
        &self,
        condition: impl IntoCondition,
        limit: u64,
        cursor: Option<&str>,
    ) -> Result<Rows<E::Model>> {
        let newest = [Asked { sort: Sort::time::<E>("created_at", E::base().created_at), descending: true }];
        let cursor = match cursor {
            None => None,
            Some(text) => Some(Cursor::decode(text, &newest).ok_or_else(wrong_cursor)?),
        };
        let found = self.find::<E>().filter(condition).found().await?;
        let count = found.count(self, COUNTED + 1).await?;
        self.cut(found.for_page(count), &newest, limit, 0, cursor.as_ref(), count).await
    }

    async fn cut<E: Record>(
        &self,
        found: Select<E>,
        sorts: &[Asked],
        limit: u64,
        offset: u64,
        cursor: Option<&Cursor>,
        count: u64,
    ) -> Result<Rows<E::Model>> {
        let mut page = found.limit(limit + 1).offset(offset);
        if let Some(cursor) = cursor {
            page = page.filter(cursor.condition::<E>(sorts));
        }
        for asked in sorts {
            page = page.order_by(Expr::col(asked.sort.column_ref::<E>()), asked.order());
        }
        let id_order = sorts.first().map_or(Order::Desc, Asked::order);
        let mut rows = page.order_by(E::base().id, id_order).all(self.conn()).await?;
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| more).and_then(|row| Cursor::behind::<E>(row, sorts));
        Ok(Rows { rows, next: next.map(|cursor| cursor.encode()), count })
    }
}

fn wrong_cursor() -> Error {
    wrong("cursor", "is not one of this list")
}

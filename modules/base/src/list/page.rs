use poem_openapi::{
    Object,
    types::{ParseFromJSON, ToJSON},
};
use sea_orm::{
    Condition, IdenStatic, QueryFilter, QueryOrder, QuerySelect,
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
    find::{Find, Paged, Reach},
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
    /// How many there are, counted no further than one more than [`COUNTED`].
    pub fn count(&self) -> u64 {
        self.count
    }

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
        self.page_of(listing, Condition::all()).await
    }

    /// The same of the rows within `only` ([`Find::only`]).
    pub async fn page_of<E: Listed>(&self, listing: &Listing<E>, only: Condition) -> Result<Rows<E::Model>> {
        let cut = Cut {
            sorts: &listing.sorts,
            most: listing.limit + 1,
            offset: listing.offset.unwrap_or(0),
            cursor: listing.cursor.as_ref(),
        };
        let asked = listing.condition(self.actor());
        let mut find = self.find::<E>().only(only).filter(asked.clone());
        if listing.is_reached()
            && let Some(reach) = Reach::<E>::of(self, asked)
        {
            let Some(words) = &listing.search else {
                return self.reached(reach, &cut).await;
            };
            return match reach.with(words).await? {
                Some(reach) => self.reached(reach, &cut).await,
                None => self.found(find.search_rare(words.clone()), &cut).await,
            };
        }
        if listing.trashed {
            find = find.trashed();
        }
        if let Some(words) = listing.search.clone() {
            find = find.search(words);
        }
        self.found(find, &cut).await
    }

    /// The newest rows that `asked` asks for, at most `most`, and how many there are. It looks only at columns that the twin of
    /// the table has ([`Listed::REACHED`]).
    pub async fn newest<E: Listed>(&self, asked: Condition, most: u64) -> Result<Rows<E::Model>> {
        let newest = [Asked { sort: Sort::time::<E>("created_at", E::base().created_at), descending: true }];
        let cut = Cut { sorts: &newest, most: most + 1, offset: 0, cursor: None };
        match Reach::<E>::of(self, asked.clone()) {
            Some(reach) => self.reached(reach, &cut).await,
            None => self.found(self.find::<E>().filter(asked), &cut).await,
        }
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
        let cut = Cut { sorts: &newest, most: limit + 1, offset: 0, cursor: cursor.as_ref() };
        self.found(self.find::<E>().filter(condition), &cut).await
    }

    async fn reached<E: Record>(&self, reach: Reach<'_, E>, cut: &Cut<'_>) -> Result<Rows<E::Model>> {
        let count = reach.count(COUNTED + 1).await?;
        self.rows(reach.page(count, cut), cut, count).await
    }

    async fn found<E: Record>(&self, find: Find<'_, E>, cut: &Cut<'_>) -> Result<Rows<E::Model>> {
        let found = find.found().await?;
        let count = found.count(self, COUNTED + 1).await?;
        self.rows(Paged::Whole(found.for_page(count)), cut, count).await
    }

    async fn rows<E: Record>(&self, paged: Paged<E>, cut: &Cut<'_>, count: u64) -> Result<Rows<E::Model>> {
        let mut page = match paged {
            Paged::Cut(rows) => rows,
            Paged::Whole(rows) => match cut.behind::<E>() {
                Some(behind) => rows.filter(behind),
                None => rows,
            }
            .limit(cut.most)
            .offset(cut.offset),
        };
        for asked in cut.sorts {
            page = page.order_by(Expr::col(asked.sort.column_ref::<E>()), asked.order());
        }
        let mut rows = page.order_by(E::base().id, cut.direction()).all(self.conn()).await?;
        let limit = usize::try_from(cut.most - 1).unwrap_or(usize::MAX);
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = rows.last().filter(|_| more).and_then(|row| Cursor::behind::<E>(row, cut.sorts));
        Ok(Rows { rows, next: next.map(|cursor| cursor.encode()), count })
    }
}

/// Where a page begins and ends in its order, with the one row more that tells whether another page follows.
pub(crate) struct Cut<'l> {
    sorts: &'l [Asked],
    pub most: u64,
    pub offset: u64,
    cursor: Option<&'l Cursor>,
}

impl Cut<'_> {
    /// The rows behind the page before.
    pub fn behind<E: Record>(&self) -> Option<Condition> {
        self.cursor.map(|cursor| cursor.condition::<E>(self.sorts))
    }

    /// Which way, when the order is that in which rows came.
    pub fn by_age<E: Record>(&self) -> Option<Order> {
        let [only] = self.sorts else { return None };
        (only.sort.column == E::base().created_at.as_str()).then(|| only.order())
    }

    fn direction(&self) -> Order {
        self.sorts.first().map_or(Order::Desc, Asked::order)
    }
}

fn wrong_cursor() -> Error {
    wrong("cursor", "is not one of this list")
}

//! The rows of somebody who does not see everything, by the twin table that knows who reaches what.
//!
//! The twin takes the name of the table in these statements, so that conditions on its columns hold there as they are.

use std::ops::Range;

use sea_orm::{
    Condition, ConnectionTrait, IdenStatic, QueryFilter, Select,
    sea_query::{Alias, Expr, ExprTrait, Order, Query, SelectStatement, UnionType},
};
use uuid::Uuid;

use super::{Find, count};
use crate::{
    access::{self, Reach as By, Verb},
    error::{Error, Result},
    list::Cut,
    record::Record,
    search::Words,
    tx::Tx,
};

/// A search with at most so many hits looks at these, whoever asks.
const RARE: u64 = 500;
/// With more principals than this the rows are met by walking in their order: somebody of theirs has most of them.
const CIRCLE: usize = 50;
/// Up to this many rows are gathered and put in order; of more than this the next of any order is soon met.
const GATHERED: u64 = 2_000;

/// What is asked of the rows that somebody reaches.
pub(crate) struct Reach<'t, E: Record> {
    tx: &'t Tx,
    principals: Vec<Uuid>,
    asked: Condition,
    entity: std::marker::PhantomData<E>,
}

impl<'t, E: Record> Reach<'t, E> {
    /// `None`: this actor sees everything or nothing, or is among too many.
    pub fn of(tx: &'t Tx, asked: Condition) -> Option<Self> {
        let scope = access::scope::<E>(tx.actor(), Verb::VIEW).filter(|_| E::REACH == By::Assignment)?;
        let principals = access::principals(tx.actor(), scope).filter(|all| all.len() <= CIRCLE)?;
        Some(Self { tx, principals: principals.into_iter().collect(), asked, entity: std::marker::PhantomData })
    }

    /// Of these the ones that have the words; `None` when the words are the better way.
    pub async fn with(mut self, words: &Words) -> Result<Option<Self>> {
        if words.are_rare::<E>(self.tx, RARE).await? {
            return Ok(None);
        }
        self.asked = self.asked.add(words.within::<E>());
        Ok(Some(self))
    }

    /// How many rows there are, counting no further than `most`. Several people may reach one row; mostly so few do that
    /// twice as many reaches are enough to know.
    pub async fn count(&self, most: u64) -> Result<u64> {
        let ids = self.ids(self.principals.iter().copied());
        if self.principals.len() < 2 {
            return count(self.tx, ids.clone().limit(most).to_owned()).await;
        }
        let some = Query::select()
            .expr_as(Expr::cust("count(*)"), Alias::new("seen"))
            .expr_as(Expr::cust("count(DISTINCT \"id\")"), Alias::new("different"))
            .from_subquery(ids.clone().limit(2 * most).to_owned(), Alias::new("some"))
            .to_owned();
        let row = self.tx.conn().query_one(&some).await?.ok_or_else(|| Error::internal("a count without a row"))?;
        let number = |name: &str| row.try_get::<i64>("", name).map(|number| u64::try_from(number).unwrap_or(0));
        let (seen, different) = (number("seen")?, number("different")?);
        if seen < 2 * most || different >= most {
            return Ok(Ord::min(different, most));
        }
        count(self.tx, ids.clone().distinct().limit(most).to_owned()).await
    }

    /// The ids of all of them; one may come more than once.
    pub fn every_id(&self) -> SelectStatement {
        self.ids(self.principals.iter().copied())
    }

    /// The rows themselves, as far as the twin has them, for what is counted and summed: each once, with these columns.
    pub fn rows(&self, columns: &[&'static str]) -> SelectStatement {
        let mut ids = self.ids(self.principals.iter().copied());
        if self.principals.len() < 2 {
            return ids;
        }
        let table = Alias::new(E::default().table_name());
        let mut columns: Vec<&str> = columns.iter().copied().filter(|column| *column != "id").collect();
        columns.sort_unstable();
        columns.dedup();
        for column in columns {
            ids.column((table.clone(), Alias::new(column)));
        }
        Query::select().from_subquery(ids.distinct().to_owned(), table).to_owned()
    }

    /// The rows of one page and its order, when there are `count` of them: what comes is to be put in order, and no more.
    pub fn page(self, count: u64, cut: &Cut) -> Paged<E> {
        if let Some(order) = cut.by_age::<E>() {
            return Paged::Cut(self.by_ids(self.next(cut, &order)));
        }
        if count <= GATHERED {
            return Paged::Whole(self.by_ids(self.every_id()));
        }
        Paged::Whole(Find::<E>::new(self.tx).filter(self.asked).seen())
    }

    /// What the actor made or is assigned to by name.
    pub fn own(tx: &'t Tx, asked: Condition) -> Self {
        let principals = tx.actor().user().into_iter().collect();
        Self { tx, principals, asked, entity: std::marker::PhantomData }
    }

    /// The first `most` by a column that the twin has an index for.
    pub fn first_by(&self, column: &'static str, order: &Order, most: u64) -> Select<E> {
        self.by_ids(self.first(column, order, None, 0..most))
    }

    /// The ids of one page.
    fn next(&self, cut: &Cut, order: &Order) -> SelectStatement {
        let places = cut.offset..cut.offset + cut.most;
        self.first(E::base().created_at.as_str(), order, cut.behind::<E>().as_ref(), places)
    }

    /// Ids in the order of a column, cut where they are in order: for each who reaches rows, and then of all of them together.
    fn first(
        &self,
        column: &'static str,
        order: &Order,
        behind: Option<&Condition>,
        places: Range<u64>,
    ) -> SelectStatement {
        let table = || Alias::new(E::default().table_name());
        let in_order = |mut ids: SelectStatement| {
            ids.order_by((table(), Alias::new(column)), order.clone())
                .order_by((E::default(), E::base().id), order.clone())
                .to_owned()
        };
        let mut all: Option<SelectStatement> = None;
        for principal in &self.principals {
            let mut own = self.ids([*principal]);
            own.column((table(), Alias::new(column))).cond_where(behind.cloned().unwrap_or_else(Condition::all));
            let own = in_order(own).limit(places.end).to_owned();
            let own = Query::select()
                .columns(["id", column].map(Alias::new))
                .from_subquery(own, Alias::new("own"))
                .to_owned();
            match &mut all {
                None => all = Some(own),
                Some(all) => {
                    all.union(UnionType::Distinct, own);
                }
            }
        }
        let mut page = Query::select();
        page.column((E::default(), E::base().id)).from_subquery(all.unwrap_or_default(), table());
        in_order(page).limit(places.end - places.start).offset(places.start).to_owned()
    }

    /// What the actor made is theirs; of what others made, only what is assigned to them.
    fn ids(&self, principals: impl IntoIterator<Item = Uuid>) -> SelectStatement {
        let mut ids = twin::<E>(self.tx, principals, self.asked.clone());
        ids.and_where(is_assigned::<E>().or(principal::<E>().eq(self.tx.actor().user()))).to_owned()
    }

    /// The fence again around the rows themselves: the twin is a way to them, not a permission.
    fn by_ids(&self, ids: SelectStatement) -> Select<E> {
        let fence = Find::<E>::new(self.tx).fence_beside_ids();
        E::find().filter(Expr::col((E::default(), E::base().id)).in_subquery(ids)).filter(fence)
    }
}

/// The ids of what any of these reach by what the twin knows.
pub(super) fn twin<E: Record>(
    tx: &Tx,
    principals: impl IntoIterator<Item = Uuid>,
    asked: Condition,
) -> SelectStatement {
    let table = E::default().table_name();
    Query::select()
        .column((E::default(), E::base().id))
        .from_as(Alias::new(format!("{table}_reach")), Alias::new(table))
        .and_where(Expr::col((Alias::new(table), Alias::new("org_id"))).eq(tx.actor().org()))
        .and_where(principal::<E>().is_in(principals))
        .cond_where(asked)
        .to_owned()
}

fn principal<E: Record>() -> Expr {
    Expr::col((Alias::new(E::default().table_name()), Alias::new("principal_id")))
}

pub(super) fn is_assigned<E: Record>() -> Expr {
    Expr::col((Alias::new(E::default().table_name()), Alias::new("is_assigned"))).eq(true)
}

/// The rows for a page.
pub(crate) enum Paged<E: Record> {
    /// This page's rows.
    Cut(Select<E>),
    /// Those of all pages.
    Whole(Select<E>),
}

//! The rows of somebody who does not see everything, by the twin table that knows who reaches what.
//!
//! The twin takes the name of the table in these statements, so that conditions on its columns hold there as they are.

use sea_orm::{
    Condition, ConnectionTrait, QueryFilter, Select,
    sea_query::{Alias, Expr, ExprTrait, Order, Query, SelectStatement, UnionType},
};
use uuid::Uuid;

use super::{Find, count};
use crate::{
    access::{self, Reach as By, Verb},
    error::{Error, Result},
    list::{Cut, Listed},
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
    pub fn every_id(self) -> SelectStatement {
        self.ids(self.principals.iter().copied())
    }

    /// All of them, in no order.
    pub fn every(self) -> Select<E> {
        let ids = self.ids(self.principals.iter().copied());
        self.by_ids(ids)
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
            return Paged::Whole(self.by_ids(self.ids(self.principals.iter().copied())));
        }
        Paged::Whole(Find::<E>::new(self.tx).filter(self.asked).seen())
    }

    /// The ids of one page, cut where they are in order: for each who reaches rows, and then of all of them together.
    fn next(&self, cut: &Cut, order: &Order) -> SelectStatement {
        let created_at = || (E::default(), E::base().created_at);
        let in_order = |mut ids: SelectStatement| {
            ids.order_by(created_at(), order.clone()).order_by((E::default(), E::base().id), order.clone()).to_owned()
        };
        let of = |principal: Uuid| {
            let mut ids = self.ids([principal]);
            ids.column(created_at());
            if let Some(behind) = cut.behind::<E>() {
                ids.cond_where(behind);
            }
            in_order(ids)
        };
        let table = Alias::new(E::default().table_name());
        let mut all: Option<SelectStatement> = None;
        for principal in &self.principals {
            let own = of(*principal).limit(cut.offset + cut.most).to_owned();
            let own = Query::select()
                .columns(["id", "created_at"].map(Alias::new))
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
        page.column((E::default(), E::base().id)).from_subquery(all.unwrap_or_default(), table);
        in_order(page).limit(cut.most).offset(cut.offset).to_owned()
    }

    /// What the actor made is theirs; of what others made, only what is assigned to them.
    fn ids(&self, principals: impl IntoIterator<Item = Uuid>) -> SelectStatement {
        let table = E::default().table_name().to_owned();
        let column = |name: &str| Expr::col((Alias::new(&table), Alias::new(name)));
        Query::select()
            .column((E::default(), E::base().id))
            .from_as(Alias::new(format!("{table}_reach")), Alias::new(&table))
            .and_where(column("org_id").eq(self.tx.actor().org()))
            .and_where(column("principal_id").is_in(principals))
            .and_where(column("is_assigned").eq(true).or(column("principal_id").eq(self.tx.actor().user())))
            .cond_where(self.asked.clone())
            .to_owned()
    }

    /// The fence again around the rows themselves: the twin is a way to them, not a permission.
    fn by_ids(&self, ids: SelectStatement) -> Select<E> {
        let fence = Find::<E>::new(self.tx).fence_beside_ids();
        E::find().filter(Expr::col((E::default(), E::base().id)).in_subquery(ids)).filter(fence)
    }
}

impl Tx {
    /// The rows that the actor made or that are assigned to them by name, led to by the twin of the table: `asked` may name the
    /// columns that it has ([`Listed::REACHED`]).
    pub fn own_rows<E: Listed>(&self, asked: Condition) -> Condition {
        let principals = self.actor().user().into_iter().collect();
        let own = Reach::<E> { tx: self, principals, asked, entity: std::marker::PhantomData };
        Condition::all().add(Expr::col((E::default(), E::base().id)).in_subquery(own.every_id()))
    }
}

/// The rows for a page.
pub(crate) enum Paged<E: Record> {
    /// This page's rows.
    Cut(Select<E>),
    /// Those of all pages.
    Whole(Select<E>),
}

mod found;
mod lanes;
mod led;
mod membership;
mod parts;
mod reach;
mod total;
mod totals;
mod way;

use std::collections::HashSet;

use sea_orm::{
    Condition, ConnectionTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::{Alias, Expr, ExprTrait, IntoColumnRef, IntoCondition, LockType, Query, SelectStatement},
};
use uuid::Uuid;

pub(crate) use found::Found;
pub use lanes::{Lane, LaneRows};
pub use led::Led;
pub(crate) use reach::{Paged, Reach};
pub use total::Total;
pub use totals::{Measure, Spread, Totals};
pub(crate) use way::{FAR, Ids, Way, enough};

use crate::{
    access::{self, Reach as By, Standing, Verb},
    error::{Error, Result},
    record::Record,
    search::Words,
    tx::Tx,
};

/// Up to this many visible ids drive a restricted query; above, its order does.
const FEW: u64 = 5_000;

/// A question about the rows of one kind that this actor may see.
///
/// The organisation, the trash and the visibility are added last, as it runs: whatever a module filters by comes out as
/// `(its condition) AND (org AND trash AND visible)`.
#[must_use]
pub struct Find<'t, E: Record> {
    tx: &'t Tx,
    asked: Condition,
    only: Condition,
    trash: Trash,
    search: Option<Words>,
    /// The ids to which the rows are bound.
    led: Option<SelectStatement>,
    /// Whether the words of the search are known to lead to few rows.
    rare: bool,
    entity: std::marker::PhantomData<E>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Trash {
    Without,
    Only,
}

impl<'t, E: Record> Find<'t, E> {
    pub(crate) fn new(tx: &'t Tx) -> Self {
        Self {
            tx,
            asked: Condition::all(),
            only: Condition::all(),
            trash: Trash::Without,
            search: None,
            led: None,
            rare: false,
            entity: std::marker::PhantomData,
        }
    }

    pub fn filter(mut self, condition: impl IntoCondition) -> Self {
        let condition = condition.into_condition();
        if !condition.is_empty() {
            self.asked = self.asked.add(condition);
        }
        self
    }

    /// Only what is within `condition`, before anything is asked: as with the organisation, there is an index that has these
    /// rows in the order of their list.
    pub fn only(mut self, condition: impl IntoCondition) -> Self {
        self.only = condition.into_condition();
        self
    }

    /// Only what is in the trash.
    pub fn trashed(mut self) -> Self {
        self.trash = Trash::Only;
        self
    }

    /// Every word must begin a word of the row's search text.
    pub fn search(mut self, words: Words) -> Self {
        self.search = Some(words);
        self
    }

    /// The same for words that few rows have: these are gathered, and each is tried.
    pub(crate) fn search_rare(mut self, words: Words) -> Self {
        (self.search, self.rare) = (Some(words), true);
        self
    }

    /// The row with this id: 404 when it is not there for this actor.
    pub async fn id(self, id: Uuid) -> Result<E::Model> {
        self.by_id(id).one(self.tx.conn()).await?.ok_or_else(Error::not_found)
    }

    /// Those of `ids` that are there for this actor.
    pub async fn ids(self, ids: impl IntoIterator<Item = Uuid>) -> Result<Vec<E::Model>> {
        let ids: Vec<Uuid> = ids.into_iter().collect();
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let wanted = Expr::col((E::default(), E::base().id)).is_in(ids);
        Ok(self.among(wanted).all(self.tx.conn()).await?)
    }

    /// Which of `ids` are there for this actor.
    pub async fn there(self, ids: impl IntoIterator<Item = Uuid>) -> Result<HashSet<Uuid>> {
        let ids: Vec<Uuid> = ids.into_iter().collect();
        if ids.is_empty() {
            return Ok(HashSet::new());
        }
        let id = (E::default(), E::base().id);
        let there = self.among(Expr::col(id).is_in(ids)).select_only().expr_as(Expr::col(id), "id");
        Ok(there.into_tuple().all(self.tx.conn()).await?.into_iter().collect())
    }

    /// The row, locked, for an actor who may do `verb` to it: 404 unseen, 403 seen but not permitted. Mostly it is permitted,
    /// so that is what is asked first.
    pub(crate) async fn id_locked(self, id: Uuid, verb: Verb) -> Result<E::Model> {
        let actor = self.tx.actor();
        let [seen, permitted] = [Verb::VIEW, verb].map(|verb| access::standing::<E>(actor, verb));
        let both = seen.zip(permitted).map(|(seen, permitted)| seen.and(permitted));
        if let Some(row) = self.locked(id, both).await? {
            return Ok(row);
        }
        if both == seen || self.locked(id, seen).await?.is_none() {
            return Err(Error::not_found());
        }
        Err(Error::forbidden())
    }

    async fn locked(&self, id: Uuid, standing: Option<Standing>) -> Result<Option<E::Model>> {
        let select = self.probed(standing).filter(Expr::col((E::default(), E::base().id)).eq(id));
        // SQLite has one writer, so the row is locked already and `FOR UPDATE` is not in its grammar.
        let select = if self.tx.is_postgres() { select.lock(LockType::Update) } else { select };
        Ok(select.one(self.tx.conn()).await?)
    }

    /// The first row, in no order.
    pub async fn one(self) -> Result<Option<E::Model>> {
        Ok(self.found().await?.rows.one(self.tx.conn()).await?)
    }

    /// All rows, at most `most`, in no order.
    pub async fn all(self, most: u64) -> Result<Vec<E::Model>> {
        Ok(self.found().await?.rows.limit(most).all(self.tx.conn()).await?)
    }

    /// The first rows by this column, at most `most`: for what is asked so closely that each row met can be tried.
    pub async fn first_by(self, column: E::Column, most: u64) -> Result<Vec<E::Model>> {
        let rows = self.seen().order_by_asc(column).order_by_asc(E::base().id).limit(most);
        Ok(rows.all(self.tx.conn()).await?)
    }

    /// The same from the other end: the last rows by this column, the last one first.
    pub async fn last_by(self, column: E::Column, most: u64) -> Result<Vec<E::Model>> {
        let rows = self.seen().order_by_desc(column).order_by_desc(E::base().id).limit(most);
        Ok(rows.all(self.tx.conn()).await?)
    }

    /// How many rows there are, counting no further than `most`.
    pub async fn count(self, most: u64) -> Result<u64> {
        self.found().await?.count(self.tx, most).await
    }

    /// The rows with the way to them, for a page that puts an order and a limit to it.
    pub(crate) async fn found(&self) -> Result<Found<E>> {
        let (visible, met) = match &self.search {
            _ if self.led.is_some() => (self.tried(), Way::All),
            Some(words) if self.rare => (self.tried(), words.led_by::<E>(self.tx)),
            Some(words) => (self.visible().await?, words.way::<E>(self.tx).await?),
            None => (self.visible().await?, Way::All),
        };
        let few = visible.is_few() || met.is_few();
        let fence = if few { self.fence_beside_ids() } else { self.fence() };
        let asked = E::find().filter(self.asked.clone());
        let rows = asked.clone().filter(met.condition()).filter(fence.clone()).filter(visible.condition());
        let counting = match &self.search {
            Some(words) if !few && !self.tx.is_postgres() => words.joined(asked).filter(self.fence_beside_ids()),
            _ => asked.filter(met.counting()).filter(fence),
        };
        let unasked = self.asked.is_empty() && self.trash == Trash::Without;
        Ok(Found {
            rows,
            counting: counting.filter(visible.counting()),
            few,
            plenty: unasked && visible.is_plenty_with(&met),
            narrowed: !self.asked.is_empty() || !visible.is_all() || !met.is_all(),
        })
    }

    /// Rows that another table leads to by their ids.
    pub(crate) fn met_by_ids(&self) -> Select<E> {
        E::find().filter(self.fence_beside_ids()).filter(self.within(self.view()))
    }

    /// Whether the id in this column of another table's row is that of a record that is there for this actor.
    pub fn is_at(self, column: impl IntoColumnRef) -> Expr {
        let id = Expr::col((E::default(), E::base().id));
        let there = self.met_by_ids().filter(self.asked.clone()).filter(id.equals(column));
        Expr::exists(there.select_only().expr_as(Expr::val(1), "one").into_query())
    }

    fn by_id(&self, id: Uuid) -> Select<E> {
        self.among(Expr::col((E::default(), E::base().id)).eq(id))
    }

    /// Few rows that are known by their ids: a probe of each is the cheapest way to see what is visible.
    fn among(&self, ids: Expr) -> Select<E> {
        self.seen().filter(ids)
    }

    /// The rows that the actor sees, by a probe of each.
    pub(crate) fn seen(&self) -> Select<E> {
        self.probed(self.view())
    }

    fn view(&self) -> Option<Standing> {
        access::standing::<E>(self.tx.actor(), Verb::VIEW)
    }

    /// The rows of which a probe of each says that the actor reaches them.
    fn probed(&self, standing: Option<Standing>) -> Select<E> {
        E::find().filter(self.asked.clone()).filter(self.fence()).filter(self.within(standing))
    }

    fn within(&self, standing: Option<Standing>) -> Condition {
        match standing {
            Some(standing) => access::probe::<E>(self.tx.actor(), standing).unwrap_or_else(Condition::all),
            None => nothing(),
        }
    }

    fn fence(&self) -> Condition {
        match &self.led {
            Some(ids) => self.fence_beside_ids().add(Expr::col((E::default(), E::base().id)).in_subquery(ids.clone())),
            None => self.fence_by(Expr::col((E::default(), E::base().org_id))),
        }
    }

    /// The same where ids lead to the rows. Without statistics SQLite thinks that an organisation has few rows and would go
    /// through all of them instead; a column with a sign before it is no reason for an index.
    fn fence_beside_ids(&self) -> Condition {
        if self.tx.is_postgres() {
            return self.fence_by(Expr::col((E::default(), E::base().org_id)));
        }
        self.fence_by(Expr::cust(format!("+\"{}\".\"org_id\"", E::default().table_name())))
    }

    fn fence_by(&self, org_id: Expr) -> Condition {
        let fence = Condition::all().add(org_id.eq(self.tx.actor().org())).add(self.in_trash());
        let fence = if self.only.is_empty() { fence } else { fence.add(self.only.clone()) };
        match E::REACH {
            By::Membership(membership) => fence.add_option(membership.outside_trash::<E>(self.tx.actor())),
            _ => fence,
        }
    }

    fn in_trash(&self) -> Expr {
        let deleted_at = Expr::col((E::default(), E::base().deleted_at));
        match self.trash {
            Trash::Without => deleted_at.is_null(),
            Trash::Only => deleted_at.is_not_null(),
        }
    }

    /// What the actor sees, tried on each row that something else leads to.
    fn tried(&self) -> Way {
        let condition = self.within(self.view());
        Way::Many { counting: condition.clone(), condition, plenty: false }
    }

    /// The same for many rows that are counted or summed, in no order.
    fn each(&self) -> Condition {
        match self.view() {
            Some(standing) => access::each::<E>(self.tx.actor(), standing).unwrap_or_else(Condition::all),
            None => nothing(),
        }
    }

    async fn visible(&self) -> Result<Way> {
        let actor = self.tx.actor();
        let Some(standing) = self.view() else {
            return Ok(Way::Few(nothing()));
        };
        if let By::Membership(membership) = E::REACH {
            return membership.way::<E>(self.tx, standing, &self.in_trash()).await;
        }
        let scope = standing.scope;
        let (probe, each) = (access::probe::<E>(actor, standing), access::each::<E>(actor, standing));
        let (Some(condition), Some(counting), Some(assigned)) =
            (probe, each, access::assigned_ids::<E>(actor, scope, FAR))
        else {
            return Ok(Way::All);
        };
        if matches!(E::REACH, access::Reach::Addressed { .. }) {
            return Ok(Way::Many { condition, counting, plenty: false });
        }
        let enough = enough::<E>(self.tx, assigned).await?;
        if enough.seen > FEW {
            return Ok(Way::Many { condition, counting, plenty: enough.plenty });
        }
        let Some(ids) = access::ids::<E>(actor, scope, &self.in_trash(), FEW + 1) else {
            return Ok(Way::All);
        };
        if count(self.tx, ids.clone()).await? > FEW {
            return Ok(Way::Many { condition, counting, plenty: false });
        }
        Ok(Way::Few(Condition::all().add(Expr::col((E::default(), E::base().id)).in_subquery(ids))))
    }
}

fn nothing() -> Condition {
    Condition::all().add(Expr::val(1).eq(0))
}

pub(crate) async fn count(tx: &Tx, rows: SelectStatement) -> Result<u64> {
    let mut total = Query::select();
    total.expr_as(Expr::cust("count(*)"), Alias::new("total")).from_subquery(rows, Alias::new("counted"));
    let row = tx.conn().query_one(&total).await?.ok_or_else(|| Error::internal("a count without a row"))?;
    let total: i64 = row.try_get("", "total")?;
    Ok(u64::try_from(total).unwrap_or(0))
}

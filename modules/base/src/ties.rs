//! What many records point at, with names, in one statement: a page of a list can afford no more.

use sea_orm::{
    ConnectionTrait, IdenStatic, QuerySelect, QueryTrait,
    sea_query::{Alias, BinOper, Expr, ExprTrait, Query, SelectStatement, UnionType},
};
use uuid::Uuid;

use crate::{error::Result, link::Link, record::Record, tx::Tx};

/// What a record is tied to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum To {
    Member,
    Team,
    Tag,
    /// Another record: by the column that points at it, or by the table of links.
    Record(&'static str),
}

/// One tie of a record, named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tie {
    pub record: Uuid,
    pub to: To,
    pub id: Uuid,
    pub name: String,
    /// The colour of a tag, or what a link says beside.
    pub beside: Option<String>,
}

/// A record that others show by its name.
pub trait Named: Record {
    /// The name is what these columns say, with a space between.
    fn name() -> Vec<Self::Column>;
}

/// A question for the ties of records of one kind: their members, teams and tags, and what else is added.
pub struct Asked<'t, R: Record> {
    tx: &'t Tx,
    records: &'t [Uuid],
    arms: Vec<(To, SelectStatement)>,
    kind: std::marker::PhantomData<R>,
}

impl Tx {
    pub fn ties<'t, R: Record>(&'t self, records: &'t [Uuid]) -> Asked<'t, R> {
        let asked = Asked { tx: self, records, arms: Vec::new(), kind: std::marker::PhantomData };
        asked
            .noted(To::Member, "assignment", "member_user_id", "users")
            .noted(To::Team, "assignment", "team_id", "team")
            .noted(To::Tag, "record_tag", "tag_id", "tag")
    }
}

impl Tx {
    /// Those of these records that the actor may see, by kind, id and name: for [`names`](Self::names).
    pub fn named<E: Named>(&self, ids: &[Uuid]) -> SelectStatement {
        let mut named = seen::<E>(self);
        named
            .expr_as(Expr::cust(format!("'{}'", E::KIND)), Alias::new("kind"))
            .and_where(Expr::col((E::default(), E::base().id)).is_in(ids.iter().copied()))
            .to_owned()
    }

    /// The names of records of any kinds, in one statement.
    pub async fn names(&self, named: Vec<SelectStatement>) -> Result<Vec<(String, Uuid, String)>> {
        let mut arms = named.into_iter();
        let Some(mut all) = arms.next() else { return Ok(Vec::new()) };
        for arm in arms {
            all.union(UnionType::All, arm);
        }
        let rows = self.conn().query_all(&all).await?;
        let name = |row: sea_orm::QueryResult| {
            Ok((row.try_get("", "kind")?, row.try_get("", "id")?, row.try_get("", "name")?))
        };
        rows.into_iter().map(name).collect()
    }
}

/// Those of `E` that the actor may see, by id and name.
fn seen<E: Named>(tx: &Tx) -> SelectStatement {
    let column = |column: E::Column| Expr::col((E::default(), column));
    let and = |before: Expr, after: Expr| before.binary(BinOper::Custom("||"), after);
    let spaced = |name, word| and(and(name, Expr::cust("' '")), word);
    let name = E::name().into_iter().map(column).reduce(spaced).unwrap_or_else(|| Expr::val(""));
    tx.find::<E>().met_by_ids().select_only().expr_as(column(E::base().id), "id").expr_as(name, "name").into_query()
}

impl<R: Record> Asked<'_, R> {
    /// And the record that `column` points at, where the actor may see it: [`To::Record`] of the column's name.
    #[must_use]
    pub fn at<E: Named>(self, column: R::Column) -> Self {
        let pointing = Alias::new("pointing");
        let base = R::base();
        let mut arm = seen::<E>(self.tx);
        arm.join_as(
            sea_orm::JoinType::InnerJoin,
            R::default(),
            pointing.clone(),
            Expr::col((pointing.clone(), column)).equals((E::default(), E::base().id)),
        )
        .and_where(Expr::col((pointing.clone(), base.org_id)).eq(self.tx.actor().org()))
        .and_where(Expr::col((pointing.clone(), base.id)).is_in(self.records.iter().copied()))
        .expr_as(Expr::col((pointing, base.id)), Alias::new("record_id"))
        .expr_as(Expr::cust("NULL"), Alias::new("beside"));
        self.and(To::Record(column.as_str()), arm)
    }

    /// And the records that links lead to, where the actor may see them: [`To::Record`] of the links' table.
    #[must_use]
    pub fn through<L: Link, E: Named>(self, own: L::Column, other: L::Column, beside: Option<L::Column>) -> Self {
        let [org_id, ..] = L::shared();
        let beside = beside.map_or_else(|| Expr::cust("NULL"), |beside| Expr::col((L::default(), beside)));
        let mut arm = seen::<E>(self.tx);
        arm.inner_join(L::default(), Expr::col((L::default(), other)).equals((E::default(), E::base().id)))
            .and_where(Expr::col((L::default(), org_id)).eq(self.tx.actor().org()))
            .and_where(Expr::col((L::default(), own)).is_in(self.records.iter().copied()))
            .expr_as(Expr::col((L::default(), own)), Alias::new("record_id"))
            .expr_as(beside, Alias::new("beside"));
        self.and(To::Record(L::default().table_name()), arm)
    }

    /// And the members that links lead to, by user id: [`To::Record`] of the links' table.
    #[must_use]
    pub fn members<L: Link>(self, own: L::Column, user: L::Column) -> Self {
        let [org_id, ..] = L::shared();
        let users = |name: &str| (Alias::new("users"), Alias::new(name));
        let mut arm = Query::select();
        arm.columns([users("id"), users("name")])
            .expr_as(Expr::col((L::default(), own)), Alias::new("record_id"))
            .expr_as(Expr::cust("NULL"), Alias::new("beside"))
            .from(L::default())
            .inner_join(Alias::new("users"), Expr::col((L::default(), user)).equals(users("id")))
            .and_where(Expr::col((L::default(), org_id)).eq(self.tx.actor().org()))
            .and_where(Expr::col((L::default(), own)).is_in(self.records.iter().copied()));
        self.and(To::Record(L::default().table_name()), arm)
    }

    pub async fn all(self) -> Result<Vec<Tie>> {
        if self.records.is_empty() {
            return Ok(Vec::new());
        }
        let (tos, mut arms): (Vec<_>, std::collections::VecDeque<_>) = self.arms.into_iter().unzip();
        let Some(mut ties) = arms.pop_front() else { return Ok(Vec::new()) };
        for arm in arms {
            ties.union(UnionType::All, arm);
        }
        let rows = self.tx.conn().query_all(&ties).await?;
        let tie = |row: sea_orm::QueryResult| {
            let what = usize::try_from(row.try_get::<i32>("", "what")?).unwrap_or_default();
            Ok(Tie {
                record: row.try_get("", "record_id")?,
                to: tos[what],
                id: row.try_get("", "id")?,
                name: row.try_get("", "name")?,
                beside: row.try_get("", "beside")?,
            })
        };
        rows.into_iter().map(tie).collect()
    }

    fn noted(self, to: To, link: &str, key: &str, table: &str) -> Self {
        let (tx, link_column) = (self.tx, |name: &str| (Alias::new(link), Alias::new(name)));
        let column = |name: &str| (Alias::new(table), Alias::new(name));
        let beside = if to == To::Tag { Expr::col(column("colour")) } else { Expr::cust("NULL") };
        let mut arm = Query::select();
        arm.columns([column("id"), column("name")])
            .expr_as(Expr::col(link_column("record_id")), Alias::new("record_id"))
            .expr_as(beside, Alias::new("beside"))
            .from(Alias::new(link))
            .inner_join(Alias::new(table), Expr::col(link_column(key)).equals(column("id")))
            .and_where(Expr::col(link_column("org_id")).eq(tx.actor().org()))
            .and_where(Expr::col(link_column("record_kind")).eq(R::KIND))
            .and_where(Expr::col(link_column("record_id")).is_in(self.records.iter().copied()));
        if table != "users" {
            arm.and_where(Expr::col(column("org_id")).eq(tx.actor().org()));
            arm.and_where(Expr::col(column("deleted_at")).is_null());
        }
        self.and(to, arm)
    }

    /// Every arm has the same columns in the same order, and says which one it is.
    fn and(mut self, to: To, mut arm: SelectStatement) -> Self {
        arm.expr_as(Expr::cust(self.arms.len().to_string()), Alias::new("what"));
        self.arms.push((to, arm));
        self
    }
}

//! How many rows there are and what they come to, group by group, of those that the actor may see.

mod spans;
mod spread;

use sea_orm::{
    Condition, ConnectionTrait, IdenStatic, QueryFilter, QuerySelect, QueryTrait, Value,
    sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement, UnionType},
};
use uuid::Uuid;

use super::{
    Find, Reach, Trash,
    total::{HOLDER, Key, Sum, Total},
};
use crate::{error::Result, list::Listed};

pub use spread::{Measure, Spread};

/// A question for totals. Currencies are not told apart by themselves: group by theirs.
///
/// ```ignore
/// let totals = tx.find::<Opportunity>().totals().by(Column::Currency).sum(Column::Amount).all(1_000).await?;
/// ```
#[must_use]
pub struct Totals<'t, E: Listed> {
    find: Find<'t, E>,
    keys: Vec<Key>,
    sums: Vec<Sum>,
    /// Those of whom each row is counted for each.
    holders: Option<SelectStatement>,
    /// What is looked at, as far as it is known.
    columns: Vec<&'static str>,
    /// Whether something is asked of which it is not known by what columns.
    opaque: bool,
}

impl<'t, E: Listed> Find<'t, E> {
    /// How many rows there are and what they come to, instead of the rows.
    pub fn totals(self) -> Totals<'t, E> {
        let opaque = !self.asked.is_empty() || self.search.is_some() || self.trash != Trash::Without;
        Totals { find: self, keys: Vec::new(), sums: Vec::new(), holders: None, columns: Vec::new(), opaque }
    }
}

/// The conditions here name their columns, so that the twin of the table can tell where it has them
/// ([`Listed::REACHED`]); one given to [`Find::filter`] before is answered by the rows themselves, which takes longer.
impl<E: Listed> Totals<'_, E> {
    /// From `from` to `to`, both included.
    pub fn within<T: Into<Value>>(mut self, column: E::Column, from: T, to: T) -> Self {
        let expr = self.looked_at(column);
        self.find = self.find.filter(expr.clone().gte(from)).filter(expr.lte(to));
        self
    }

    pub fn any_of<T: Into<Value>>(mut self, column: E::Column, values: impl IntoIterator<Item = T>) -> Self {
        let expr = self.looked_at(column);
        self.find = self.find.filter(expr.is_in(values.into_iter().map(Into::into)));
        self
    }

    /// Those with nothing in the column.
    pub fn without(mut self, column: E::Column) -> Self {
        let expr = self.looked_at(column);
        self.find = self.find.filter(expr.is_null());
        self
    }

    /// Those that are assigned to any of these members and teams.
    pub fn assigned_to(self, principals: impl IntoIterator<Item = Uuid>) -> Self {
        self.assigned(|principal| principal.is_in(principals))
    }

    /// The same for members and teams that a select knows.
    pub fn assigned_in(self, principals: SelectStatement) -> Self {
        self.assigned(|principal| principal.in_subquery(principals))
    }

    fn assigned(mut self, to: impl FnOnce(Expr) -> Expr) -> Self {
        let column = |name: &str| Expr::col((Alias::new("assignment"), Alias::new(name)));
        let theirs = Query::select()
            .column((Alias::new("assignment"), Alias::new("record_id")))
            .from(Alias::new("assignment"))
            .and_where(column("org_id").eq(self.find.tx.actor().org()))
            .and_where(column("record_kind").eq(E::KIND))
            .and_where(to(column("principal_id")))
            .to_owned();
        self.find = self.find.filter(Expr::col((E::default(), E::base().id)).in_subquery(theirs));
        self
    }

    /// Each value of the column is a group.
    pub fn by(mut self, column: E::Column) -> Self {
        self.looked_at(column);
        self.keys.push(Key::Column(column.as_str()));
        self
    }

    /// Each month of a date is a group, written `2026-11`.
    pub fn by_month(mut self, column: E::Column) -> Self {
        self.looked_at(column);
        self.keys.push(Key::Month(column.as_str()));
        self
    }

    /// Two groups: 1 for what is before `value`, 0 for all other.
    pub fn by_before(mut self, column: E::Column, value: impl Into<Value>) -> Self {
        self.looked_at(column);
        self.keys.push(Key::Before(column.as_str(), value.into()));
        self
    }

    /// Each member to whom rows are assigned is a group, and `NULL` is one for what is nobody's. A row that is assigned to
    /// two members is in the groups of both.
    pub fn by_assignee(mut self) -> Self {
        self.keys.push(Key::Assignee);
        self
    }

    /// A group where others have an assignee, for [`Totals::together`].
    pub fn by_nobody(mut self) -> Self {
        self.keys.push(Key::Nobody);
        self
    }

    /// Each holder is a group of what is assigned to whom they stand for, each row once. `holders` selects `holder_id` and
    /// `principal_id`: a team and everyone in it, or a member as both.
    pub fn by_holder(mut self, holders: SelectStatement) -> Self {
        self.holders = Some(holders);
        self.keys.push(Key::Holder);
        self
    }

    /// The sum of a column of money or of whole numbers, exactly, on SQLite as well.
    pub fn sum(mut self, amount: E::Column) -> Self {
        self.looked_at(amount);
        self.sums.push(Sum { amount: amount.as_str(), times: None });
        self
    }

    /// The sum of each row's money times a whole number of the same row, from 0 to 1,000.
    pub fn sum_times(mut self, amount: E::Column, times: E::Column) -> Self {
        self.looked_at(amount);
        self.looked_at(times);
        self.sums.push(Sum { amount: amount.as_str(), times: Some(times.as_str()) });
        self
    }

    /// All groups that have a row, at most `most`, in no order; without a key the one group, which may be empty.
    pub async fn all(self, most: u64) -> Result<Vec<Total>> {
        Ok(Self::together(vec![self], most).await?.pop().unwrap_or_default())
    }

    /// The same for several questions at once, in one statement; they must have the same number of keys, each of the same
    /// type, and of sums. Each has at most `most` groups.
    pub async fn together(questions: Vec<Self>, most: u64) -> Result<Vec<Vec<Total>>> {
        let Some(first) = questions.first() else { return Ok(Vec::new()) };
        let (tx, keys, sums) = (first.find.tx, first.keys.len(), first.sums.len());
        let mut answers: Vec<Vec<Total>> = questions.iter().map(|_| Vec::new()).collect();
        let mut all: Option<SelectStatement> = None;
        for (place, question) in questions.into_iter().enumerate() {
            let mut arm = question.statement().await?;
            arm.expr_as(Expr::cust(place.to_string()), Alias::new("question")).limit(most);
            // SQLite takes a limit of an arm only where the arm is a table.
            let arm = Query::select().expr(Expr::cust("*")).from_subquery(arm, Alias::new("arm")).to_owned();
            match &mut all {
                None => all = Some(arm),
                Some(all) => {
                    all.union(UnionType::All, arm);
                }
            }
        }
        for row in tx.conn().query_all(&all.unwrap_or_default()).await? {
            let place = usize::try_from(row.try_get::<i32>("", "question")?).unwrap_or_default();
            answers[place].push(Total::read(row, keys, sums, tx.is_postgres())?);
        }
        Ok(answers)
    }

    async fn statement(self) -> Result<SelectStatement> {
        let mut statement = self.keyed().await?;
        let (table, postgres) = (Alias::new(E::default().table_name()), self.find.tx.is_postgres());
        statement.add_group_by((1..=self.keys.len()).map(|place| Expr::cust(place.to_string())));
        statement.expr_as(Expr::cust("count(*)"), Alias::new("number"));
        for (place, sum) in self.sums.iter().enumerate() {
            for (part, expr) in sum.parts(&table, postgres).into_iter().enumerate() {
                statement.expr_as(expr, Alias::new(format!("sum{place}_{part}")));
            }
        }
        Ok(statement)
    }

    /// Each row as its keys.
    async fn keyed(&self) -> Result<SelectStatement> {
        let mut statement = self.rows().await?;
        let (table, postgres) = (Alias::new(E::default().table_name()), self.find.tx.is_postgres());
        for (place, key) in self.keys.iter().enumerate() {
            statement.expr_as(key.expr(&table, postgres), Alias::new(format!("key{place}")));
        }
        if self.keys.iter().any(|key| matches!(key, Key::Assignee)) {
            self.join_assignees(&mut statement);
        }
        Ok(statement)
    }

    /// `FROM` and `WHERE`: what is counted, by the name of the table.
    async fn rows(&self) -> Result<SelectStatement> {
        let find = &self.find;
        if let Some(holders) = &self.holders {
            return Ok(self.held(holders.clone()));
        }
        if find.search.is_some() {
            return Ok(find.found().await?.counting.select_only().into_query());
        }
        let reach = Reach::<E>::of(find.tx, find.asked.clone()).filter(|_| find.trash == Trash::Without);
        let mut rows = match reach {
            Some(reach) if !self.opaque && self.columns.iter().all(|column| is_reached::<E>(column)) => {
                reach.rows(&self.columns)
            }
            // Which rows they are the twin knows even so.
            Some(_) => {
                let all = Reach::<E>::of(find.tx, Condition::all()).map(|reach| reach.every_id()).unwrap_or_default();
                let these = Expr::col((E::default(), E::base().id)).in_subquery(all);
                E::find().filter(find.asked.clone()).filter(find.fence_beside_ids()).filter(these).into_query()
            }
            None => E::find().filter(find.asked.clone()).filter(find.fence()).filter(find.each()).into_query(),
        };
        Ok(rows.clear_selects().to_owned())
    }

    /// The rows, each once for each holder: those of the twin where it knows enough, or else of the table itself.
    fn held(&self, holders: SelectStatement) -> SelectStatement {
        let reached = !self.opaque && self.columns.iter().all(|column| is_reached::<E>(column));
        let table = Alias::new(E::default().table_name());
        let (own, holder) = (|name: &str| (table.clone(), Alias::new(name)), Alias::new("holder"));
        let mut columns = self.columns.clone();
        columns.push("id");
        columns.sort_unstable();
        columns.dedup();
        let mut rows = Query::select();
        rows.distinct().column((holder.clone(), Alias::new(HOLDER))).columns(columns.into_iter().map(own));
        let org = self.find.tx.actor().org();
        let assigned = if reached {
            rows.from_as(Alias::new(format!("{}_reach", E::default().table_name())), table.clone())
                .and_where(Expr::col(own("org_id")).eq(org))
                .and_where(Expr::col(own("is_assigned")).eq(true));
            own("principal_id")
        } else {
            let assignment = |name: &str| (Alias::new("held"), Alias::new(name));
            let theirs = Expr::col(assignment("org_id"))
                .eq(org)
                .and(Expr::col(assignment("record_kind")).eq(E::KIND))
                .and(Expr::col(assignment("record_id")).equals(own("id")));
            rows.from(E::default())
                .join_as(sea_orm::JoinType::InnerJoin, Alias::new("assignment"), Alias::new("held"), theirs)
                .cond_where(self.find.fence());
            assignment("principal_id")
        };
        let reach = Reach::<E>::of(self.find.tx, Condition::all()).filter(|_| self.find.trash == Trash::Without);
        let seen = match reach {
            Some(reach) => Condition::all().add(Expr::col(own("id")).in_subquery(reach.every_id())),
            None => self.find.each(),
        };
        let stands_for = Expr::col((holder.clone(), Alias::new("principal_id"))).equals(assigned);
        rows.join_subquery(sea_orm::JoinType::InnerJoin, holders, holder, stands_for)
            .cond_where(self.find.asked.clone())
            .cond_where(seen);
        Query::select().from_subquery(rows, table).to_owned()
    }

    fn join_assignees(&self, statement: &mut SelectStatement) {
        let column = |name: &str| Expr::col((Alias::new("assignee"), Alias::new(name)));
        let theirs = column("org_id")
            .eq(self.find.tx.actor().org())
            .and(column("record_kind").eq(E::KIND))
            .and(column("record_id").equals((E::default(), E::base().id)))
            .and(column("member_user_id").is_not_null());
        statement.join_as(sea_orm::JoinType::LeftJoin, Alias::new("assignment"), Alias::new("assignee"), theirs);
    }

    fn looked_at(&mut self, column: E::Column) -> Expr {
        self.columns.push(column.as_str());
        Expr::col((E::default(), column))
    }
}

/// Whether the twin of the table has this column.
fn is_reached<E: Listed>(column: &str) -> bool {
    ["id", "created_at", "created_by", "is_active"].contains(&column) || E::REACHED.contains(&column)
}

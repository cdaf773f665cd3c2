//! What a question for totals asks the database, and what comes back.

use rust_decimal::Decimal;
use sea_orm::{
    QueryResult, TryGetable, Value,
    sea_query::{Alias, BinOper, CaseStatement, Expr, ExprTrait, Func},
};

use uuid::Uuid;

use crate::error::{Error, Result};

#[derive(Clone)]
pub(super) enum Key {
    Column(&'static str),
    Month(&'static str),
    Before(&'static str, Value),
    /// By its place among these, which are in order.
    Span(&'static str, Vec<Value>),
    Assignee,
    Nobody,
    /// One of those of whom there is a row for each, [`HOLDER`].
    Holder,
}

/// Whose a row is, where there is a row for each whose it is.
pub(super) const HOLDER: &str = "holder_id";

#[derive(Clone)]
pub(super) struct Sum {
    pub amount: &'static str,
    pub times: Option<&'static str>,
}

impl Key {
    pub fn expr(&self, table: &Alias, postgres: bool) -> Expr {
        let column = |name: &str| Expr::col((table.clone(), Alias::new(name)));
        match self {
            Self::Column(name) => column(name),
            Self::Month(name) if postgres => Func::cust("to_char").args([column(name), Expr::val("YYYY-MM")]).into(),
            Self::Month(name) => Func::cust("substr").args([column(name), Expr::val(1), Expr::val(7)]).into(),
            Self::Before(name, value) => CaseStatement::new().case(column(name).lt(value.clone()), 1).finally(0).into(),
            Self::Span(name, edges) => span(&column(name), edges, 0),
            Self::Assignee => Expr::col((Alias::new("assignee"), Alias::new("member_user_id"))),
            Self::Nobody if postgres => Expr::cust("NULL::uuid"),
            Self::Nobody => Expr::cust("NULL"),
            Self::Holder => column(HOLDER),
        }
    }
}

/// How many of the edges a value is not before, found by halves.
fn span(value: &Expr, edges: &[Value], before: usize) -> Expr {
    let middle = edges.len() / 2;
    let Some(edge) = edges.get(middle) else { return Expr::cust(before.to_string()) };
    let lower = span(value, &edges[..middle], before);
    let upper = span(value, &edges[middle + 1..], before + middle + 1);
    CaseStatement::new().case(value.clone().lt(edge.clone()), lower).finally(upper).into()
}

impl Sum {
    /// PostgreSQL's decimals are exact. SQLite's money is floating point, whose sum would not be: there whole hundredths are
    /// summed, in millions and what is left of them, as they fit into 64 bits however many rows there are.
    pub fn parts(&self, table: &Alias, postgres: bool) -> Vec<Expr> {
        let column = |name: &str| Expr::col((table.clone(), Alias::new(name)));
        let times = |amount: Expr| self.times.map_or(amount.clone(), |times| amount.mul(column(times)));
        let total = |amount: Expr| Func::coalesce([Func::sum(amount).into(), Expr::val(0)]).into();
        if postgres {
            // The sum of whole numbers is no decimal there.
            let total: Expr = total(times(column(self.amount)));
            return vec![total.cast_as(Alias::new("decimal"))];
        }
        let hundredths = Expr::from(Func::round(column(self.amount).mul(100))).cast_as(Alias::new("integer"));
        let hundredths = times(hundredths);
        vec![
            total(hundredths.clone().binary(BinOper::Div, Expr::cust(MILLION.to_string()))),
            total(hundredths.binary(BinOper::Mod, Expr::cust(MILLION.to_string()))),
        ]
    }
}

const MILLION: i64 = 1_000_000;

/// A group with what its rows come to.
#[derive(Debug)]
pub struct Total {
    row: QueryResult,
    /// How many rows.
    pub count: u64,
    sums: Vec<Decimal>,
    keys: usize,
}

impl Total {
    pub(super) fn read(row: QueryResult, keys: usize, sums: usize, postgres: bool) -> Result<Self> {
        let count = u64::try_from(row.try_get::<i64>("", "number")?).unwrap_or(0);
        let part = |place: usize, part: usize| row.try_get::<i64>("", &format!("sum{place}_{part}"));
        let sum = |place: usize| {
            if postgres {
                return row.try_get::<Decimal>("", &format!("sum{place}_0"));
            }
            let hundredths = Decimal::from(part(place, 0)?) * Decimal::from(MILLION) + Decimal::from(part(place, 1)?);
            Ok(hundredths / Decimal::ONE_HUNDRED)
        };
        let sums = (0..sums).map(sum).collect::<std::result::Result<_, _>>()?;
        Ok(Self { row, count, sums, keys })
    }

    /// The value of a key, by its place among the keys from 0 on.
    pub fn key<T: TryGetable>(&self, place: usize) -> Result<T> {
        Ok(self.row.try_get("", &format!("key{place}"))?)
    }

    /// Whose it is, where holders were asked about, as the last key.
    pub fn holder(&self) -> Result<Uuid> {
        self.key(self.keys.checked_sub(1).ok_or_else(|| Error::internal("a total without a key"))?)
    }

    /// By its place among the sums from 0 on.
    #[must_use]
    pub fn sum(&self, place: usize) -> Decimal {
        self.sums.get(place).copied().unwrap_or_default()
    }
}

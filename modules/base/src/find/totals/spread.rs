//! How a measure is spread among the rows of each group: what half of them do not exceed, and what nine tenths do not.

use sea_orm::{
    ConnectionTrait, IdenStatic, QueryResult,
    sea_query::{Alias, Expr, ExprTrait, Query},
};

use super::Totals;
use crate::{error::Result, find::Total, list::Listed};

/// What is measured of each row; rows where it is nothing are left out.
#[derive(Clone, Copy, Debug)]
pub enum Measure<C> {
    /// A column of whole numbers.
    Number(C),
    /// The days from a moment, whose day is that in UTC, to a date; 0 to one before.
    Days { from: C, to: C },
}

/// A group, as its rows are measured. Shares are nearest ranks, so each is the measure of a row, and both databases answer alike.
#[derive(Debug)]
pub struct Spread {
    /// Its keys, and how many rows were measured.
    pub total: Total,
    pub sum: i64,
    /// The least that half of them do not exceed.
    pub median: i64,
    /// The least that nine tenths of them do not exceed.
    pub p90: i64,
}

impl<E: Listed> Totals<'_, E> {
    /// All groups that have a measured row, at most `most`, in no order, in one statement; sums are not asked here.
    pub async fn spread(mut self, measure: Measure<E::Column>, most: u64) -> Result<Vec<Spread>> {
        let (tx, keys) = (self.find.tx, self.keys.len());
        let measured = self.measured(measure);
        let names: Vec<String> = (0..keys).map(|place| format!("key{place}")).collect();
        let within = names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
        let within = if within.is_empty() { within } else { format!("PARTITION BY {within}") };

        let mut rows = self.keyed().await?;
        rows.expr_as(measured, Alias::new("measure"));
        let mut ranked = Query::select();
        ranked
            .columns(names.iter().map(Alias::new))
            .expr_as(Expr::cust("CAST(\"measure\" AS bigint)"), Alias::new("measure"))
            .expr_as(Expr::cust(format!("row_number() OVER ({within} ORDER BY \"measure\")")), Alias::new("place"))
            .expr_as(Expr::cust(format!("count(*) OVER ({within})")), Alias::new("places"))
            .from_subquery(rows, Alias::new("rows"))
            .and_where(Expr::col(Alias::new("measure")).is_not_null());
        let at = |place: &str| Expr::cust(format!("max(CASE WHEN \"place\" = {place} THEN \"measure\" END)"));
        let mut groups = Query::select();
        groups
            .columns(names.iter().map(Alias::new))
            .expr_as(Expr::cust("count(*)"), Alias::new("number"))
            .expr_as(Expr::cust("CAST(sum(\"measure\") AS bigint)"), Alias::new("sum"))
            .expr_as(at("(\"places\" + 1) / 2"), Alias::new("median"))
            .expr_as(at("(\"places\" * 9 + 9) / 10"), Alias::new("p90"))
            .from_subquery(ranked, Alias::new("ranked"))
            .add_group_by(names.iter().map(|name| Expr::col(Alias::new(name))))
            .and_having(Expr::cust("count(*) > 0"))
            .limit(most);
        let spread = |row: QueryResult| {
            let (sum, median, p90) = (row.try_get("", "sum")?, row.try_get("", "median")?, row.try_get("", "p90")?);
            Ok(Spread { total: Total::read(row, keys, 0, tx.is_postgres())?, sum, median, p90 })
        };
        tx.conn().query_all(&groups).await?.into_iter().map(spread).collect()
    }

    fn measured(&mut self, measure: Measure<E::Column>) -> Expr {
        let table = E::default().table_name().to_owned();
        let mut named = |column: E::Column| {
            self.looked_at(column);
            format!("\"{table}\".\"{}\"", column.as_str())
        };
        match measure {
            Measure::Number(column) => Expr::cust(named(column)),
            Measure::Days { from, to } => {
                let (from, to) = (named(from), named(to));
                let days = if self.find.tx.is_postgres() {
                    format!("{to} - ({from} AT TIME ZONE 'UTC')::date")
                } else {
                    format!("CAST(julianday({to}) - julianday(substr({from}, 1, 10)) AS integer)")
                };
                Expr::cust(format!("CASE WHEN {days} < 0 THEN 0 ELSE {days} END"))
            }
        }
    }
}

//! The rows of several questions in one statement.

use sea_orm::{
    ConnectionTrait, FromQueryResult, QueryTrait, Select,
    sea_query::{Alias, Expr, Query, SelectStatement, UnionType},
};

use crate::{error::Result, record::Record, tx::Tx};

/// The rows of each, in its order.
pub(super) async fn all<E: Record>(tx: &Tx, parts: Vec<Select<E>>) -> Result<Vec<Vec<E::Model>>> {
    let mut found: Vec<Vec<E::Model>> = parts.iter().map(|_| Vec::new()).collect();
    let mut all: Option<SelectStatement> = None;
    for (place, rows) in parts.into_iter().enumerate() {
        let mut rows = rows.into_query();
        rows.expr_as(Expr::cust(place.to_string()), Alias::new("part"));
        // A limit belongs to an arm of a union only where the arm is a table.
        let arm = Query::select().expr(Expr::cust("*")).from_subquery(rows, Alias::new("rows")).to_owned();
        all = Some(match all {
            None => arm,
            Some(mut all) => all.union(UnionType::All, arm).to_owned(),
        });
    }
    let Some(all) = all else { return Ok(found) };
    for row in tx.conn().query_all(&all).await? {
        let part: i32 = row.try_get("", "part")?;
        if let Some(rows) = usize::try_from(part).ok().and_then(|part| found.get_mut(part)) {
            rows.push(E::Model::from_query_result(&row, "")?);
        }
    }
    Ok(found)
}

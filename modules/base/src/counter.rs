//! Numbers that an organisation counts up: of cases, say.

use sea_orm::{
    ConnectionTrait,
    sea_query::{Alias, Expr, ExprTrait, OnConflict, Query},
};

use crate::{
    error::{Error, Result},
    tx::Tx,
};

impl Tx {
    /// The next number of `what` in this organisation, from 1 on. Whoever asks at the same time waits until this transaction
    /// ends, so that none is given twice, and none is lost when the transaction is.
    pub async fn next_number(&self, what: &str) -> Result<i64> {
        let counter = Alias::new("counter");
        let one_more = Expr::col((counter.clone(), Alias::new("last"))).add(1_i64);
        let counted = Query::insert()
            .into_table(counter)
            .columns(["org_id", "name", "last"].map(Alias::new))
            .values_panic([self.actor().org().into(), what.into(), 1_i64.into()])
            .on_conflict(
                OnConflict::columns(["org_id", "name"].map(Alias::new)).value(Alias::new("last"), one_more).to_owned(),
            )
            .returning_col(Alias::new("last"))
            .to_owned();
        let row = self.conn().query_one(&counted).await?.ok_or_else(|| Error::internal("a counter without a row"))?;
        Ok(row.try_get("", "last")?)
    }
}

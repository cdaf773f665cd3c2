//! Many records changed alike, or forgotten, in one statement.

use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Value,
    sea_query::{Expr, ExprTrait, IntoCondition},
};

use crate::{
    access::{self, Verb},
    change::{self, Fields},
    error::{Error, Result},
    record::Record,
    tx::{AT_ONCE, Tx},
};

impl Tx {
    /// Sets columns of every record that `condition` asks for and that the actor may change, and logs each under `verb`.
    /// Answers how many. 403 without a grant to change.
    pub async fn set_all<E: Record>(
        &self,
        condition: impl IntoCondition,
        set: impl IntoIterator<Item = (E::Column, Value)>,
        verb: &str,
    ) -> Result<u64> {
        let base = E::base();
        let standing = access::standing::<E>(self.actor(), Verb::CHANGE).ok_or_else(Error::forbidden)?;
        let mut update = E::update_many()
            .col_expr(base.version, Expr::col(base.version).add(1))
            .col_expr(base.updated_at, Expr::value(self.now()))
            .col_expr(base.updated_by, Expr::value(self.actor().user()))
            .filter(base.org_id.eq(self.actor().org()))
            .filter(base.deleted_at.is_null())
            .filter(condition.into_condition());
        if let Some(within) = access::each::<E>(self.actor(), standing) {
            update = update.filter(within);
        }
        for (column, value) in set {
            update = update.col_expr(column, Expr::value(value));
        }
        let rows = update.exec_with_returning(self.conn()).await?;
        for batch in rows.chunks(AT_ONCE) {
            let entries = batch.iter().map(|row| {
                let (kind, id) = change::entry::<E>(row);
                self.entry(kind, id, verb, Fields::none())
            });
            change::Entity::insert_many(entries).exec_without_returning(self.conn()).await?;
        }
        Ok(u64::try_from(rows.len()).unwrap_or(u64::MAX))
    }

    /// Deletes records that `condition` asks for, those in the trash too, at most `most`, and logs nothing: for what only says
    /// again what the log has. It is the organisation itself that forgets. Answers how many.
    pub async fn forget<E: Record>(&self, condition: impl IntoCondition, most: u64) -> Result<u64> {
        if self.actor().user().is_some() {
            return Err(Error::internal("a member would have made the organisation forget something"));
        }
        let base = E::base();
        let these = E::find()
            .select_only()
            .column(base.id)
            .filter(base.org_id.eq(self.actor().org()))
            .filter(condition.into_condition())
            .limit(most);
        let forgotten = E::delete_many().filter(base.id.in_subquery(these.into_query()));
        Ok(forgotten.exec(self.conn()).await?.rows_affected)
    }
}

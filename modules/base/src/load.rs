//! How much members have to do.

use std::collections::HashMap;

use sea_orm::{
    ConnectionTrait,
    sea_query::{Alias, Expr, ExprTrait, IntoCondition, Query},
};
use uuid::Uuid;

use crate::{error::Result, record::Record, tx::Tx};

impl Tx {
    /// How many of the rows that `condition` asks for each of these members has in their own name; who has none is missing.
    ///
    /// It counts rows that the actor may not see, too: the answer is for a comparison, and never shown.
    pub async fn loads<E: Record>(
        &self,
        members: impl IntoIterator<Item = Uuid>,
        condition: impl IntoCondition,
    ) -> Result<HashMap<Uuid, u64>> {
        let members: Vec<Uuid> = members.into_iter().collect();
        if members.is_empty() {
            return Ok(HashMap::new());
        }
        let (base, org) = (E::base(), self.actor().org());
        let own = |column: E::Column| Expr::col((E::default(), column));
        let link = |name: &str| (Alias::new("assignment"), Alias::new(name));
        let counted = Query::select()
            .column(link("principal_id"))
            .expr_as(Expr::cust("count(*)"), Alias::new("number"))
            .from(Alias::new("assignment"))
            .inner_join(
                E::default(),
                own(base.org_id).equals(link("org_id")).and(own(base.id).equals(link("record_id"))),
            )
            .and_where(Expr::col(link("org_id")).eq(org))
            .and_where(Expr::col(link("record_kind")).eq(E::KIND))
            .and_where(Expr::col(link("principal_id")).is_in(members))
            .and_where(own(base.org_id).eq(org))
            .and_where(own(base.deleted_at).is_null())
            .cond_where(condition)
            .group_by_col(link("principal_id"))
            .to_owned();
        let rows = self.conn().query_all(&counted).await?;
        rows.into_iter()
            .map(|row| {
                let number: i64 = row.try_get("", "number")?;
                Ok((row.try_get("", "principal_id")?, u64::try_from(number).unwrap_or(0)))
            })
            .collect()
    }
}

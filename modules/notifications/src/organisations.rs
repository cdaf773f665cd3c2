use base::{PlatformTx, Result};
use sea_orm::{
    ConnectionTrait,
    sea_query::{Alias, Expr, ExprTrait, Query},
};
use uuid::Uuid;

/// Those that are not closed, for what comes round in each of them.
pub async fn open(tx: &PlatformTx) -> Result<Vec<Uuid>> {
    let active = Query::select()
        .column(Alias::new("id"))
        .from(Alias::new("organisation"))
        .and_where(Expr::col(Alias::new("is_active")).eq(true))
        .to_owned();
    let rows = tx.conn().query_all(&active).await?;
    Ok(rows.into_iter().map(|row| row.try_get("", "id")).collect::<Result<_, _>>()?)
}

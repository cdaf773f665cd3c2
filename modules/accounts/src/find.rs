use std::collections::HashMap;

use base::{Result, Tx};
use sea_orm::sea_query::{Alias, Expr, ExprTrait};
use uuid::Uuid;

use crate::account::{Entity, Model};

/// The names of those of these accounts that the actor may see.
pub async fn names(tx: &Tx, ids: impl Iterator<Item = Uuid>) -> Result<HashMap<Uuid, String>> {
    let ids: std::collections::BTreeSet<_> = ids.collect();
    let rows = tx.find::<Entity>().ids(ids).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

/// The account of this name, whatever its case, if the actor may see it.
pub async fn find_by_name(tx: &Tx, name: &str) -> Result<Option<Model>> {
    let same = Expr::col((Entity, Alias::new("name_lower"))).eq(name.to_lowercase());
    tx.find::<Entity>().filter(same).one().await
}

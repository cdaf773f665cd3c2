use std::collections::{BTreeSet, HashMap};

use base::{Faults, Result, Tx};
use sea_orm::sea_query::{Alias, Expr, ExprTrait};
use uuid::Uuid;

use crate::contact::{Entity, Model};

/// The names of those of these contacts that the actor may see, first name first.
///
/// # Errors
/// Those of the database.
pub async fn names(tx: &Tx, ids: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, String>> {
    let ids: BTreeSet<_> = ids.into_iter().collect();
    let rows = tx.find::<Entity>().ids(ids).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name())).collect())
}

/// The contact with this e-mail address, whatever its case, if the actor may see them.
///
/// # Errors
/// Those of the database.
pub async fn find_by_email(tx: &Tx, email: &str) -> Result<Option<Model>> {
    let same = Expr::col((Entity, Alias::new("email_lower"))).eq(email.to_lowercase());
    tx.find::<Entity>().filter(same).one().await
}

/// The contacts that bodies of other modules name must be there for the actor: a fault at `pointer` when one is not.
///
/// # Errors
/// Those of the database.
pub async fn known(tx: &Tx, ids: &[Uuid], pointer: &str, faults: &mut Faults) -> Result<()> {
    let ids: BTreeSet<_> = ids.iter().copied().collect();
    let wanted = ids.len();
    if tx.find::<Entity>().ids(ids).await?.len() != wanted {
        faults.add(pointer, "unknown_reference", "There is no such contact.");
    }
    Ok(())
}

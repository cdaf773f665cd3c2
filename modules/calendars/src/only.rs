//! There is one default of a kind at most: whoever makes another takes it from the one that was.

use base::{Fields, Record, Result, Tx};
use sea_orm::ColumnTrait;

/// A record of which one may be the organisation's default.
pub trait Default: Record {
    const IS_DEFAULT: Self::Column;

    fn is_default(row: &mut Self::Model) -> &mut bool;
}

/// Makes room for a new default, if `row` is one.
pub async fn make_room<E: Default>(tx: &Tx, row: &mut E::Model, before: Option<&E::Model>) -> Result<()> {
    let was = before.is_some_and(|before| *E::is_default(&mut before.clone()));
    if was || !*E::is_default(row) {
        return Ok(());
    }
    tx.alone_with(&format!("the default {}", E::KIND)).await?;
    for other in tx.find::<E>().filter(E::IS_DEFAULT.eq(true)).all(1).await? {
        step_down::<E>(tx, &other).await?;
    }
    Ok(())
}

/// Puts it into the trash, where nothing is a default.
pub async fn trash<E: Default>(tx: &Tx, row: &E::Model) -> Result<()> {
    let row = step_down::<E>(tx, row).await?;
    tx.trash::<E>(&row).await
}

async fn step_down<E: Default>(tx: &Tx, row: &E::Model) -> Result<E::Model> {
    let mut after = row.clone();
    *E::is_default(&mut after) = false;
    tx.update::<E>(row, after, Fields::none()).await
}

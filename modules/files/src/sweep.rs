use std::collections::HashSet;

use base::{Record, Request, Result, Tx, Work};
use chrono::TimeDelta;
use sea_orm::{ColumnTrait, ModelTrait, Value};

use crate::{Files, Shelf};

/// Keys that are looked for in one question.
const BATCH: usize = 500;

/// Removes from a shelf what has been there for an hour and what no row names in this column, one in the trash too: files that a
/// kill cut off between the file and its row.
///
/// # Errors
/// 503 when the store or the database does not answer; what is left is swept the next time.
pub async fn sweep<E: Record>(work: &Work, shelf: Shelf, column: E::Column) -> Result<()> {
    let files = work.tool::<Files>()?;
    let platform = work.outside()?;
    let before = platform.clock().now() - TimeDelta::hours(1);
    for (org, keys) in files.older_than(shelf, before).await? {
        let named = async |tx: &Tx| named::<E>(tx, column, &keys).await;
        let named = platform.write(async |tx| tx.enter(org, Request::default(), named).await).await?;
        for key in keys.iter().filter(|key| !named.contains(*key)) {
            files.remove(key).await?;
        }
    }
    Ok(())
}

async fn named<E: Record>(tx: &Tx, column: E::Column, keys: &[String]) -> Result<HashSet<String>> {
    let mut named = HashSet::new();
    for batch in keys.chunks(BATCH) {
        let wanted = || column.is_in(batch.iter().cloned());
        let most = batch.len().try_into().unwrap_or(u64::MAX);
        let mut rows = tx.find::<E>().filter(wanted()).all(most).await?;
        rows.extend(tx.find::<E>().trashed().filter(wanted()).all(most).await?);
        named.extend(rows.iter().filter_map(|row| match row.get(column) {
            Value::String(Some(key)) => Some(key),
            _ => None,
        }));
    }
    Ok(named)
}

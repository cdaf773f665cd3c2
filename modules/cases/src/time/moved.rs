//! Time goes along with a case that is merged into another, as what was said on it does.

use base::{Fields, Result, Tx};
use sea_orm::ColumnTrait;
use uuid::Uuid;

use super::entry::{Column, Entity, Model};

/// More than any case has.
const MOST: u64 = 10_000;

/// Moves all time of a case to another. Answers which, so that it can be moved back.
pub async fn move_all(tx: &Tx, from: Uuid, to: Uuid) -> Result<Vec<Uuid>> {
    let mut moved = Vec::new();
    for row in tx.find::<Entity>().filter(Column::CaseId.eq(from)).all(MOST).await? {
        moved.push(row.id);
        take(tx, row, to).await?;
    }
    Ok(moved)
}

/// Moves that back which is still where it went, deleted or not.
pub async fn move_back(tx: &Tx, moved: &[Uuid], from: Uuid, to: Uuid) -> Result<()> {
    for find in [tx.find::<Entity>(), tx.find::<Entity>().trashed()] {
        for row in find.filter(Column::CaseId.eq(from)).ids(moved.iter().copied()).await? {
            take(tx, row, to).await?;
        }
    }
    Ok(())
}

async fn take(tx: &Tx, before: Model, to: Uuid) -> Result<()> {
    let after = Model { case_id: to, ..before.clone() };
    tx.update::<Entity>(&before, after, Fields::none()).await.map(drop)
}

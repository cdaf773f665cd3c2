//! Time is as visible as the case that was worked on: every way to it leads through here.

use base::{Error, IfMatch, Result, Tx, Verb};
use sea_orm::Condition;
use uuid::Uuid;

use super::entry::{Column, Entity, Model};
use crate::{access, case};

/// Of the cases that are there for this actor.
pub fn seen(tx: &Tx) -> Condition {
    Condition::all().add(tx.find::<case::Entity>().is_at((Entity, Column::CaseId)))
}

/// # Errors
/// 404.
pub async fn get(tx: &Tx, id: Uuid) -> Result<Model> {
    tx.find::<Entity>().only(seen(tx)).id(id).await
}

/// For who may change it: whose it is, who wrote it down, and who sees to the time of others.
///
/// # Errors
/// 404 unseen; 403 seen but not permitted; 412 changed since.
pub async fn open(tx: &Tx, id: Uuid, seen: &IfMatch) -> Result<Model> {
    let row = get(tx, id).await?;
    permit(tx, &row)?;
    tx.open::<Entity>(row.id, Verb::CHANGE, seen).await
}

/// The same in the trash.
pub async fn open_trashed(tx: &Tx, id: Uuid) -> Result<Model> {
    let row = tx.find::<Entity>().trashed().only(seen(tx)).id(id).await?;
    permit(tx, &row)?;
    tx.open_trashed::<Entity>(row.id, Verb::CHANGE).await
}

fn permit(tx: &Tx, row: &Model) -> Result<()> {
    match tx.actor().user() {
        Some(user) if row.created_by == Some(user) => Ok(()),
        Some(_) => access::write_time_of(tx, row.member_id),
        None => Err(Error::forbidden()),
    }
}

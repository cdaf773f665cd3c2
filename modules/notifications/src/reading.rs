//! What was read.

use base::{Error, Fields, IfMatch, Result, Row, Tx, Verb};
use notes::Subjects;
use sea_orm::{ColumnTrait, Condition};
use uuid::Uuid;

use crate::{
    mine::mine,
    notification::{Column, Entity, Model},
    view::{NewReading, NotificationCount},
};

/// How far unread notifications are counted.
const COUNTED: u64 = 1_000;

/// How many are unread: entries of one index, each with a look whether its record is seen.
pub async fn unread(tx: &Tx, subjects: &Subjects) -> Result<NotificationCount> {
    let unread = tx.find::<Entity>().only(mine(tx, subjects)).filter(Column::Unread.eq(true));
    let count = unread.count(COUNTED + 1).await?;
    Ok(NotificationCount { count: count.min(COUNTED), count_is_exact: count <= COUNTED })
}

/// Notes that one was read; read again, it stays as it was.
pub async fn read(tx: &Tx, subjects: &Subjects, id: Uuid) -> Result<Model> {
    let before = one(tx, subjects, id).await?;
    let read_at = if before.unread { Some(tx.now()) } else { before.read_at };
    let after = Model { unread: false, read_at, ..before.clone() };
    tx.update_as::<Entity>(&before, after, "read", Fields::none()).await
}

/// Takes it back.
pub async fn unread_again(tx: &Tx, subjects: &Subjects, id: Uuid) -> Result<Model> {
    let before = one(tx, subjects, id).await?;
    let after = Model { unread: true, read_at: None, ..before.clone() };
    tx.update::<Entity>(&before, after, Fields::none()).await
}

/// Notes that many were read. Answers how many had not been.
pub async fn read_many(tx: &Tx, subjects: &Subjects, which: NewReading) -> Result<NotificationCount> {
    let mut these = Condition::all().add(Column::Unread.eq(true)).add(mine(tx, subjects));
    if let Some(until) = which.until {
        these = these.add(Column::CreatedAt.lte(until));
    }
    if let Some(kinds) = which.kinds {
        these = these.add(Column::Kind.is_in(kinds));
    }
    let read = [(Column::Unread, false.into()), (Column::ReadAt, Some(tx.now()).into())];
    let count = tx.set_all::<Entity>(these, read, "read").await?;
    Ok(NotificationCount { count, count_is_exact: true })
}

/// 404 unless it is theirs, and of a record that they see.
async fn one(tx: &Tx, subjects: &Subjects, id: Uuid) -> Result<Model> {
    let seen = tx.find::<Entity>().only(mine(tx, subjects)).ids([id]).await?;
    let seen = seen.first().ok_or_else(Error::not_found)?;
    tx.open::<Entity>(seen.id(), Verb::CHANGE, &IfMatch::ANY).await
}

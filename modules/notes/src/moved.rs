use base::{Fields, Result, Tx};
use sea_orm::{ColumnTrait, Condition};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{attachment, comment, subject::Noted};

/// The comments and files that went from one record of a kind to another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    comments: Vec<Uuid>,
    files: Vec<Uuid>,
}

/// More than any record has.
const MOST: u64 = 10_000;

/// Moves all comments and files of a record to another of its kind. Answers which, so that they can be moved back.
pub async fn move_all<R: Noted>(tx: &Tx, from: Uuid, to: Uuid) -> Result<Moved> {
    let mut moved = Moved::default();
    for row in tx.find::<comment::Entity>().filter(comments_on::<R>(from)).all(MOST).await? {
        moved.comments.push(row.id);
        take_comment(tx, row, to).await?;
    }
    for row in tx.find::<attachment::Entity>().filter(files_on::<R>(from)).all(MOST).await? {
        moved.files.push(row.id);
        take_file(tx, row, to).await?;
    }
    Ok(moved)
}

/// Moves those back that are still where they went, deleted ones too.
pub async fn move_back<R: Noted>(tx: &Tx, moved: &Moved, from: Uuid, to: Uuid) -> Result<()> {
    for find in [tx.find::<comment::Entity>(), tx.find::<comment::Entity>().trashed()] {
        for row in find.filter(comments_on::<R>(from)).ids(moved.comments.iter().copied()).await? {
            take_comment(tx, row, to).await?;
        }
    }
    for find in [tx.find::<attachment::Entity>(), tx.find::<attachment::Entity>().trashed()] {
        for row in find.filter(files_on::<R>(from)).ids(moved.files.iter().copied()).await? {
            take_file(tx, row, to).await?;
        }
    }
    Ok(())
}

fn comments_on<R: Noted>(id: Uuid) -> Condition {
    Condition::all().add(comment::Column::RecordKind.eq(R::KIND)).add(comment::Column::RecordId.eq(id))
}

fn files_on<R: Noted>(id: Uuid) -> Condition {
    Condition::all().add(attachment::Column::RecordKind.eq(R::KIND)).add(attachment::Column::RecordId.eq(id))
}

async fn take_comment(tx: &Tx, before: comment::Model, to: Uuid) -> Result<()> {
    let after = comment::Model { record_id: to, ..before.clone() };
    tx.update::<comment::Entity>(&before, after, Fields::none()).await.map(drop)
}

async fn take_file(tx: &Tx, before: attachment::Model, to: Uuid) -> Result<()> {
    let after = attachment::Model { record_id: to, ..before.clone() };
    tx.update::<attachment::Entity>(&before, after, Fields::none()).await.map(drop)
}

use base::{Record, Result, Tx};
use sea_orm::{ColumnTrait, Condition};
use uuid::Uuid;

use crate::{attachment, comment, subject::Noted};

/// Lets the comments and files of one record follow it to another, as when a lead becomes an account.
pub async fn carry<From: Record, To: Noted>(tx: &Tx, from: Uuid, to: Uuid) -> Result<()> {
    let comments =
        Condition::all().add(comment::Column::RecordKind.eq(From::KIND)).add(comment::Column::RecordId.eq(from));
    for before in tx.find::<comment::Entity>().filter(comments).all(MOST).await? {
        let after = comment::Model { record_kind: To::KIND.to_owned(), record_id: to, ..before.clone() };
        tx.update::<comment::Entity>(&before, after, base::Fields::none()).await?;
    }
    let files =
        Condition::all().add(attachment::Column::RecordKind.eq(From::KIND)).add(attachment::Column::RecordId.eq(from));
    for before in tx.find::<attachment::Entity>().filter(files).all(MOST).await? {
        let after = attachment::Model { record_kind: To::KIND.to_owned(), record_id: to, ..before.clone() };
        tx.update::<attachment::Entity>(&before, after, base::Fields::none()).await?;
    }
    Ok(())
}

/// More than any record has.
const MOST: u64 = 10_000;

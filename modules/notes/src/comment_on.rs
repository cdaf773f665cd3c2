use base::{Result, Tx, value::Note};
use uuid::Uuid;

use crate::{
    api::{hear, write_comment},
    comment,
    subject::{Noted, Subject},
    view::{NewComment, Visibility},
};

/// Writes a comment from within another change: what a form's visitor said, say.
pub async fn comment_on(tx: &Tx, subject: &Subject, body: Note<10_000>) -> Result<()> {
    write_comment(tx, subject, NewComment { body, visibility: Visibility::Internal, mentions: vec![] })
        .await
        .map(|_| ())
}

/// The same on a record of a known kind, for whom it says, and with what the record makes of it: an answer to a customer, say.
pub async fn say_on<R: Noted>(tx: &Tx, id: Uuid, body: Note<10_000>, visibility: Visibility) -> Result<Uuid> {
    let subject = Subject::of::<R>(tx, id).await?;
    let comment = write_comment(tx, &subject, NewComment { body, visibility, mentions: vec![] }).await?;
    hear::<R>(tx, &comment).await?;
    Ok(comment.id)
}

/// What somebody said for a customer to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Public {
    pub body: String,
    /// `None` when no member wrote it.
    pub by: Option<Uuid>,
}

/// A comment that is public, for whoever takes it outside; `None` when it is gone or not public any more.
pub async fn said_in_public(tx: &Tx, comment: Uuid) -> Result<Option<Public>> {
    let row = tx.find::<comment::Entity>().ids([comment]).await?.pop();
    Ok(row.filter(|row| !row.is_internal).map(|row| Public { body: row.body, by: row.created_by }))
}

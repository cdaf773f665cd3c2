use base::{Result, Tx, value::Note};

use crate::{api::write_comment, subject::Subject, view::NewComment};

/// Writes a comment from within another change: what a form's visitor said, say.
pub async fn comment_on(tx: &Tx, subject: &Subject, body: Note<10_000>) -> Result<()> {
    write_comment(tx, subject, NewComment { body, mentions: vec![] }).await.map(|_| ())
}

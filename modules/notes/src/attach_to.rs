use base::{Fields, Result, Tx};
use files::Stored;

use crate::{
    attachment::{Entity, Model},
    subject::Subject,
};

/// Puts a file that is kept onto a record, and says so in its log: what somebody uploaded, or what came with a mail.
pub async fn attach_to(tx: &Tx, subject: &Subject, file_name: &str, stored: &Stored) -> Result<Model> {
    let row = Model {
        record_kind: subject.kind().to_owned(),
        record_id: subject.id(),
        file_name: file_name.to_owned(),
        media_type: stored.media_type.to_owned(),
        size: stored.size,
        sha256: stored.sha256.clone(),
        storage_key: stored.key.clone(),
        ..Model::default()
    };
    let row = tx.insert::<Entity>(row, Fields::none()).await?;
    let fields = Fields::none().with("attachment_id", None::<uuid::Uuid>, row.id).with(
        "file_name",
        None::<&str>,
        &row.file_name,
    );
    tx.log_on(subject.kind(), subject.id(), "attached", fields).await?;
    Ok(row)
}

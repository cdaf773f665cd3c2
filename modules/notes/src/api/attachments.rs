use std::marker::PhantomData;

use base::{Created, Db, Error, Fields, IfMatch, Member, Page, Result, Trashed, Tx, Verb};
use files::{Download, Files, Shelf, Upload};
use poem_openapi::{
    OpenApi,
    param::{Path, Query},
    payload::Json,
};
use sea_orm::{ColumnTrait, Condition};
use uuid::Uuid;

use super::{limit as limit_of, names};
use crate::{
    access,
    attach_to::attach_to,
    attachment::{self, Entity},
    subject::{Noted, Subject, Subjects},
    view::Attachment,
};

/// The files on records of one kind.
pub struct AttachmentsApi<R> {
    db: Db,
    files: Files,
    kind: PhantomData<fn() -> R>,
}

impl<R> AttachmentsApi<R> {
    pub fn new(db: Db, files: Files) -> Self {
        Self { db, files, kind: PhantomData }
    }
}

#[OpenApi(prefix_path = R::PATH)]
impl<R: Noted> AttachmentsApi<R> {
    /// List the files on a record
    ///
    /// The newest first; the bytes are at `/api/attachments/{id}/`.
    #[oai(path = "/attachment/:id/", method = "get")]
    async fn list(
        &self,
        member: Member,
        id: Path<Uuid>,
        /// Files of this page.
        #[oai(validator(minimum(value = "1"), maximum(value = "200")))]
        limit: Query<Option<u64>>,
        /// The `next` of the page before.
        #[oai(validator(max_length = 2000))]
        cursor: Query<Option<String>>,
    ) -> Result<Json<Page<Attachment>>> {
        self.db
            .read(&member, async |tx| {
                let subject = Subject::of::<R>(tx, id.0).await?;
                let on = Condition::all()
                    .add(attachment::Column::RecordKind.eq(subject.kind()))
                    .add(attachment::Column::RecordId.eq(subject.id()));
                let rows = tx.pile::<Entity>(on, limit_of(limit.0)?, cursor.0.as_deref()).await?;
                let authors = names(tx, rows.rows.iter().map(|row| row.created_by)).await?;
                Ok(Json(rows.show(|rows| rows.into_iter().map(|row| Attachment::of(row, &authors)).collect())))
            })
            .await
    }

    /// Attach a file to a record
    ///
    /// At most 25 MiB unless the server is set otherwise: 413 above. 415 for a type that is not taken: what a browser could
    /// run (HTML, SVG, scripts) never is. Whoever sees the record may attach.
    #[oai(path = "/attachment/:id/", method = "post")]
    async fn create(&self, member: Member, id: Path<Uuid>, upload: Upload) -> Result<Created<Attachment>> {
        let key = self.db.read(&member, async |tx| Subject::of::<R>(tx, id.0).await.map(|_| tx.id())).await?;
        let incoming = upload.file().await?;
        let stored = self.files.keep(Shelf::Attachments, member.org(), key, incoming.content).await?;
        let member = member.with_fingerprint(&format!("{} {}", stored.sha256, incoming.file_name));
        let kept = self
            .db
            .write(&member, async |tx| {
                let subject = Subject::of::<R>(tx, id.0).await?;
                let row = attach_to(tx, &subject, &incoming.file_name, &stored).await?;
                let authors = names(tx, [row.created_by].into_iter()).await?;
                Ok(Created::at("/api/attachments", Attachment::of(row, &authors)))
            })
            .await;
        if kept.is_err() {
            self.files.remove(&stored.key).await?;
        }
        kept
    }
}

/// A file by its own id, on whichever record it is.
pub struct FilesApi {
    pub db: Db,
    pub files: Files,
    pub subjects: Subjects,
}

#[OpenApi(prefix_path = "/api/attachments")]
impl FilesApi {
    /// Download a file
    ///
    /// Always as an attachment: nothing of it is shown or run in the page.
    #[oai(path = "/:attachment_id/", method = "get", operation_id = "download_attachment")]
    async fn download(&self, member: Member, attachment_id: Path<Uuid>) -> Result<Download> {
        let row = self.db.read(&member, async |tx| self.find(tx, attachment_id.0).await).await?;
        let content = self.files.open(&row.storage_key).await?;
        Ok(Download { file_name: row.file_name, media_type: row.media_type, size: row.size, content })
    }

    /// Delete a file
    ///
    /// Whoever attached it may, and an admin. Its bytes stay as long as the trash does.
    #[oai(path = "/:attachment_id/", method = "delete", operation_id = "delete_attachment")]
    async fn delete(&self, member: Member, attachment_id: Path<Uuid>, seen: IfMatch) -> Result<Trashed> {
        self.db
            .write(&member, async |tx| {
                self.find(tx, attachment_id.0).await?;
                let row = tx.open::<Entity>(attachment_id.0, Verb::CHANGE, &seen).await?;
                access::author_or_admin(tx, &row)?;
                tx.trash::<Entity>(&row).await?;
                let fields = Fields::none().with("file_name", Some(&row.file_name), None::<&str>);
                tx.log_on(&row.record_kind, row.record_id, "attachment_deleted", fields).await?;
                Ok(Trashed)
            })
            .await
    }

    async fn find(&self, tx: &Tx, id: Uuid) -> Result<attachment::Model> {
        let row = tx.get::<Entity>(id).await?;
        self.subjects.find(tx, &row.record_kind, row.record_id).await.map_err(|_| Error::not_found())?;
        Ok(row)
    }
}

use base::{Db, Error, Listing, Member, Page, Result, Shown};
use files::{Download, Files};
use poem_openapi::{OpenApi, param::Path, payload::Json};
use uuid::Uuid;

use super::{row::Entity, view::InboundMailView};

/// What came into the mailboxes.
pub struct InboxApi {
    pub db: Db,
    pub files: Files,
}

#[OpenApi(prefix_path = "/api/mail/inbound")]
impl InboxApi {
    /// List inbound mail
    ///
    /// What was stored and what was refused, with the reason. For those who have the grant to view it in the whole organisation.
    #[oai(path = "/", method = "get", operation_id = "list_inbound_mail")]
    async fn list(&self, member: Member, query: Listing<Entity>) -> Result<Json<Page<InboundMailView>>> {
        self.db.list(&member, &query).await
    }

    /// Show an inbound mail
    #[oai(path = "/message/:id/", method = "get", operation_id = "show_inbound_mail")]
    async fn show(&self, member: Member, id: Path<Uuid>) -> Result<Shown<InboundMailView>> {
        self.db.show::<Entity>(&member, id.0).await
    }

    /// Download the original of an inbound mail
    ///
    /// Byte for byte as it came in (RFC 5322), and always as a file to save. 404 when it was too large to be kept.
    #[oai(path = "/original/:id/", method = "get", operation_id = "download_inbound_mail")]
    async fn original(&self, member: Member, id: Path<Uuid>) -> Result<Download> {
        let row = self.db.read(&member, async |tx| tx.get::<Entity>(id.0).await).await?;
        let content = self.files.open(&row.storage_key.ok_or_else(Error::not_found)?).await?;
        let (file_name, media_type) = (format!("{}.eml", row.id), "message/rfc822".to_owned());
        Ok(Download { file_name, media_type, size: row.size, content })
    }
}

use base::{Body, Changed, Db, IfMatch, Listing, Member, Page, Result, Shown, Trashed};
use poem_openapi::{OpenApi, param::Path, payload::Json};
use uuid::Uuid;

use super::{
    row::Entity,
    view::{ContactMessageChange, ContactMessageView},
};

/// Messages that came through an organisation's websites.
pub struct ContactMessagesApi {
    pub db: Db,
}

#[OpenApi(prefix_path = "/api/contact-messages")]
impl ContactMessagesApi {
    /// List messages
    ///
    /// For those who have the grant to view them in the whole organisation.
    #[oai(path = "/", method = "get", operation_id = "list_contact_messages")]
    async fn list(&self, member: Member, query: Listing<Entity>) -> Result<Json<Page<ContactMessageView>>> {
        self.db.list(&member, &query).await
    }

    /// Show a message
    ///
    /// With its `ETag`. That alone does not make it `read`.
    #[oai(path = "/:id/", method = "get", operation_id = "show_contact_message")]
    async fn show(&self, member: Member, id: Path<Uuid>) -> Result<Shown<ContactMessageView>> {
        self.db.show::<Entity>(&member, id.0).await
    }

    /// Change a message's status
    ///
    /// `replied` notes who said so and when.
    #[oai(path = "/:id/", method = "patch", operation_id = "change_contact_message")]
    async fn change(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        change: Body<ContactMessageChange>,
    ) -> Result<Changed<ContactMessageView>> {
        self.db.change::<Entity>(&member, id.0, &seen, |row| row.status = change.0.status).await
    }

    /// Trash a message
    ///
    /// It can be restored.
    #[oai(path = "/:id/", method = "delete", operation_id = "delete_contact_message")]
    async fn delete(&self, member: Member, id: Path<Uuid>, seen: IfMatch) -> Result<Trashed> {
        self.db.delete::<Entity>(&member, id.0, &seen).await
    }

    /// Restore a message
    ///
    /// Out of the trash.
    #[oai(path = "/:id/restore/", method = "post", operation_id = "restore_contact_message")]
    async fn restore(&self, member: Member, id: Path<Uuid>) -> Result<Changed<ContactMessageView>> {
        self.db.restore::<Entity>(&member, id.0).await
    }
}

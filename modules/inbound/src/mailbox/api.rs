use base::{Body, Changed, Created, Db, Fields, IfMatch, Listed, Listing, Member, Page, Result, Shown, Trashed, Verb};
use poem_openapi::{OpenApi, param::Path, payload::Json};
use uuid::Uuid;

use super::{
    key,
    row::{Entity, Model},
    view::{MailboxChange, MailboxView, NewMailbox},
};

/// The addresses to which customers write.
pub struct MailboxesApi {
    pub db: Db,
}

#[OpenApi(prefix_path = "/api/mailboxes")]
impl MailboxesApi {
    /// List mailboxes
    ///
    /// For those who have the grant to view them in the whole organisation.
    #[oai(path = "/", method = "get", operation_id = "list_mailboxes")]
    async fn list(&self, member: Member, query: Listing<Entity>) -> Result<Json<Page<MailboxView>>> {
        self.db.list(&member, &query).await
    }

    /// Create a mailbox
    ///
    /// Its key is in this answer and in no other.
    #[oai(path = "/", method = "post", operation_id = "create_mailbox")]
    async fn create(&self, member: Member, new: Body<NewMailbox>) -> Result<Created<MailboxView>> {
        let key = key::random();
        let write = |row: &mut Model| {
            row.key_hash = key::hash(&key);
            new.0.write(row)
        };
        self.db
            .write(&member, async |tx| {
                let row = Box::pin(tx.make::<Entity>(write)).await?;
                let view = MailboxView { key: Some(key.clone()), ..tx.show::<Entity>(row).await? };
                Ok(Created::at(Entity::PATH, view))
            })
            .await
    }

    /// Show a mailbox
    ///
    /// With its `ETag`, without its key.
    #[oai(path = "/:id/", method = "get", operation_id = "show_mailbox")]
    async fn show(&self, member: Member, id: Path<Uuid>) -> Result<Shown<MailboxView>> {
        self.db.show::<Entity>(&member, id.0).await
    }

    /// Change a mailbox
    ///
    /// A merge patch (RFC 7396): absent leaves, `null` clears.
    #[oai(path = "/:id/", method = "patch", operation_id = "change_mailbox")]
    async fn change(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        change: Body<MailboxChange>,
    ) -> Result<Changed<MailboxView>> {
        self.db.change::<Entity>(&member, id.0, &seen, |row| change.0.write(row)).await
    }

    /// Replace a mailbox
    ///
    /// What the body leaves out is cleared. Its key stays.
    #[oai(path = "/:id/", method = "put", operation_id = "replace_mailbox")]
    async fn replace(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        new: Body<NewMailbox>,
    ) -> Result<Changed<MailboxView>> {
        self.db.change::<Entity>(&member, id.0, &seen, |row| new.0.write(row)).await
    }

    /// Trash a mailbox
    ///
    /// Its key opens nothing any more. It can be restored.
    #[oai(path = "/:id/", method = "delete", operation_id = "delete_mailbox")]
    async fn delete(&self, member: Member, id: Path<Uuid>, seen: IfMatch) -> Result<Trashed> {
        self.db.delete::<Entity>(&member, id.0, &seen).await
    }

    /// Restore a mailbox
    ///
    /// Out of the trash, with the key that it had.
    #[oai(path = "/:id/restore/", method = "post", operation_id = "restore_mailbox")]
    async fn restore(&self, member: Member, id: Path<Uuid>) -> Result<Changed<MailboxView>> {
        self.db.restore::<Entity>(&member, id.0).await
    }

    /// Give a mailbox a new key
    ///
    /// It is in this answer and in no other. Whoever has the old one can deliver nothing from then on.
    #[oai(path = "/:id/key/", method = "post", operation_id = "renew_mailbox_key")]
    async fn renew(&self, member: Member, id: Path<Uuid>, seen: IfMatch) -> Result<Changed<MailboxView>> {
        let key = key::random();
        self.db
            .write(&member, async |tx| {
                let before = tx.open::<Entity>(id.0, Verb::CHANGE, &seen).await?;
                let after = Model { key_hash: key::hash(&key), ..before.clone() };
                let told = Fields::none().with("key", None::<&str>, "renewed");
                let row = tx.update_as::<Entity>(&before, after, "key_renewed", told).await?;
                Ok(Changed(MailboxView { key: Some(key.clone()), ..tx.show::<Entity>(row).await? }))
            })
            .await
    }
}

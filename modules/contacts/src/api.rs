use base::{Body, Changed, Created, Db, IfMatch, Listing, Member, Page, Result, Shown, Trashed};
use poem_openapi::{OpenApi, param::Path, payload::Json};
use uuid::Uuid;

use crate::{
    contact::Entity,
    view::{ContactChange, ContactView, NewContact},
};

/// The people one talks to.
pub struct ContactsApi {
    pub db: Db,
}

#[OpenApi(prefix_path = "/api/contacts")]
impl ContactsApi {
    /// List contacts
    ///
    /// Those that you may see. `search` finds by the beginnings of words in name, e-mail, phone, organization and town.
    #[oai(path = "/", method = "get", operation_id = "list_contacts")]
    async fn list(&self, member: Member, query: Listing<Entity>) -> Result<Json<Page<ContactView>>> {
        self.db.list(&member, &query).await
    }

    /// Create a contact
    ///
    /// 409 when there is one with that e-mail address.
    #[oai(path = "/", method = "post", operation_id = "create_contact")]
    async fn create(&self, member: Member, new: Body<NewContact>) -> Result<Created<ContactView>> {
        self.db.create::<Entity>(&member, |row| new.0.write(row)).await
    }

    /// Show a contact
    ///
    /// With its `ETag`.
    #[oai(path = "/:id/", method = "get", operation_id = "show_contact")]
    async fn show(&self, member: Member, id: Path<Uuid>) -> Result<Shown<ContactView>> {
        self.db.show::<Entity>(&member, id.0).await
    }

    /// Change a contact
    ///
    /// A merge patch (RFC 7396): absent leaves, `null` clears.
    #[oai(path = "/:id/", method = "patch", operation_id = "change_contact")]
    async fn change(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        change: Body<ContactChange>,
    ) -> Result<Changed<ContactView>> {
        self.db.change::<Entity>(&member, id.0, &seen, |row| change.0.write(row)).await
    }

    /// Replace a contact
    ///
    /// What the body leaves out is cleared.
    #[oai(path = "/:id/", method = "put", operation_id = "replace_contact")]
    async fn replace(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        new: Body<NewContact>,
    ) -> Result<Changed<ContactView>> {
        self.db.change::<Entity>(&member, id.0, &seen, |row| new.0.write(row)).await
    }

    /// Trash a contact
    ///
    /// It can be restored.
    #[oai(path = "/:id/", method = "delete", operation_id = "delete_contact")]
    async fn delete(&self, member: Member, id: Path<Uuid>, seen: IfMatch) -> Result<Trashed> {
        self.db.delete::<Entity>(&member, id.0, &seen).await
    }

    /// Restore a contact
    ///
    /// Out of the trash; 409 when their e-mail address was given again meanwhile.
    #[oai(path = "/:id/restore/", method = "post", operation_id = "restore_contact")]
    async fn restore(&self, member: Member, id: Path<Uuid>) -> Result<Changed<ContactView>> {
        self.db.restore::<Entity>(&member, id.0).await
    }
}

use base::{Body, Changed, Created, Db, Fields, IfMatch, Listing, Member, Page, Result, Shown, Trashed, Verb};
use poem_openapi::{OpenApi, param::Path, payload::Json};
use uuid::Uuid;

use super::{
    key,
    row::{Entity, Model},
    view::{FormChange, FormView, NewForm},
};

/// The forms on an organisation's websites.
pub struct FormsApi {
    pub db: Db,
}

#[OpenApi(prefix_path = "/api/forms")]
impl FormsApi {
    /// List forms
    ///
    /// For those who have the grant to view them in the whole organisation.
    #[oai(path = "/", method = "get", operation_id = "list_forms")]
    async fn list(&self, member: Member, query: Listing<Entity>) -> Result<Json<Page<FormView>>> {
        self.db.list(&member, &query).await
    }

    /// Create a form
    ///
    /// It gets a key, which goes into the page that has the form.
    #[oai(path = "/", method = "post", operation_id = "create_form")]
    async fn create(&self, member: Member, new: Body<NewForm>) -> Result<Created<FormView>> {
        self.db.create::<Entity>(&member, |row| new.0.write(row)).await
    }

    /// Show a form
    ///
    /// With its `ETag`.
    #[oai(path = "/:id/", method = "get", operation_id = "show_form")]
    async fn show(&self, member: Member, id: Path<Uuid>) -> Result<Shown<FormView>> {
        self.db.show::<Entity>(&member, id.0).await
    }

    /// Change a form
    ///
    /// A merge patch (RFC 7396): absent leaves.
    #[oai(path = "/:id/", method = "patch", operation_id = "change_form")]
    async fn change(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        change: Body<FormChange>,
    ) -> Result<Changed<FormView>> {
        self.db.change::<Entity>(&member, id.0, &seen, |row| change.0.write(row)).await
    }

    /// Replace a form
    ///
    /// What the body leaves out is cleared. Its key stays.
    #[oai(path = "/:id/", method = "put", operation_id = "replace_form")]
    async fn replace(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        new: Body<NewForm>,
    ) -> Result<Changed<FormView>> {
        self.db.change::<Entity>(&member, id.0, &seen, |row| new.0.write(row)).await
    }

    /// Trash a form
    ///
    /// It takes nothing any more. It can be restored.
    #[oai(path = "/:id/", method = "delete", operation_id = "delete_form")]
    async fn delete(&self, member: Member, id: Path<Uuid>, seen: IfMatch) -> Result<Trashed> {
        self.db.delete::<Entity>(&member, id.0, &seen).await
    }

    /// Restore a form
    ///
    /// Out of the trash, with the key that it had.
    #[oai(path = "/:id/restore/", method = "post", operation_id = "restore_form")]
    async fn restore(&self, member: Member, id: Path<Uuid>) -> Result<Changed<FormView>> {
        self.db.restore::<Entity>(&member, id.0).await
    }

    /// Give a form a new key
    ///
    /// Pages with the old one can send nothing from then on.
    #[oai(path = "/:id/key/", method = "post", operation_id = "renew_form_key")]
    async fn renew(&self, member: Member, id: Path<Uuid>, seen: IfMatch) -> Result<Changed<FormView>> {
        self.db
            .write(&member, async |tx| {
                let before = tx.open::<Entity>(id.0, Verb::CHANGE, &seen).await?;
                let after = Model { key: key::random(), ..before.clone() };
                let row = tx.update_as::<Entity>(&before, after, "key_renewed", Fields::none()).await?;
                Ok(Changed(tx.show::<Entity>(row).await?))
            })
            .await
    }
}

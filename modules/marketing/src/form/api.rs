use base::{
    Body, Changed, Created, Db, Faults, Fields, IfMatch, Listing, Member, Page, Result, Shown, Trashed, Tx, Verb,
};
use notes::Ties;
use poem_openapi::{OpenApi, param::Path, payload::Json};
use uuid::Uuid;

use super::{
    key,
    row::{Entity, Model},
    show::{show, show_one},
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
        self.db
            .read(&member, async |tx| {
                let page = tx.page(&query).await?;
                Ok(Json(page.show_with(async |rows| show(tx, rows).await).await?))
            })
            .await
    }

    /// Create a form
    ///
    /// It gets a key, which goes into the page that has the form.
    #[oai(path = "/", method = "post", operation_id = "create_form")]
    async fn create(&self, member: Member, new: Body<NewForm>) -> Result<Created<FormView>> {
        self.db
            .write(&member, async |tx| {
                let mut row = Model { key: key::random(), ..Model::default() };
                let mut faults = Faults::new();
                let ties = new.0.write(&mut row, &mut faults).check(tx, &mut faults).await?;
                faults.check()?;
                let row = tx.insert::<Entity>(row, ties.fields()).await?;
                ties.keep::<Entity>(tx, &row).await?;
                Ok(Created::at("/api/forms/", show_one(tx, row).await?))
            })
            .await
    }

    /// Show a form
    ///
    /// With its `ETag`.
    #[oai(path = "/:id/", method = "get", operation_id = "show_form")]
    async fn show(&self, member: Member, id: Path<Uuid>) -> Result<Shown<FormView>> {
        self.db
            .read(&member, async |tx| {
                let row = tx.get::<Entity>(id.0).await?;
                Ok(Shown(show_one(tx, row).await?))
            })
            .await
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
        self.db.write(&member, async |tx| put(tx, id.0, &seen, |row, faults| change.0.write(row, faults)).await).await
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
        self.db.write(&member, async |tx| put(tx, id.0, &seen, |row, faults| new.0.write(row, faults)).await).await
    }

    /// Trash a form
    ///
    /// It takes nothing any more. It can be restored.
    #[oai(path = "/:id/", method = "delete", operation_id = "delete_form")]
    async fn delete(&self, member: Member, id: Path<Uuid>, seen: IfMatch) -> Result<Trashed> {
        self.db
            .write(&member, async |tx| {
                let row = tx.open::<Entity>(id.0, Verb::DELETE, &seen).await?;
                tx.trash::<Entity>(&row).await?;
                Ok(Trashed)
            })
            .await
    }

    /// Restore a form
    ///
    /// Out of the trash, with the key that it had.
    #[oai(path = "/:id/restore/", method = "post", operation_id = "restore_form")]
    async fn restore(&self, member: Member, id: Path<Uuid>) -> Result<Changed<FormView>> {
        self.db
            .write(&member, async |tx| {
                let row = tx.open_trashed::<Entity>(id.0, Verb::DELETE).await?;
                let row = tx.restore::<Entity>(&row).await?;
                Ok(Changed(show_one(tx, row).await?))
            })
            .await
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
                Ok(Changed(show_one(tx, row).await?))
            })
            .await
    }
}

async fn put(
    tx: &Tx,
    id: Uuid,
    seen: &IfMatch,
    write: impl FnOnce(&mut Model, &mut Faults) -> Ties,
) -> Result<Changed<FormView>> {
    let before = tx.open::<Entity>(id, Verb::CHANGE, seen).await?;
    let mut after = before.clone();
    let mut faults = Faults::new();
    let ties = write(&mut after, &mut faults).change::<Entity>(tx, id, &mut faults).await?;
    faults.check()?;
    let row = tx.update::<Entity>(&before, after, ties.fields()).await?;
    ties.keep::<Entity>(tx, &row).await?;
    Ok(Changed(show_one(tx, row).await?))
}

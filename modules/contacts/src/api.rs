use base::{Body, Changed, Created, Db, Faults, IfMatch, Listing, Member, Page, Result, Shown, Trashed, Tx, Verb};
use notes::Ties;
use poem_openapi::{OpenApi, param::Path, payload::Json};
use uuid::Uuid;

use crate::{
    contact::{Entity, Model},
    roles,
    show::{show, show_one},
    view::{ContactChange, ContactView, NewContact},
    write::{Beside, check},
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
        self.db
            .read(&member, async |tx| {
                let page = tx.page(&query).await?;
                Ok(Json(page.show_with(async |rows| show(tx, rows).await).await?))
            })
            .await
    }

    /// Create a contact
    ///
    /// 409 when there is one with that e-mail address.
    #[oai(path = "/", method = "post", operation_id = "create_contact")]
    async fn create(&self, member: Member, new: Body<NewContact>) -> Result<Created<ContactView>> {
        self.db
            .write(&member, async |tx| {
                let row = make(tx, |row| new.0.write(row)).await?;
                Ok(Created::at("/api/contacts/", show_one(tx, row).await?))
            })
            .await
    }

    /// Show a contact
    ///
    /// With its `ETag`.
    #[oai(path = "/:id/", method = "get", operation_id = "show_contact")]
    async fn show(&self, member: Member, id: Path<Uuid>) -> Result<Shown<ContactView>> {
        self.db
            .read(&member, async |tx| {
                let row = tx.get::<Entity>(id.0).await?;
                Ok(Shown(show_one(tx, row).await?))
            })
            .await
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
        self.db.write(&member, async |tx| Box::pin(put(tx, id.0, &seen, |row| change.0.write(row))).await).await
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
        self.db.write(&member, async |tx| Box::pin(put(tx, id.0, &seen, |row| new.0.write(row))).await).await
    }

    /// Trash a contact
    ///
    /// It can be restored.
    #[oai(path = "/:id/", method = "delete", operation_id = "delete_contact")]
    async fn delete(&self, member: Member, id: Path<Uuid>, seen: IfMatch) -> Result<Trashed> {
        self.db
            .write(&member, async |tx| {
                let row = tx.open::<Entity>(id.0, Verb::DELETE, &seen).await?;
                tx.trash::<Entity>(&row).await?;
                Ok(Trashed)
            })
            .await
    }

    /// Restore a contact
    ///
    /// Out of the trash; 409 when their e-mail address was given again meanwhile.
    #[oai(path = "/:id/restore/", method = "post", operation_id = "restore_contact")]
    async fn restore(&self, member: Member, id: Path<Uuid>) -> Result<Changed<ContactView>> {
        self.db
            .write(&member, async |tx| {
                let row = tx.open_trashed::<Entity>(id.0, Verb::DELETE).await?;
                let row = tx.restore::<Entity>(&row).await?;
                Ok(Changed(show_one(tx, row).await?))
            })
            .await
    }
}

/// Makes a contact of whatever `write` puts onto an empty row.
///
/// # Errors
/// 403 without a grant to create; 409 when the e-mail address is taken; 422 for ids that are not there for the actor.
pub async fn create(tx: &Tx, write: impl FnOnce(&mut Model) -> Ties) -> Result<Model> {
    make(tx, |row| (write(row), None)).await
}

async fn make(tx: &Tx, write: impl FnOnce(&mut Model) -> Beside) -> Result<Model> {
    let mut row = Model::default();
    let mut faults = Faults::new();
    let (ties, accounts) = write(&mut row);
    let ties = ties.check(tx, &mut faults).await?;
    let roles = roles::cast(tx, accounts.unwrap_or_default(), &mut faults).await?;
    check(tx, &row, None, &mut faults).await?;
    faults.check()?;
    let row = tx.insert::<Entity>(row, roles.log(ties.fields())).await?;
    ties.keep::<Entity>(tx, &row).await?;
    roles.keep(tx, row.id).await?;
    Ok(row)
}

async fn put(
    tx: &Tx,
    id: Uuid,
    seen: &IfMatch,
    write: impl FnOnce(&mut Model) -> Beside,
) -> Result<Changed<ContactView>> {
    let before = tx.open::<Entity>(id, Verb::CHANGE, seen).await?;
    let mut after = before.clone();
    let mut faults = Faults::new();
    let (ties, accounts) = write(&mut after);
    let ties = ties.change::<Entity>(tx, id, &mut faults).await?;
    let roles = roles::recast(tx, id, accounts, &mut faults).await?;
    check(tx, &after, Some(&before), &mut faults).await?;
    faults.check()?;
    let row = tx.update::<Entity>(&before, after, roles.log(ties.fields())).await?;
    ties.keep::<Entity>(tx, &row).await?;
    roles.keep(tx, row.id).await?;
    Ok(Changed(show_one(tx, row).await?))
}

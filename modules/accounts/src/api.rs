use base::{Body, Changed, Created, Db, Faults, IfMatch, Listing, Member, Page, Result, Shown, Trashed, Tx, Verb};
use notes::Ties;
use poem_openapi::{OpenApi, param::Path, payload::Json};
use uuid::Uuid;

use crate::{
    account::{Entity, Model},
    show::{show, show_one},
    view::{AccountChange, AccountView, NewAccount},
    write::check,
};

/// Companies and households that one does business with, or hopes to.
pub struct AccountsApi {
    pub db: Db,
}

#[OpenApi(prefix_path = "/api/accounts")]
impl AccountsApi {
    /// List accounts
    ///
    /// Those that you may see. `search` finds by the beginnings of words in name, e-mail, phone, website and town.
    #[oai(path = "/", method = "get", operation_id = "list_accounts")]
    async fn list(&self, member: Member, query: Listing<Entity>) -> Result<Json<Page<AccountView>>> {
        self.db
            .read(&member, async |tx| {
                let page = tx.page(&query).await?;
                Ok(Json(page.show_with(async |rows| show(tx, rows).await).await?))
            })
            .await
    }

    /// Create an account
    ///
    /// 409 when there is one of that name.
    #[oai(path = "/", method = "post", operation_id = "create_account")]
    async fn create(&self, member: Member, new: Body<NewAccount>) -> Result<Created<AccountView>> {
        self.db
            .write(&member, async |tx| {
                let row = create(tx, |row| new.0.write(row)).await?;
                Ok(Created::at("/api/accounts/", show_one(tx, row).await?))
            })
            .await
    }

    /// Show an account
    ///
    /// With its `ETag`.
    #[oai(path = "/:id/", method = "get", operation_id = "show_account")]
    async fn show(&self, member: Member, id: Path<Uuid>) -> Result<Shown<AccountView>> {
        self.db
            .read(&member, async |tx| {
                let row = tx.get::<Entity>(id.0).await?;
                Ok(Shown(show_one(tx, row).await?))
            })
            .await
    }

    /// Change an account
    ///
    /// A merge patch (RFC 7396): absent leaves, `null` clears.
    #[oai(path = "/:id/", method = "patch", operation_id = "change_account")]
    async fn change(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        change: Body<AccountChange>,
    ) -> Result<Changed<AccountView>> {
        self.db.write(&member, async |tx| put(tx, id.0, &seen, |row| change.0.write(row)).await).await
    }

    /// Replace an account
    ///
    /// What the body leaves out is cleared.
    #[oai(path = "/:id/", method = "put", operation_id = "replace_account")]
    async fn replace(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        new: Body<NewAccount>,
    ) -> Result<Changed<AccountView>> {
        self.db.write(&member, async |tx| put(tx, id.0, &seen, |row| new.0.write(row)).await).await
    }

    /// Trash an account
    ///
    /// It can be restored.
    #[oai(path = "/:id/", method = "delete", operation_id = "delete_account")]
    async fn delete(&self, member: Member, id: Path<Uuid>, seen: IfMatch) -> Result<Trashed> {
        self.db
            .write(&member, async |tx| {
                let row = tx.open::<Entity>(id.0, Verb::DELETE, &seen).await?;
                tx.trash::<Entity>(&row).await?;
                Ok(Trashed)
            })
            .await
    }

    /// Restore an account
    ///
    /// Out of the trash; 409 when its name was given again meanwhile.
    #[oai(path = "/:id/restore/", method = "post", operation_id = "restore_account")]
    async fn restore(&self, member: Member, id: Path<Uuid>) -> Result<Changed<AccountView>> {
        self.db
            .write(&member, async |tx| {
                let row = tx.open_trashed::<Entity>(id.0, Verb::DELETE).await?;
                let row = tx.restore::<Entity>(&row).await?;
                Ok(Changed(show_one(tx, row).await?))
            })
            .await
    }
}

/// Makes an account of whatever `write` puts onto an empty row.
pub async fn create(tx: &Tx, write: impl FnOnce(&mut Model) -> Ties) -> Result<Model> {
    let mut row = Model::default();
    let mut faults = Faults::new();
    let ties = write(&mut row).check(tx, &mut faults).await?;
    check(tx, &row, None, &mut faults).await?;
    faults.check()?;
    let row = tx.insert::<Entity>(row, ties.fields()).await?;
    ties.keep::<Entity>(tx, &row).await?;
    Ok(row)
}

async fn put(
    tx: &Tx,
    id: Uuid,
    seen: &IfMatch,
    write: impl FnOnce(&mut Model) -> Ties,
) -> Result<Changed<AccountView>> {
    let before = tx.open::<Entity>(id, Verb::CHANGE, seen).await?;
    let mut after = before.clone();
    let mut faults = Faults::new();
    let ties = write(&mut after).change::<Entity>(tx, id, &mut faults).await?;
    check(tx, &after, Some(&before), &mut faults).await?;
    faults.check()?;
    let row = tx.update::<Entity>(&before, after, ties.fields()).await?;
    ties.keep::<Entity>(tx, &row).await?;
    Ok(Changed(show_one(tx, row).await?))
}

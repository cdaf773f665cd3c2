use base::{Body, Changed, Created, Db, IfMatch, Listing, Member, Page, Result, Shown, Trashed};
use poem_openapi::{OpenApi, param::Path, payload::Json};
use uuid::Uuid;

use crate::{
    account::Entity,
    view::{AccountChange, AccountView, NewAccount},
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
        self.db.list(&member, &query).await
    }

    /// Create an account
    ///
    /// 409 when there is one of that name.
    #[oai(path = "/", method = "post", operation_id = "create_account")]
    async fn create(&self, member: Member, new: Body<NewAccount>) -> Result<Created<AccountView>> {
        self.db.create::<Entity>(&member, |row| new.0.write(row)).await
    }

    /// Show an account
    ///
    /// With its `ETag`.
    #[oai(path = "/:id/", method = "get", operation_id = "show_account")]
    async fn show(&self, member: Member, id: Path<Uuid>) -> Result<Shown<AccountView>> {
        self.db.show::<Entity>(&member, id.0).await
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
        self.db.change::<Entity>(&member, id.0, &seen, |row| change.0.write(row)).await
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
        self.db.change::<Entity>(&member, id.0, &seen, |row| new.0.write(row)).await
    }

    /// Trash an account
    ///
    /// It can be restored.
    #[oai(path = "/:id/", method = "delete", operation_id = "delete_account")]
    async fn delete(&self, member: Member, id: Path<Uuid>, seen: IfMatch) -> Result<Trashed> {
        self.db.delete::<Entity>(&member, id.0, &seen).await
    }

    /// Restore an account
    ///
    /// Out of the trash; 409 when its name was given again meanwhile.
    #[oai(path = "/:id/restore/", method = "post", operation_id = "restore_account")]
    async fn restore(&self, member: Member, id: Path<Uuid>) -> Result<Changed<AccountView>> {
        self.db.restore::<Entity>(&member, id.0).await
    }
}

use base::{Body, Changed, Created, Db, IfMatch, Listed, Listing, Member, Page, Result, Shown, Trashed, Verb};
use poem_openapi::{OpenApi, param::Path, payload::Json};
use uuid::Uuid;

use crate::{
    check::refuse_issued,
    invoice::Entity,
    settings,
    view::{InvoiceChange, InvoiceView, NewInvoice},
};

/// What customers are asked to pay.
pub struct InvoicesApi {
    pub db: Db,
}

#[OpenApi(prefix_path = "/api/invoices")]
impl InvoicesApi {
    /// List invoices
    ///
    /// Those that you may see, drafts and issued ones. `search` finds by the beginnings of words in the number, the title and the
    /// buyer's name.
    #[oai(path = "/", method = "get", operation_id = "list_invoices")]
    async fn list(&self, member: Member, query: Listing<Entity>) -> Result<Json<Page<InvoiceView>>> {
        self.db.list(&member, &query).await
    }

    /// Create an invoice
    ///
    /// A draft without lines: put them next. It gets its number when it is issued.
    #[oai(path = "/", method = "post", operation_id = "create_invoice")]
    async fn create(&self, member: Member, new: Body<NewInvoice>) -> Result<Created<InvoiceView>> {
        self.db
            .write(&member, async |tx| {
                let settings = settings::current(tx).await?;
                let row = Box::pin(tx.make::<Entity>(|row| new.0.write(row, &settings))).await?;
                Ok(Created::at(Entity::PATH, tx.show::<Entity>(row).await?))
            })
            .await
    }

    /// Show an invoice
    ///
    /// With its `ETag`. What it is made of is under `lines/`.
    #[oai(path = "/:id/", method = "get", operation_id = "show_invoice")]
    async fn show(&self, member: Member, id: Path<Uuid>) -> Result<Shown<InvoiceView>> {
        self.db.show::<Entity>(&member, id.0).await
    }

    /// Change an invoice
    ///
    /// A merge patch (RFC 7396): absent leaves, `null` clears. Of an issued one only `internal_notes`, `assigned_to`, `teams` and `tags`
    /// can be changed: anything else is a 409 `issued`.
    #[oai(path = "/:id/", method = "patch", operation_id = "change_invoice")]
    async fn change(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        change: Body<InvoiceChange>,
    ) -> Result<Changed<InvoiceView>> {
        self.db.change::<Entity>(&member, id.0, &seen, |row| change.0.write(row)).await
    }

    /// Replace an invoice
    ///
    /// What the body leaves out is as in a new one; the lines stay. Of a draft only: 409 `issued`.
    #[oai(path = "/:id/", method = "put", operation_id = "replace_invoice")]
    async fn replace(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        new: Body<NewInvoice>,
    ) -> Result<Changed<InvoiceView>> {
        self.db
            .write(&member, async |tx| {
                let settings = settings::current(tx).await?;
                let row = Box::pin(tx.amend::<Entity>(id.0, &seen, |row| new.0.write(row, &settings))).await?;
                Ok(Changed(tx.show::<Entity>(row).await?))
            })
            .await
    }

    /// Trash an invoice
    ///
    /// A draft; it can be restored. An issued one stays: 409 `issued`.
    #[oai(path = "/:id/", method = "delete", operation_id = "delete_invoice")]
    async fn delete(&self, member: Member, id: Path<Uuid>, seen: IfMatch) -> Result<Trashed> {
        self.db
            .write(&member, async |tx| {
                let row = tx.open::<Entity>(id.0, Verb::DELETE, &seen).await?;
                refuse_issued(&row)?;
                tx.trash::<Entity>(&row).await?;
                Ok(Trashed)
            })
            .await
    }

    /// Restore an invoice
    ///
    /// A draft out of the trash, as it was.
    #[oai(path = "/:id/restore/", method = "post", operation_id = "restore_invoice")]
    async fn restore(&self, member: Member, id: Path<Uuid>) -> Result<Changed<InvoiceView>> {
        self.db.restore::<Entity>(&member, id.0).await
    }
}

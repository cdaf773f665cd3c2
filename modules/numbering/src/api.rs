use base::{Body, Changed, Created, Db, IfMatch, Listing, Member, Page, Result, Shown, Trashed, Verb};
use poem_openapi::{OpenApi, param::Path, payload::Json};
use uuid::Uuid;

use crate::{
    resource::refuse_default,
    series::Entity,
    view::{NewSeries, SeriesChange, SeriesView},
};

/// How invoices are numbered.
pub struct InvoiceSeriesApi {
    pub db: Db,
}

#[OpenApi(prefix_path = "/api/invoice-series")]
impl InvoiceSeriesApi {
    /// List number series
    ///
    /// Every organisation begins with one, `INV-{year}-{seq:5}`.
    #[oai(path = "/", method = "get", operation_id = "list_invoice_series")]
    async fn list(&self, member: Member, query: Listing<Entity>) -> Result<Json<Page<SeriesView>>> {
        self.db.list(&member, &query).await
    }

    /// Create a number series
    ///
    /// With a count of its own, from 1 on.
    #[oai(path = "/", method = "post", operation_id = "create_invoice_series")]
    async fn create(&self, member: Member, new: Body<NewSeries>) -> Result<Created<SeriesView>> {
        self.db.create::<Entity>(&member, |row| new.0.write(row)).await
    }

    /// Show a number series
    ///
    /// With its `ETag`.
    #[oai(path = "/:id/", method = "get", operation_id = "show_invoice_series")]
    async fn show(&self, member: Member, id: Path<Uuid>) -> Result<Shown<SeriesView>> {
        self.db.show::<Entity>(&member, id.0).await
    }

    /// Change a number series
    ///
    /// A merge patch (RFC 7396). The pattern stays from the first number on: 409 `in_use`.
    #[oai(path = "/:id/", method = "patch", operation_id = "change_invoice_series")]
    async fn change(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        change: Body<SeriesChange>,
    ) -> Result<Changed<SeriesView>> {
        self.db.change::<Entity>(&member, id.0, &seen, |row| change.0.write(row)).await
    }

    /// Replace a number series
    ///
    /// As changing it.
    #[oai(path = "/:id/", method = "put", operation_id = "replace_invoice_series")]
    async fn replace(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        new: Body<NewSeries>,
    ) -> Result<Changed<SeriesView>> {
        self.db.change::<Entity>(&member, id.0, &seen, |row| new.0.write(row)).await
    }

    /// Trash a number series
    ///
    /// The numbers that it gave stay, and no other series counts on from them. 409 `is_default` for the default.
    #[oai(path = "/:id/", method = "delete", operation_id = "delete_invoice_series")]
    async fn delete(&self, member: Member, id: Path<Uuid>, seen: IfMatch) -> Result<Trashed> {
        self.db
            .write(&member, async |tx| {
                let row = tx.open::<Entity>(id.0, Verb::DELETE, &seen).await?;
                refuse_default(&row)?;
                tx.trash::<Entity>(&row).await?;
                Ok(Trashed)
            })
            .await
    }

    /// Restore a number series
    ///
    /// Out of the trash; it counts on from where it was.
    #[oai(path = "/:id/restore/", method = "post", operation_id = "restore_invoice_series")]
    async fn restore(&self, member: Member, id: Path<Uuid>) -> Result<Changed<SeriesView>> {
        self.db.restore::<Entity>(&member, id.0).await
    }
}

use base::{Body, Changed, Db, IfMatch, Member, Result, Shown};
use poem_openapi::{OpenApi, param::Path};
use uuid::Uuid;

use super::{
    put, show,
    view::{InvoiceLines, NewInvoiceLines},
};
use crate::invoice::Entity;

/// What an invoice is made of.
pub struct InvoiceLinesApi {
    pub db: Db,
}

#[OpenApi(prefix_path = "/api/invoices")]
impl InvoiceLinesApi {
    /// Show the lines of an invoice
    ///
    /// In their order, with its discounts and charges, what all of it comes to, and the invoice's `ETag`.
    #[oai(path = "/:id/lines/", method = "get", operation_id = "show_invoice_lines")]
    async fn show(&self, member: Member, id: Path<Uuid>) -> Result<Shown<InvoiceLines>> {
        self.db
            .read(&member, async |tx| {
                let invoice = tx.get::<Entity>(id.0).await?;
                show::show(tx, invoice).await.map(Shown)
            })
            .await
    }

    /// Replace the lines of an invoice
    ///
    /// All of them with the discounts and charges, which is a change of the draft. It is reckoned as EN 16931 says: each line is rounded
    /// half up to the minor unit of the currency (ISO 4217), and the tax once for each category and rate, on their sum. With
    /// prices that include the tax, `total` is to the minor unit what the prices promise. 409 `issued` once it is issued.
    #[oai(path = "/:id/lines/", method = "put", operation_id = "replace_invoice_lines")]
    async fn replace(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        new: Body<NewInvoiceLines>,
    ) -> Result<Changed<InvoiceLines>> {
        self.db
            .write(&member, async |tx| {
                let invoice = Box::pin(put::put(tx, id.0, &seen, new.0)).await?;
                show::show(tx, invoice).await.map(Changed)
            })
            .await
    }
}

use base::{Body, Db, Member, Result};
use poem_openapi::{OpenApi, payload::Json};

use super::{
    change,
    view::{InvoiceSettings, InvoiceSettingsChange},
};

/// What stands on all invoices.
pub struct InvoiceSettingsApi {
    pub db: Db,
}

#[OpenApi(prefix_path = "/api/invoice-settings")]
impl InvoiceSettingsApi {
    /// Show the invoice settings
    ///
    /// Every member sees them. Until somebody sets them, the seller is the organisation by its name.
    #[oai(path = "/", method = "get", operation_id = "show_invoice_settings")]
    async fn show(&self, member: Member) -> Result<Json<InvoiceSettings>> {
        self.db.read(&member, async |tx| Ok(Json(change::current(tx).await?.into()))).await
    }

    /// Change the invoice settings
    ///
    /// A merge patch (RFC 7396), for invoices that are made or issued from now on.
    #[oai(path = "/", method = "patch", operation_id = "change_invoice_settings")]
    async fn change(&self, member: Member, change: Body<InvoiceSettingsChange>) -> Result<Json<InvoiceSettings>> {
        self.db.write(&member, async |tx| Ok(Json(change::change(tx, change.0).await?.into()))).await
    }
}

use base::{Body, Changed, Created, Db, IfMatch, Listing, Member, Page, Result, Shown, Trashed};
use poem_openapi::{OpenApi, param::Path, payload::Json};
use uuid::Uuid;

use super::{
    row::Entity,
    view::{NewRate, RateChange, RateView},
};

/// What a currency is worth in another, from a day on.
pub struct RatesApi {
    pub db: Db,
}

#[OpenApi(prefix_path = "/api/exchange-rates")]
impl RatesApi {
    /// List exchange rates
    ///
    /// Those that were set: an amount is converted by the latest on or before a day.
    #[oai(path = "/", method = "get", operation_id = "list_exchange_rates")]
    async fn list(&self, member: Member, query: Listing<Entity>) -> Result<Json<Page<RateView>>> {
        self.db.list(&member, &query).await
    }

    /// Create an exchange rate
    ///
    /// One of the same currencies for the same day is a 409 `duplicate`.
    #[oai(path = "/", method = "post", operation_id = "create_exchange_rate")]
    async fn create(&self, member: Member, new: Body<NewRate>) -> Result<Created<RateView>> {
        self.db.create::<Entity>(&member, |row| new.0.write(row)).await
    }

    /// Show an exchange rate
    ///
    /// With its `ETag`.
    #[oai(path = "/:id/", method = "get", operation_id = "show_exchange_rate")]
    async fn show(&self, member: Member, id: Path<Uuid>) -> Result<Shown<RateView>> {
        self.db.show::<Entity>(&member, id.0).await
    }

    /// Change an exchange rate
    ///
    /// A merge patch (RFC 7396): absent leaves, `null` clears.
    #[oai(path = "/:id/", method = "patch", operation_id = "change_exchange_rate")]
    async fn change(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        change: Body<RateChange>,
    ) -> Result<Changed<RateView>> {
        self.db.change::<Entity>(&member, id.0, &seen, |row| change.0.write(row)).await
    }

    /// Replace an exchange rate
    ///
    /// What the body leaves out is cleared.
    #[oai(path = "/:id/", method = "put", operation_id = "replace_exchange_rate")]
    async fn replace(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        new: Body<NewRate>,
    ) -> Result<Changed<RateView>> {
        self.db.change::<Entity>(&member, id.0, &seen, |row| new.0.write(row)).await
    }

    /// Trash an exchange rate
    ///
    /// It can be restored.
    #[oai(path = "/:id/", method = "delete", operation_id = "delete_exchange_rate")]
    async fn delete(&self, member: Member, id: Path<Uuid>, seen: IfMatch) -> Result<Trashed> {
        self.db.delete::<Entity>(&member, id.0, &seen).await
    }

    /// Restore an exchange rate
    ///
    /// Out of the trash; 409 `duplicate` when another was set for its day meanwhile.
    #[oai(path = "/:id/restore/", method = "post", operation_id = "restore_exchange_rate")]
    async fn restore(&self, member: Member, id: Path<Uuid>) -> Result<Changed<RateView>> {
        self.db.restore::<Entity>(&member, id.0).await
    }
}

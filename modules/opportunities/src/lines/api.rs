use base::{Body, Changed, Db, IfMatch, Member, Result, Shown};
use poem_openapi::{OpenApi, param::Path};
use uuid::Uuid;

use super::{
    put, show,
    view::{NewOpportunityLines, OpportunityLines},
};
use crate::opportunity::Entity;

/// What an opportunity is made of.
pub struct LinesApi {
    pub db: Db,
}

#[OpenApi(prefix_path = "/api/opportunities")]
impl LinesApi {
    /// Show the lines of an opportunity
    ///
    /// In their order, with the opportunity's `ETag`.
    #[oai(path = "/:id/lines/", method = "get", operation_id = "show_opportunity_lines")]
    async fn show(&self, member: Member, id: Path<Uuid>) -> Result<Shown<OpportunityLines>> {
        self.db
            .read(&member, async |tx| {
                let opportunity = tx.get::<Entity>(id.0).await?;
                show::show(tx, opportunity).await.map(Shown)
            })
            .await
    }

    /// Replace the lines of an opportunity
    ///
    /// All of them, which is a change of the opportunity: its amount is their sum from now on, and a body that says another
    /// amount or currency is refused with `made_by_lines`. Each line is rounded half up to the minor unit of the currency
    /// (ISO 4217), and the sum is one of rounded lines.
    #[oai(path = "/:id/lines/", method = "put", operation_id = "replace_opportunity_lines")]
    async fn replace(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        new: Body<NewOpportunityLines>,
    ) -> Result<Changed<OpportunityLines>> {
        self.db
            .write(&member, async |tx| {
                let opportunity = Box::pin(put::put(tx, id.0, &seen, new.0)).await?;
                show::show(tx, opportunity).await.map(Changed)
            })
            .await
    }
}

use base::{Body, Changed, Created, Db, IfMatch, Listing, Member, Page, Result, Shown, Trashed};
use poem_openapi::{OpenApi, param::Path, payload::Json};
use uuid::Uuid;

use crate::{
    opportunity::Entity,
    view::{NewOpportunity, OpportunityChange, OpportunityView},
};

/// What may be sold, how far it is, and to whom.
pub struct OpportunitiesApi {
    pub db: Db,
}

#[OpenApi(prefix_path = "/api/opportunities")]
impl OpportunitiesApi {
    /// List opportunities
    ///
    /// Those that you may see. `search` finds by the beginnings of words in the name.
    #[oai(path = "/", method = "get", operation_id = "list_opportunities")]
    async fn list(&self, member: Member, query: Listing<Entity>) -> Result<Json<Page<OpportunityView>>> {
        self.db.list(&member, &query).await
    }

    /// Create an opportunity
    ///
    /// A stage brings its probability: 10, 25, 50, 75, and 100 when won, 0 when lost. Winning needs an amount and a date.
    #[oai(path = "/", method = "post", operation_id = "create_opportunity")]
    async fn create(&self, member: Member, new: Body<NewOpportunity>) -> Result<Created<OpportunityView>> {
        self.db.create::<Entity>(&member, |row| new.0.write(row)).await
    }

    /// Show an opportunity
    ///
    /// With its `ETag`.
    #[oai(path = "/:id/", method = "get", operation_id = "show_opportunity")]
    async fn show(&self, member: Member, id: Path<Uuid>) -> Result<Shown<OpportunityView>> {
        self.db.show::<Entity>(&member, id.0).await
    }

    /// Change an opportunity
    ///
    /// A merge patch (RFC 7396): absent leaves, `null` clears.
    #[oai(path = "/:id/", method = "patch", operation_id = "change_opportunity")]
    async fn change(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        change: Body<OpportunityChange>,
    ) -> Result<Changed<OpportunityView>> {
        self.db.change::<Entity>(&member, id.0, &seen, |row| change.0.write(row)).await
    }

    /// Replace an opportunity
    ///
    /// What the body leaves out is cleared.
    #[oai(path = "/:id/", method = "put", operation_id = "replace_opportunity")]
    async fn replace(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        new: Body<NewOpportunity>,
    ) -> Result<Changed<OpportunityView>> {
        self.db.change::<Entity>(&member, id.0, &seen, |row| new.0.write(row)).await
    }

    /// Trash an opportunity
    ///
    /// It can be restored.
    #[oai(path = "/:id/", method = "delete", operation_id = "delete_opportunity")]
    async fn delete(&self, member: Member, id: Path<Uuid>, seen: IfMatch) -> Result<Trashed> {
        self.db.delete::<Entity>(&member, id.0, &seen).await
    }

    /// Restore an opportunity
    ///
    /// Out of the trash, as it was.
    #[oai(path = "/:id/restore/", method = "post", operation_id = "restore_opportunity")]
    async fn restore(&self, member: Member, id: Path<Uuid>) -> Result<Changed<OpportunityView>> {
        self.db.restore::<Entity>(&member, id.0).await
    }
}

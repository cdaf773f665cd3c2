use base::{Body, Changed, Created, Db, IfMatch, Listing, Member, Page, Result, Shown, Trashed};
use poem_openapi::{OpenApi, param::Path, payload::Json};
use uuid::Uuid;

use crate::{
    lead::Entity,
    view::{LeadChange, LeadView, NewLead},
};

/// Those who may become customers.
pub struct LeadsApi {
    pub db: Db,
}

#[OpenApi(prefix_path = "/api/leads")]
impl LeadsApi {
    /// List leads
    ///
    /// Those that you may see, converted ones too unless `status` says otherwise. `search` finds by the beginnings of words
    /// in title, names, e-mail, phone, job title, company, website and town.
    #[oai(path = "/", method = "get", operation_id = "list_leads")]
    async fn list(&self, member: Member, query: Listing<Entity>) -> Result<Json<Page<LeadView>>> {
        self.db.list(&member, &query).await
    }

    /// Create a lead
    ///
    /// Whoever it is assigned to gets a mail.
    #[oai(path = "/", method = "post", operation_id = "create_lead")]
    async fn create(&self, member: Member, new: Body<NewLead>) -> Result<Created<LeadView>> {
        self.db.create::<Entity>(&member, |row| new.0.write(row)).await
    }

    /// Show a lead
    ///
    /// With its `ETag`.
    #[oai(path = "/:id/", method = "get", operation_id = "show_lead")]
    async fn show(&self, member: Member, id: Path<Uuid>) -> Result<Shown<LeadView>> {
        self.db.show::<Entity>(&member, id.0).await
    }

    /// Change a lead
    ///
    /// A merge patch (RFC 7396): absent leaves, `null` clears. 409 when it would bring a converted lead back.
    #[oai(path = "/:id/", method = "patch", operation_id = "change_lead")]
    async fn change(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        change: Body<LeadChange>,
    ) -> Result<Changed<LeadView>> {
        self.db.change::<Entity>(&member, id.0, &seen, |row| change.0.write(row)).await
    }

    /// Replace a lead
    ///
    /// What the body leaves out is cleared. 409 when it would bring a converted lead back.
    #[oai(path = "/:id/", method = "put", operation_id = "replace_lead")]
    async fn replace(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        new: Body<NewLead>,
    ) -> Result<Changed<LeadView>> {
        self.db.change::<Entity>(&member, id.0, &seen, |row| new.0.write(row)).await
    }

    /// Trash a lead
    ///
    /// It can be restored.
    #[oai(path = "/:id/", method = "delete", operation_id = "delete_lead")]
    async fn delete(&self, member: Member, id: Path<Uuid>, seen: IfMatch) -> Result<Trashed> {
        self.db.delete::<Entity>(&member, id.0, &seen).await
    }

    /// Restore a lead
    ///
    /// Out of the trash.
    #[oai(path = "/:id/restore/", method = "post", operation_id = "restore_lead")]
    async fn restore(&self, member: Member, id: Path<Uuid>) -> Result<Changed<LeadView>> {
        self.db.restore::<Entity>(&member, id.0).await
    }
}

use base::{Body, Changed, Created, Db, IfMatch, Listing, Member, Page, Result, Shown, Trashed};
use poem_openapi::{OpenApi, param::Path, payload::Json};
use uuid::Uuid;

use super::{
    rule::Entity,
    view::{EscalationRuleChange, EscalationRuleView, NewEscalationRule},
};

/// What is done when a promise is at risk or broken.
pub struct EscalationRulesApi {
    pub db: Db,
}

#[OpenApi(prefix_path = "/api/escalation-rules")]
impl EscalationRulesApi {
    /// List escalation rules
    ///
    /// Every member sees them. The oldest come last.
    #[oai(path = "/", method = "get", operation_id = "list_escalation_rules")]
    async fn list(&self, member: Member, query: Listing<Entity>) -> Result<Json<Page<EscalationRuleView>>> {
        self.db.list(&member, &query).await
    }

    /// Create an escalation rule
    ///
    /// It holds for what happens from now on.
    #[oai(path = "/", method = "post", operation_id = "create_escalation_rule")]
    async fn create(&self, member: Member, new: Body<NewEscalationRule>) -> Result<Created<EscalationRuleView>> {
        self.db.create::<Entity>(&member, |row| new.0.write(row)).await
    }

    /// Show an escalation rule
    ///
    /// With its `ETag`.
    #[oai(path = "/:id/", method = "get", operation_id = "show_escalation_rule")]
    async fn show(&self, member: Member, id: Path<Uuid>) -> Result<Shown<EscalationRuleView>> {
        self.db.show::<Entity>(&member, id.0).await
    }

    /// Change an escalation rule
    ///
    /// A merge patch (RFC 7396): absent leaves.
    #[oai(path = "/:id/", method = "patch", operation_id = "change_escalation_rule")]
    async fn change(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        change: Body<EscalationRuleChange>,
    ) -> Result<Changed<EscalationRuleView>> {
        self.db.change::<Entity>(&member, id.0, &seen, |row| change.0.write(row)).await
    }

    /// Replace an escalation rule
    ///
    /// What the body leaves out is cleared.
    #[oai(path = "/:id/", method = "put", operation_id = "replace_escalation_rule")]
    async fn replace(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        new: Body<NewEscalationRule>,
    ) -> Result<Changed<EscalationRuleView>> {
        self.db.change::<Entity>(&member, id.0, &seen, |row| new.0.write(row)).await
    }

    /// Trash an escalation rule
    ///
    /// It can be restored.
    #[oai(path = "/:id/", method = "delete", operation_id = "delete_escalation_rule")]
    async fn delete(&self, member: Member, id: Path<Uuid>, seen: IfMatch) -> Result<Trashed> {
        self.db.delete::<Entity>(&member, id.0, &seen).await
    }

    /// Restore an escalation rule
    ///
    /// Out of the trash.
    #[oai(path = "/:id/restore/", method = "post", operation_id = "restore_escalation_rule")]
    async fn restore(&self, member: Member, id: Path<Uuid>) -> Result<Changed<EscalationRuleView>> {
        self.db.restore::<Entity>(&member, id.0).await
    }
}

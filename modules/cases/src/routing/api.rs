use std::sync::Arc;

use base::{Body, Changed, Created, Db, IfMatch, Listing, Member, Page, Result, Shown, Trashed, Verb};
use poem_openapi::{OpenApi, param::Path, payload::Json};
use uuid::Uuid;

use super::{
    order,
    rule::Entity,
    trial::{self, Postbox},
    view::{NewRoutingRule, NewRoutingTrial, RoutingRuleChange, RoutingRuleMove, RoutingRuleView, RoutingTrial},
};
use crate::access;

/// Who gets new cases.
pub struct RoutingRulesApi {
    pub db: Db,
    pub postbox: Arc<dyn Postbox>,
}

#[OpenApi(prefix_path = "/api/cases/routing-rules")]
impl RoutingRulesApi {
    /// List routing rules
    ///
    /// Every member sees them; first those that are tried first (`sort=-rank`).
    ///
    /// A case that is opened by the API or by a mail, and for which nobody and no team was named, is tried on the active rules in
    /// their order. The first one that holds gives it away, in the same transaction: whoever gets it is told, and its timeline says
    /// by which rule. Members who have left or are not active are passed over; a rule that has nobody left, or whose team is in the
    /// trash, gives it to nobody, and the next one that holds does. A case that is opened as closed, rejected or a duplicate is not
    /// tried, and none is when it changes later. A mailbox that has assignees or teams of its own names them.
    #[oai(path = "/", method = "get", operation_id = "list_routing_rules")]
    async fn list(&self, member: Member, query: Listing<Entity>) -> Result<Json<Page<RoutingRuleView>>> {
        self.db.list(&member, &query).await
    }

    /// Create a routing rule
    ///
    /// It is tried after all others, until it is moved. 409 `too_many_rules` when there are 100 already.
    #[oai(path = "/", method = "post", operation_id = "create_routing_rule")]
    async fn create(&self, member: Member, new: Body<NewRoutingRule>) -> Result<Created<RoutingRuleView>> {
        self.db.create::<Entity>(&member, |row| new.0.write(row)).await
    }

    /// Try the routing rules
    ///
    /// Says which rules would be tried on a case, which condition of each does not hold, and who would get the case by which rule; and
    /// does nothing: nobody's turn is over by it. For whoever may change routing rules.
    #[oai(path = "/trial/", method = "post", operation_id = "try_routing_rules")]
    async fn attempt(&self, member: Member, asked: Body<NewRoutingTrial>) -> Result<Json<RoutingTrial>> {
        access::try_routing(&member)?;
        self.db.read(&member, async |tx| trial::run(tx, &self.postbox, asked.0).await.map(Json)).await
    }

    /// Show a routing rule
    ///
    /// With its `ETag`.
    #[oai(path = "/:id/", method = "get", operation_id = "show_routing_rule")]
    async fn show(&self, member: Member, id: Path<Uuid>) -> Result<Shown<RoutingRuleView>> {
        self.db.show::<Entity>(&member, id.0).await
    }

    /// Change a routing rule
    ///
    /// A merge patch (RFC 7396): absent leaves, `null` clears. It holds for cases that come from now on; the turns of its members go
    /// on.
    #[oai(path = "/:id/", method = "patch", operation_id = "change_routing_rule")]
    async fn change(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        change: Body<RoutingRuleChange>,
    ) -> Result<Changed<RoutingRuleView>> {
        self.db.change::<Entity>(&member, id.0, &seen, |row| change.0.write(row)).await
    }

    /// Replace a routing rule
    ///
    /// What the body leaves out is cleared, but for accounts that you may not see.
    #[oai(path = "/:id/", method = "put", operation_id = "replace_routing_rule")]
    async fn replace(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        new: Body<NewRoutingRule>,
    ) -> Result<Changed<RoutingRuleView>> {
        self.db.change::<Entity>(&member, id.0, &seen, |row| new.0.write(row)).await
    }

    /// Move a routing rule
    ///
    /// To be tried earlier or later.
    #[oai(path = "/:id/move/", method = "post", operation_id = "move_routing_rule")]
    async fn put(&self, member: Member, id: Path<Uuid>, to: Body<RoutingRuleMove>) -> Result<Changed<RoutingRuleView>> {
        self.db
            .write(&member, async |tx| {
                let rule = order::put(tx, id.0, to.0.position).await?;
                Ok(Changed(tx.show::<Entity>(rule).await?))
            })
            .await
    }

    /// Trash a routing rule
    ///
    /// It can be restored, to the place that it had.
    #[oai(path = "/:id/", method = "delete", operation_id = "delete_routing_rule")]
    async fn delete(&self, member: Member, id: Path<Uuid>, seen: IfMatch) -> Result<Trashed> {
        self.db.delete::<Entity>(&member, id.0, &seen).await
    }

    /// Restore a routing rule
    ///
    /// Out of the trash. 409 `too_many_rules` when there are 100 without it.
    #[oai(path = "/:id/restore/", method = "post", operation_id = "restore_routing_rule")]
    async fn restore(&self, member: Member, id: Path<Uuid>) -> Result<Changed<RoutingRuleView>> {
        self.db
            .write(&member, async |tx| {
                order::room(tx).await?;
                let row = tx.open_trashed::<Entity>(id.0, Verb::DELETE).await?;
                let row = tx.restore::<Entity>(&row).await?;
                Ok(Changed(tx.show::<Entity>(row).await?))
            })
            .await
    }
}

use base::{Body, Changed, Db, Error, IfMatch, Member, Result, Trashed, Verb};
use poem_openapi::{OpenApi, param::Path};
use uuid::Uuid;

use crate::{
    case::Entity,
    closing,
    view::{CaseView, NewClosing},
    watchers,
};

/// What is done with a case beside changing it.
pub struct CaseServiceApi {
    pub db: Db,
}

#[OpenApi(prefix_path = "/api/cases")]
impl CaseServiceApi {
    /// Close a case
    ///
    /// With what it consists of, if that is asked for: the open cases beneath it that you may change. Closing it by changing its
    /// `status` closes it alone. One that is closed, rejected or a duplicate already stays as it is.
    /// Each goes into the stage that its own pipeline has for closed cases; 409 `wip_limit_reached` when one is full.
    #[oai(path = "/:id/closing/", method = "post", operation_id = "close_case")]
    async fn close(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        closing: Body<NewClosing>,
    ) -> Result<Changed<CaseView>> {
        self.db
            .write(&member, async |tx| {
                let row = if closing.0.with_children {
                    Box::pin(closing::close_all(tx, id.0, &seen)).await?
                } else {
                    Box::pin(closing::close(tx, id.0, &seen)).await?
                };
                Ok(Changed(tx.show::<Entity>(row).await?))
            })
            .await
    }

    /// Watch a case
    ///
    /// Whoever sees it may watch it, and gets a mail when somebody else changes its status or priority or comments on it.
    #[oai(path = "/:id/watching/", method = "put", operation_id = "watch_case")]
    async fn watch(&self, member: Member, id: Path<Uuid>) -> Result<Changed<CaseView>> {
        self.db
            .write(&member, async |tx| {
                let row = tx.open::<Entity>(id.0, Verb::VIEW, &IfMatch::ANY).await?;
                watchers::watch(tx, &row, tx.actor().user().ok_or_else(Error::forbidden)?).await?;
                Ok(Changed(tx.show::<Entity>(row).await?))
            })
            .await
    }

    /// Stop watching a case
    #[oai(path = "/:id/watching/", method = "delete", operation_id = "unwatch_case")]
    async fn unwatch(&self, member: Member, id: Path<Uuid>) -> Result<Trashed> {
        self.db
            .write(&member, async |tx| {
                let row = tx.open::<Entity>(id.0, Verb::VIEW, &IfMatch::ANY).await?;
                watchers::unwatch(tx, &row, tx.actor().user().ok_or_else(Error::forbidden)?).await?;
                Ok(Trashed)
            })
            .await
    }
}

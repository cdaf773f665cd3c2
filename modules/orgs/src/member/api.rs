use std::sync::Arc;

use base::{Body, Changed, Db, IfMatch, Listing, Member, Page, Result, Shown, Trashed};
use poem_openapi::{OpenApi, param::Path, payload::Json};
use uuid::Uuid;

use super::{
    Entity, Farewell, change,
    view::{MemberChange, MemberView},
};
use crate::Tag;

/// Under `/api/members/`.
pub struct Api {
    db: Db,
    farewell: Arc<dyn Farewell>,
}

impl Api {
    #[must_use]
    pub fn new(db: Db, farewell: Arc<dyn Farewell>) -> Self {
        Self { db, farewell }
    }
}

#[OpenApi(prefix_path = "/api/members", tag = "Tag::Members")]
impl Api {
    /// List the members
    ///
    /// Everyone in the organisation, the deactivated too.
    #[oai(path = "/", method = "get", operation_id = "list_members")]
    async fn list(&self, member: Member, listing: Listing<Entity>) -> Result<Json<Page<MemberView>>> {
        self.db
            .read(&member, async |tx| {
                let mut page = tx.page(&listing).await?;
                let views = MemberView::show_all(tx, std::mem::take(&mut page.rows)).await?;
                Ok(Json(page.show(|_| views)))
            })
            .await
    }

    /// Show a member
    ///
    /// By the user's id.
    #[oai(path = "/:id/", method = "get", operation_id = "show_member")]
    async fn show(&self, member: Member, id: Path<Uuid>) -> Result<Shown<MemberView>> {
        self.db
            .read(&member, async |tx| {
                let member = change::find(tx, id.0).await?;
                Ok(Shown(MemberView::show(tx, member).await?))
            })
            .await
    }

    /// Change a member
    ///
    /// One's own telephone numbers and address, or with `member.change` anything of anybody. Nobody gives a role that can
    /// do more than they can (422 `not_yours`), and the last active admin stays one (409 `last_admin`). Whoever is deactivated
    /// is out from the next request on, and is back as they were, teams too, when activated again.
    #[oai(path = "/:id/", method = "patch", operation_id = "change_member")]
    async fn change(
        &self,
        member: Member,
        id: Path<Uuid>,
        expected: IfMatch,
        change: Body<MemberChange>,
    ) -> Result<Changed<MemberView>> {
        self.db
            .write(&member, async |tx| {
                let member = change::change(tx, id.0, &expected, change.0.clone()).await?;
                Ok(Changed(MemberView::show(tx, member).await?))
            })
            .await
    }

    /// Remove a member
    ///
    /// One leaves by removing oneself; others need `member.delete`. From the next request on they are out, and out of every
    /// team; they come back only by a new invitation, and into no team. What is assigned to them stays so. To let them out
    /// for a while, deactivate them instead. The last active admin stays: 409 `last_admin`.
    #[oai(path = "/:id/", method = "delete", operation_id = "remove_member")]
    async fn remove(&self, member: Member, id: Path<Uuid>, expected: IfMatch) -> Result<Trashed> {
        self.db
            .write(&member, async |tx| {
                change::remove(tx, id.0, &expected).await?;
                self.farewell.removed(tx, id.0).await?;
                Ok(Trashed)
            })
            .await
    }
}

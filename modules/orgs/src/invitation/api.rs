use std::sync::Arc;

use base::{Body, Changed, Created, Db, IfMatch, Listing, Member, Page, Person, Platform, Result, Shown, Trashed};
use poem_openapi::{OpenApi, param::Path, payload::Json};
use uuid::Uuid;

use super::{
    Couriers, Entity, accept, invite,
    view::{Acceptance, InvitationView, NewInvitation},
};
use crate::{Tag, org};

/// Under `/api/invitations/`.
pub struct Api {
    db: Db,
    platform: Platform,
    couriers: Arc<dyn Couriers>,
}

impl Api {
    #[must_use]
    pub fn new(platform: Platform, couriers: Arc<dyn Couriers>) -> Self {
        Self { db: platform.db().clone(), platform, couriers }
    }
}

#[OpenApi(prefix_path = "/api/invitations", tag = "Tag::Invitations")]
impl Api {
    /// List the invitations
    ///
    /// The revoked ones are in the trash.
    #[oai(path = "/", method = "get", operation_id = "list_invitations")]
    async fn list(&self, member: Member, listing: Listing<Entity>) -> Result<Json<Page<InvitationView>>> {
        self.db
            .read(&member, async |tx| {
                let mut page = tx.page(&listing).await?;
                let views = InvitationView::show_all(tx, std::mem::take(&mut page.rows)).await?;
                Ok(Json(page.show(|_| views)))
            })
            .await
    }

    /// Create an invitation
    ///
    /// A letter goes to the address, with a link that opens for 7 days. The answer is the same whether somebody has an
    /// account there or not. Nobody can give a role that can do more than they can: 422 `not_yours`.
    #[oai(path = "/", method = "post", operation_id = "create_invitation")]
    async fn create(&self, member: Member, new: Body<NewInvitation>) -> Result<Created<InvitationView>> {
        let organisation = org::name(&self.platform, member.org()).await?;
        self.db
            .write(&member, async |tx| {
                let invitation = invite::invite(tx, &*self.couriers, organisation, new.0.clone()).await?;
                Ok(Created::at("/api/invitations", InvitationView::show(tx, invitation).await?))
            })
            .await
    }

    /// Create an acceptance
    ///
    /// Takes up an invitation and answers the organisation that one is in from then on. It takes the token of the letter and
    /// a caller whose verified address is the invited one; everything else is a 404. Twice is a 409 `already_accepted`.
    #[oai(path = "/acceptance/", method = "post", operation_id = "create_acceptance")]
    async fn accept(&self, person: Person, acceptance: Body<Acceptance>) -> Result<Created<org::OrgView>> {
        self.platform
            .write_for(&person, async |tx| {
                let org = accept::accept(tx, &person, acceptance.0.token.as_str()).await?;
                Ok(Created::at("/api/orgs", org))
            })
            .await
    }

    /// Show an invitation
    ///
    /// With what became of it.
    #[oai(path = "/:id/", method = "get", operation_id = "show_invitation")]
    async fn show(&self, member: Member, id: Path<Uuid>) -> Result<Shown<InvitationView>> {
        self.db
            .read(&member, async |tx| {
                let invitation = tx.get::<Entity>(id.0).await?;
                Ok(Shown(InvitationView::show(tx, invitation).await?))
            })
            .await
    }

    /// Create a delivery
    ///
    /// Another letter with another link, good for 7 days; the one before opens nothing any more.
    #[oai(path = "/:id/delivery/", method = "post", operation_id = "create_invitation_delivery")]
    async fn deliver(&self, member: Member, id: Path<Uuid>) -> Result<Changed<InvitationView>> {
        let organisation = org::name(&self.platform, member.org()).await?;
        self.db
            .write(&member, async |tx| {
                let invitation = invite::deliver(tx, &*self.couriers, organisation, id.0).await?;
                Ok(Changed(InvitationView::show(tx, invitation).await?))
            })
            .await
    }

    /// Revoke an invitation
    ///
    /// Its link opens nothing any more. One that was taken up stays: 409 `already_accepted`.
    #[oai(path = "/:id/", method = "delete", operation_id = "revoke_invitation")]
    async fn revoke(&self, member: Member, id: Path<Uuid>, expected: IfMatch) -> Result<Trashed> {
        self.db
            .write(&member, async |tx| {
                invite::revoke(tx, id.0, &expected).await?;
                Ok(Trashed)
            })
            .await
    }
}

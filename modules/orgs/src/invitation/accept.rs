//! Taking an invitation up: the token says which, the verified address says who.

use base::{Actor, Error, Fields, Grants, Person, PlatformTx, Result, Tx};
use sea_orm::{ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::{Column, Entity, Model, token};
use crate::{
    member,
    org::{OrgView, organisation},
    role,
};

/// Makes `person` a member. A token that is unknown, expired or revoked, or was sent to another address, is a 404; the
/// answers read the same.
pub async fn accept(tx: &PlatformTx, person: &Person, token: &str) -> Result<OrgView> {
    let address = identity::verified_email_of(tx, person.user()).await?.ok_or_else(Error::not_found)?;
    let found = Entity::find().filter(Column::TokenHash.eq(token::hash(token)));
    // SQLite has one writer, so the row is locked already.
    let found = if tx.get_database_backend() == DbBackend::Postgres { found.lock_exclusive() } else { found };
    let invitation = found.one(tx.conn()).await?.filter(|invitation| invitation.email_lower == address);
    let invitation = invitation.ok_or_else(Error::not_found)?;
    if invitation.accepted_at.is_some() {
        return Err(Error::conflict("already_accepted", "You took this invitation up already."));
    }
    let org = organisation::Entity::find_by_id(invitation.org_id).one(tx.conn()).await?;
    let org = org.filter(|org| org.is_active).ok_or_else(Error::not_found)?;
    if !invitation.is_open() || invitation.expires_at <= tx.now() {
        return Err(Error::not_found());
    }
    #[expect(clippy::disallowed_methods, reason = "the invitation is what lets them in, just this once")]
    let newcomer = Actor::of(org.id, person.user(), Grants::everything(), Vec::new(), person.request().clone());
    tx.enter_as(newcomer, async |tx| join(tx, person.user(), &invitation).await).await?;
    Ok(org.into())
}

async fn join(tx: &Tx, user: Uuid, invitation: &Model) -> Result<()> {
    if tx.find::<role::Entity>().ids([invitation.role_id]).await?.is_empty() {
        return Err(Error::not_found());
    }
    let of_user = member::Column::UserId.eq(user);
    if tx.find::<member::Entity>().filter(of_user.clone()).one().await?.is_some() {
        return Err(Error::conflict("already_member", "You are in this organisation."));
    }
    if let Some(before) = tx.find::<member::Entity>().trashed().filter(of_user).one().await? {
        let back = member::Model { role_id: invitation.role_id, is_active: true, deleted_at: None, ..before.clone() };
        tx.update_as::<member::Entity>(&before, back, "joined", Fields::none()).await?;
    } else {
        let new = member::Model { user_id: user, role_id: invitation.role_id, is_active: true, ..Default::default() };
        tx.insert::<member::Entity>(new, Fields::none()).await?;
    }
    let accepted = Model { accepted_at: Some(tx.now()), ..invitation.clone() };
    tx.update_as::<Entity>(invitation, accepted, "accepted", Fields::none()).await?;
    Ok(())
}

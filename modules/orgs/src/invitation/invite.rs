//! Inviting: a letter with a token, good for a week, again if need be, until it is taken up or taken back.

use base::{Error, Fields, IfMatch, Result, Tx, Verb, access};
use chrono::Duration;
use sea_orm::{ColumnTrait, ExprTrait};
use uuid::Uuid;

use super::{Column, Couriers, Entity, Invited, Model, NewInvitation, token::Token};
use crate::{member, role};

/// How long a letter's link opens.
const LIFE: Duration = Duration::days(7);

/// 409 `already_member` or `already_invited`; 422 for a role that is not there, or not the actor's to give.
pub async fn invite(tx: &Tx, couriers: &dyn Couriers, organisation: String, new: NewInvitation) -> Result<Model> {
    access::scope::<Entity>(tx.actor(), Verb::CREATE).ok_or_else(Error::forbidden)?;
    let role = role::to_give(tx, new.role_id).await?;
    let email_lower = new.email.as_str().to_lowercase();
    if member::is_here(tx, &new.email).await? {
        return Err(Error::conflict("already_member", "Somebody with this address is in the organisation."));
    }
    make_room(tx, &email_lower).await?;
    let token = Token::random();
    let invitation = Model {
        email: String::from(new.email),
        email_lower,
        role_id: role.id,
        token_hash: token.hash(),
        expires_at: tx.now() + LIFE,
        sent_at: Some(tx.now()),
        ..Model::default()
    };
    let invitation = tx.insert::<Entity>(invitation, Fields::none()).await?;
    post(tx, couriers, organisation, &invitation, &role, token).await?;
    Ok(invitation)
}

/// Another letter, with another token; the one before opens nothing any more.
pub async fn deliver(tx: &Tx, couriers: &dyn Couriers, organisation: String, id: Uuid) -> Result<Model> {
    let before = open(tx, id, Verb::CHANGE, &IfMatch::ANY).await?;
    let role = tx.get::<role::Entity>(before.role_id).await?;
    if !tx.actor().grants().hold(&role.grants()?) {
        return Err(Error::forbidden());
    }
    let token = Token::random();
    let after =
        Model { token_hash: token.hash(), expires_at: tx.now() + LIFE, sent_at: Some(tx.now()), ..before.clone() };
    let sent = Fields::none().with("sent", false, true);
    let invitation = tx.update_as::<Entity>(&before, after, "sent", sent).await?;
    post(tx, couriers, organisation, &invitation, &role, token).await?;
    Ok(invitation)
}

pub async fn revoke(tx: &Tx, id: Uuid, expected: &IfMatch) -> Result<()> {
    let before = open(tx, id, Verb::DELETE, expected).await?;
    let now = Some(tx.now());
    let after = Model { revoked_at: now, deleted_at: now, ..before.clone() };
    tx.update_as::<Entity>(&before, after, "revoked", Fields::none()).await?;
    Ok(())
}

/// Whether somebody is invited to `role`, as far as the actor sees invitations.
pub async fn waits_for(tx: &Tx, role: Uuid) -> Result<bool> {
    let open = Column::RoleId.eq(role).and(Column::AcceptedAt.is_null()).and(Column::RevokedAt.is_null());
    Ok(tx.find::<Entity>().filter(open).count(1).await? > 0)
}

async fn open(tx: &Tx, id: Uuid, verb: Verb, expected: &IfMatch) -> Result<Model> {
    let invitation = tx.open::<Entity>(id, verb, expected).await?;
    if !invitation.is_open() {
        return Err(Error::conflict("already_accepted", "This invitation was taken up."));
    }
    Ok(invitation)
}

/// An address has one open invitation. One that has expired makes room.
async fn make_room(tx: &Tx, email_lower: &str) -> Result<()> {
    let open = Column::EmailLower.eq(email_lower).and(Column::AcceptedAt.is_null()).and(Column::RevokedAt.is_null());
    let Some(before) = tx.find::<Entity>().filter(open).one().await? else {
        return Ok(());
    };
    if before.expires_at > tx.now() {
        let again = "This address is invited already; have the letter sent again.";
        return Err(Error::conflict("already_invited", again).with_id("invitation_id", before.id));
    }
    let now = Some(tx.now());
    let after = Model { revoked_at: now, deleted_at: now, ..before.clone() };
    tx.update_as::<Entity>(&before, after, "revoked", Fields::none()).await?;
    Ok(())
}

async fn post(
    tx: &Tx,
    couriers: &dyn Couriers,
    organisation: String,
    invitation: &Model,
    role: &role::Model,
    token: Token,
) -> Result<()> {
    let inviter = match tx.actor().user() {
        Some(user) => tx.people([user]).await?.remove(&user).map(|person| person.name),
        None => None,
    };
    let letter = Invited {
        to: invitation.email.clone(),
        organisation,
        inviter,
        role: role.name.clone(),
        token: token.into_inner(),
        expires_at: invitation.expires_at,
    };
    couriers.invitation(tx, letter).await
}

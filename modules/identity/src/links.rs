//! The secrets of links in mails: 256 bits, kept as a digest, good once, for the address they were sent to.

use base::{Error, PlatformTx, Result};
use chrono::TimeDelta;
use sea_orm::{ActiveValue::Set, entity::prelude::*};

use crate::{
    letters::{RESET_MINUTES, VERIFY_HOURS},
    row::{
        one_time_token::{ActiveModel, Column, Entity, Model},
        user,
    },
    secret,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    VerifyEmail,
    ResetPassword,
}

impl Purpose {
    fn as_str(self) -> &'static str {
        match self {
            Self::VerifyEmail => "verify_email",
            Self::ResetPassword => "reset_password",
        }
    }

    fn life(self) -> TimeDelta {
        match self {
            Self::VerifyEmail => TimeDelta::hours(VERIFY_HOURS.into()),
            Self::ResetPassword => TimeDelta::minutes(RESET_MINUTES.into()),
        }
    }
}

/// A new link's secret, told once. Earlier ones of the purpose stop working.
pub async fn make(tx: &PlatformTx, user: &user::Model, purpose: Purpose) -> Result<String> {
    void(tx, user.id, purpose).await?;
    let token = secret::text(&secret::random::<32>());
    let row = ActiveModel {
        token_hash: Set(secret::hash(token.as_bytes())),
        user_id: Set(Some(user.id)),
        email: Set(user.email_lower.clone()),
        purpose: Set(purpose.as_str().into()),
        expires_at: Set(tx.now() + purpose.life()),
        used_at: Set(None),
        created_at: Set(tx.now()),
    };
    Entity::insert(row).exec_without_returning(tx.conn()).await?;
    Ok(token)
}

/// Whose link this is, if it is still good.
pub async fn look(tx: &PlatformTx, token: &str, purpose: Purpose) -> Result<Option<user::Model>> {
    let row = Entity::find_by_id(secret::hash(token.as_bytes()))
        .filter(Column::Purpose.eq(purpose.as_str()))
        .filter(Column::UsedAt.is_null())
        .filter(Column::ExpiresAt.gt(tx.now()))
        .one(tx.conn())
        .await?;
    let Some(Model { user_id: Some(id), email, .. }) = row else { return Ok(None) };
    let user = user::Entity::find_by_id(id).one(tx.conn()).await?;
    Ok(user.filter(|user| user.is_active && user.email_lower == email))
}

/// Uses the link up and says whose it was: of many at once, one gets it.
pub async fn take(tx: &PlatformTx, token: &str, purpose: Purpose) -> Result<Option<user::Model>> {
    let Some(user) = look(tx, token, purpose).await? else { return Ok(None) };
    let mine = Entity::update_many()
        .col_expr(Column::UsedAt, Expr::value(tx.now()))
        .filter(Column::TokenHash.eq(secret::hash(token.as_bytes())))
        .filter(Column::UsedAt.is_null())
        .exec(tx.conn())
        .await?;
    Ok((mine.rows_affected == 1).then_some(user))
}

pub async fn void(tx: &PlatformTx, user: Uuid, purpose: Purpose) -> Result<()> {
    Entity::delete_many()
        .filter(Column::UserId.eq(user))
        .filter(Column::Purpose.eq(purpose.as_str()))
        .exec(tx.conn())
        .await?;
    Ok(())
}

pub async fn forget(tx: &PlatformTx) -> Result<u64> {
    Ok(Entity::delete_many().filter(Column::ExpiresAt.lt(tx.now())).exec(tx.conn()).await?.rows_affected)
}

/// Used, expired, replaced and never made all read the same.
pub fn refused() -> Error {
    Error::fault("/token", "invalid_token", "This link was used or has expired; ask for a new one.")
}

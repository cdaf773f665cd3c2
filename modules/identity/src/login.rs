//! Logging in: by password, and on by refresh token.

use base::{Caller, Error, Result};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};
use uuid::Uuid;

use crate::{
    desk::Desk,
    guessing::Door,
    password::{HashedPassword, hash_password, is_outdated, verify},
    patience,
    refresh::RefreshToken,
    row::user,
    sessions, users,
    view::{Credentials, Tokens},
};

/// Begins a session. An address nobody has, a wrong password and a deactivated account read the same and take as long.
pub async fn log_in(desk: &Desk, caller: &Caller, credentials: &Credentials) -> Result<Tokens> {
    desk.guesses.count(Door::Login, caller.ip, desk.platform.clock().now())?;
    let (user, key) = meet(desk, caller, &users::lower(credentials.email.as_str())).await?;
    let kept = user.as_ref().and_then(|user| user.password_hash.clone());
    let fits = verify(&credentials.password, kept).await?;
    let Some(user) = user.filter(|user| fits && user.is_active) else {
        desk.platform.write(async |tx| patience::failed(tx, &key).await).await?;
        tracing::info!(ip = ?caller.ip, "a login failed");
        return Err(refused());
    };
    desk.guesses.take_back(Door::Login, caller.ip);
    let outdated = user.password_hash.as_deref().is_some_and(is_outdated);
    let rehashed = if outdated { Some(hash_password(&credentials.password).await?) } else { None };
    admit(desk, caller, user, &key, rehashed).await
}

/// The next pair of tokens. Not slowed down by network: a refresh token cannot be guessed, and one broken client must not
/// log out the office around it.
pub async fn refresh(desk: &Desk, caller: &Caller, token: &str) -> Result<Tokens> {
    let shown = RefreshToken::parse(token).ok_or_else(Error::unauthorized)?;
    let next = desk.platform.write(async |tx| sessions::carry_on(tx, &desk.settings, &shown, caller).await).await?;
    next.ok_or_else(Error::unauthorized)
}

async fn meet(desk: &Desk, caller: &Caller, email_lower: &str) -> Result<(Option<user::Model>, String)> {
    desk.platform
        .read(async |tx| {
            let user = users::by_email(tx, email_lower).await?;
            let ip = caller.ip.map(|ip| ip.to_string()).unwrap_or_default();
            // Asked for nobody too, so that it takes as long.
            let known = sessions::known_at(tx, user.as_ref().map_or(Uuid::nil(), |user| user.id), &ip).await?;
            let key = if known { patience::login_from(&ip, email_lower) } else { patience::login(email_lower) };
            patience::check(tx, &key).await?;
            Ok((user, key))
        })
        .await
}

async fn admit(
    desk: &Desk,
    caller: &Caller,
    user: user::Model,
    key: &str,
    rehashed: Option<HashedPassword>,
) -> Result<Tokens> {
    let tokens = desk.platform.write(async |tx| {
        // Of many guesses at once, those that came while another failed do not count as right.
        patience::check(tx, key).await?;
        patience::forgive(tx, key).await?;
        if user.email_verified_at.is_none() {
            return Ok(None);
        }
        let mut user = user.clone().into_active_model();
        user.last_login_at = Set(Some(tx.now()));
        if let Some(rehashed) = rehashed.clone() {
            user.password_hash = Set(Some(rehashed.into_inner()));
        }
        let user = user.update(tx.conn()).await?;
        sessions::begin(tx, &desk.settings, user, caller).await.map(Some)
    });
    // Told only to whoever has the password.
    tokens.await?.ok_or_else(|| {
        Error::forbidden_because("email_not_verified", "Open the link in the mail that we sent you first.")
    })
}

fn refused() -> Error {
    Error::unauthorized_because("invalid_credentials", "The e-mail address or the password is wrong.")
}

//! Changing a password: by the present one, or by a link to the address.

use base::{Caller, Error, Faults, Person, PlatformTx, Result};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};

use crate::{
    desk::Desk,
    guessing::Door,
    links::{self, Purpose},
    password::{HashedPassword, add_faults, hash_password, refusals, verify},
    patience,
    row::user,
    sessions, users,
    view::{PasswordChange, PasswordReset},
};

/// Sends a link to the address, if somebody has it.
pub async fn send_link(desk: &Desk, caller: &Caller, email: &str) -> Result<()> {
    desk.guesses.count(Door::Mail, caller.ip, desk.platform.clock().now())?;
    let email_lower = users::lower(email);
    desk.platform
        .write(async |tx| {
            let may = patience::may_send(tx, &email_lower).await?;
            let user = users::by_email(tx, &email_lower).await?;
            let Some(user) = user.filter(|user| may && user.is_active) else { return Ok(()) };
            let token = links::make(tx, &user, Purpose::ResetPassword).await?;
            desk.letters.reset_password(tx, user.addressee(), &token).await
        })
        .await
}

/// Sets a new password by a link, and ends every session: whoever had the old one is out.
pub async fn reset(desk: &Desk, caller: &Caller, reset: &PasswordReset) -> Result<()> {
    desk.guesses.count(Door::Link, caller.ip, desk.platform.clock().now())?;
    let user = desk.platform.read(async |tx| links::look(tx, &reset.token, Purpose::ResetPassword).await).await?;
    let user = user.ok_or_else(links::refused)?;
    desk.guesses.take_back(Door::Link, caller.ip);
    check(&user, "/password", &reset.password)?;
    let password = hash_password(&reset.password).await?;
    desk.platform
        .write(async |tx| {
            let user = links::take(tx, &reset.token, Purpose::ResetPassword).await?.ok_or_else(links::refused)?;
            patience::forgive(tx, &patience::login(&user.email_lower)).await?;
            sessions::revoke_sessions(tx, user.id).await?;
            set(tx, desk, user, password.clone(), Set(Some(tx.now()))).await
        })
        .await
}

/// Sets a new password by the present one, and ends every other session.
pub async fn change(desk: &Desk, person: &Person, change: &PasswordChange) -> Result<()> {
    let key = patience::present_password(person.user());
    let user = desk
        .platform
        .read(async |tx| {
            patience::check(tx, &key).await?;
            users::myself(tx, person.user()).await
        })
        .await?;
    if !verify(&change.current_password, user.password_hash.clone()).await? {
        desk.platform.write(async |tx| patience::failed(tx, &key).await).await?;
        return Err(Error::fault("/current_password", "wrong_password", "This is not your present password."));
    }
    check(&user, "/new_password", &change.new_password)?;
    let password = hash_password(&change.new_password).await?;
    desk.platform
        .write(async |tx| {
            patience::check(tx, &key).await?;
            patience::forgive(tx, &key).await?;
            let now = users::myself(tx, person.user()).await?;
            if now.password_hash != user.password_hash {
                return Err(Error::conflict("password_changed", "The password was changed just now."));
            }
            sessions::revoke_others(tx, now.id, person.session()).await?;
            let verified = now.email_verified_at;
            set(tx, desk, now, password.clone(), Set(verified)).await
        })
        .await
}

fn check(user: &user::Model, pointer: &str, password: &str) -> Result<()> {
    let mut faults = Faults::new();
    add_faults(&mut faults, pointer, &refusals(password, &user.email, &user.name));
    faults.check()
}

/// A link that was sent to the address proves it, so a reset verifies it too.
async fn set(
    tx: &PlatformTx,
    desk: &Desk,
    user: user::Model,
    password: HashedPassword,
    verified_at: sea_orm::ActiveValue<Option<chrono::DateTime<chrono::Utc>>>,
) -> Result<()> {
    links::void(tx, user.id, Purpose::ResetPassword).await?;
    let to = user.addressee();
    let mut user = user.into_active_model();
    user.password_hash = Set(Some(password.into_inner()));
    user.email_verified_at = verified_at;
    user.updated_at = Set(tx.now());
    user.update(tx.conn()).await?;
    desk.letters.password_changed(tx, to).await
}

//! How somebody gets an account, and proves that the address is theirs. Nothing here tells who has one.

use base::{Caller, Faults, PlatformTx, Result};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};

use crate::{
    desk::Desk,
    guessing::Door,
    links::{self, Purpose},
    password::{HashedPassword, add_faults, hash_password, refusals},
    patience,
    row::user,
    users::{self, NewUser},
    view::Registration,
};

/// Makes the account, or writes to who has it already. It takes as long either way: the hash is made in both cases.
pub async fn register(desk: &Desk, caller: &Caller, asked: Registration) -> Result<()> {
    desk.guesses.count(Door::Mail, caller.ip, desk.platform.clock().now())?;
    let mut faults = Faults::new();
    add_faults(&mut faults, "/password", &refusals(&asked.password, asked.email.as_str(), asked.name.as_str()));
    faults.check()?;
    let password = hash_password(&asked.password).await?;
    let done = desk.platform.write(async |tx| welcome(tx, desk, asked.clone(), password.clone()).await).await;
    match done {
        // Two at once for one address: the other one was first.
        Err(error) if ["duplicate", "email_taken"].contains(&error.code()) => Ok(()),
        done => done,
    }
}

/// Sends another link to an address that waits for one.
pub async fn resend(desk: &Desk, caller: &Caller, email: &str) -> Result<()> {
    desk.guesses.count(Door::Mail, caller.ip, desk.platform.clock().now())?;
    let email_lower = users::lower(email);
    desk.platform
        .write(async |tx| {
            let may = patience::may_send(tx, &email_lower).await?;
            let user = users::by_email(tx, &email_lower).await?;
            match user.filter(|user| may && user.is_active && user.email_verified_at.is_none()) {
                Some(user) => ask_for_proof(tx, desk, &user).await,
                None => Ok(()),
            }
        })
        .await
}

/// Takes the link's secret as the proof.
pub async fn verify(desk: &Desk, caller: &Caller, token: &str) -> Result<()> {
    desk.guesses.count(Door::Link, caller.ip, desk.platform.clock().now())?;
    desk.platform
        .write(async |tx| {
            let user = links::take(tx, token, Purpose::VerifyEmail).await?.ok_or_else(links::refused)?;
            let now = tx.now();
            let mut user = user.into_active_model();
            user.email_verified_at = Set(Some(now));
            user.updated_at = Set(now);
            user.update(tx.conn()).await?;
            Ok(())
        })
        .await?;
    desk.guesses.take_back(Door::Link, caller.ip);
    Ok(())
}

async fn welcome(tx: &PlatformTx, desk: &Desk, asked: Registration, password: HashedPassword) -> Result<()> {
    let email_lower = users::lower(asked.email.as_str());
    let may_send = patience::may_send(tx, &email_lower).await?;
    match users::by_email(tx, &email_lower).await? {
        None => {
            let new = NewUser { email: asked.email, name: asked.name, password, email_verified: false };
            let id = users::create_user(tx, new).await?;
            let user = users::myself(tx, id).await?;
            ask_for_proof(tx, desk, &user).await
        }
        Some(_) if !may_send => Ok(()),
        // Nobody has proven the address yet, so the last who asks is as good as the first; and the link of the first, who
        // may have been a squatter, must not open the account of the second.
        Some(user) if user.email_verified_at.is_none() && user.is_active => {
            let user = start_over(tx, user, asked, password).await?;
            ask_for_proof(tx, desk, &user).await
        }
        Some(user) if user.is_active => desk.letters.account_exists(tx, user.addressee()).await,
        Some(_) => Ok(()),
    }
}

async fn start_over(
    tx: &PlatformTx,
    user: user::Model,
    asked: Registration,
    password: HashedPassword,
) -> Result<user::Model> {
    let mut user = user.into_active_model();
    user.email = Set(asked.email.into_inner());
    user.name = Set(asked.name.into_inner());
    user.password_hash = Set(Some(password.into_inner()));
    user.updated_at = Set(tx.now());
    Ok(user.update(tx.conn()).await?)
}

async fn ask_for_proof(tx: &PlatformTx, desk: &Desk, user: &user::Model) -> Result<()> {
    let token = links::make(tx, user, Purpose::VerifyEmail).await?;
    desk.letters.verify_email(tx, user.addressee(), &token).await
}

//! People: who has an account.

use std::collections::HashMap;

use base::{
    Error, PlatformTx, Result,
    value::{Email, Text},
};
use sea_orm::{ActiveValue::Set, QuerySelect, entity::prelude::*, sea_query::LockType};

use crate::{
    letters::Addressee,
    password::HashedPassword,
    row::user::{ActiveModel, Column, Entity, Model},
};

/// Somebody to be.
pub struct NewUser {
    pub email: Email,
    pub name: Text<255>,
    pub password: HashedPassword,
    /// Only when whoever makes the account vouches for the address: the operator at the command line does.
    pub email_verified: bool,
}

/// Who somebody is, in short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brief {
    pub id: Uuid,
    pub name: String,
    /// As typed at registration.
    pub email: String,
    pub is_active: bool,
}

/// Makes an account and says its id.
///
/// # Errors
/// 409 `email_taken`.
pub async fn create_user(tx: &PlatformTx, new: NewUser) -> Result<Uuid> {
    let email_lower = lower(new.email.as_str());
    if by_email(tx, &email_lower).await?.is_some() {
        return Err(Error::conflict("email_taken", "There is an account with this e-mail address."));
    }
    let now = tx.now();
    let user = ActiveModel {
        id: Set(tx.id()),
        email: Set(new.email.into_inner()),
        email_lower: Set(email_lower),
        name: Set(new.name.into_inner()),
        password_hash: Set(Some(new.password.into_inner())),
        email_verified_at: Set(new.email_verified.then_some(now)),
        is_active: Set(true),
        last_login_at: Set(None),
        created_at: Set(now),
        updated_at: Set(now),
    };
    Ok(user.insert(tx.conn()).await?.id)
}

/// The account of an address, in whatever case it is typed.
///
/// # Errors
/// When the database fails.
pub async fn find_user_by_email(tx: &PlatformTx, email: &str) -> Result<Option<Brief>> {
    Ok(by_email(tx, &lower(email)).await?.map(Brief::from))
}

/// # Errors
/// 404.
pub async fn user_brief(tx: &PlatformTx, id: Uuid) -> Result<Brief> {
    user_briefs(tx, [id]).await?.remove(&id).ok_or_else(Error::not_found)
}

/// Those of the ids that are somebody's.
///
/// # Errors
/// When the database fails.
pub async fn user_briefs(tx: &PlatformTx, ids: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, Brief>> {
    let rows: Vec<(Uuid, String, String, bool)> = Entity::find()
        .select_only()
        .columns([Column::Id, Column::Name, Column::Email, Column::IsActive])
        .filter(Column::Id.is_in(ids))
        .into_tuple()
        .all(tx.conn())
        .await?;
    Ok(rows.into_iter().map(|(id, name, email, is_active)| (id, Brief { id, name, email, is_active })).collect())
}

/// The address of an active user, in lower case, if it is known to be theirs: what an invitation is compared with.
///
/// # Errors
/// When the database fails.
pub async fn verified_email_of(tx: &PlatformTx, user: Uuid) -> Result<Option<String>> {
    let user = Entity::find_by_id(user).one(tx.conn()).await?;
    Ok(user.filter(|user| user.is_active && user.email_verified_at.is_some()).map(|user| user.email_lower))
}

pub(crate) async fn by_email(tx: &PlatformTx, email_lower: &str) -> Result<Option<Model>> {
    Ok(Entity::find().filter(Column::EmailLower.eq(email_lower)).one(tx.conn()).await?)
}

/// # Errors
/// 401: who is asking has just ceased to be.
pub(crate) async fn myself(tx: &PlatformTx, id: Uuid) -> Result<Model> {
    Entity::find_by_id(id).one(tx.conn()).await?.ok_or_else(Error::unauthorized)
}

/// Nobody else changes it meanwhile.
pub(crate) async fn myself_locked(tx: &PlatformTx, id: Uuid) -> Result<Model> {
    Entity::find_by_id(id).lock(LockType::Update).one(tx.conn()).await?.ok_or_else(Error::unauthorized)
}

/// What addresses are compared by.
pub(crate) fn lower(email: &str) -> String {
    email.to_lowercase()
}

impl Model {
    pub(crate) fn addressee(&self) -> Addressee {
        Addressee { name: self.name.clone(), email: self.email.clone() }
    }
}

impl From<Model> for Brief {
    fn from(user: Model) -> Self {
        Self { id: user.id, name: user.name, email: user.email, is_active: user.is_active }
    }
}

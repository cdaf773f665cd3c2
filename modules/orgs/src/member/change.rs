//! Changing who somebody is here, and letting them go.

use base::{
    Error, Fields, IfMatch, Result, Tx, Verb, access,
    value::{Change, Country, Text},
};
use sea_orm::{ColumnTrait, ExprTrait};
use uuid::Uuid;

use super::{Column, Entity, Model, view::MemberChange};
use crate::{
    address::{patch, patch_phone},
    role,
};

/// The member by user id; 404 when there is none.
pub async fn find(tx: &Tx, user: Uuid) -> Result<Model> {
    tx.find::<Entity>().filter(Column::UserId.eq(user)).one().await?.ok_or_else(Error::not_found)
}

pub async fn change(tx: &Tx, user: Uuid, expected: &IfMatch, change: MemberChange) -> Result<Model> {
    let admin = if change.is_of_rank() { Some(role::admin_locked(tx).await?) } else { None };
    let before = open(tx, user, expected).await?;
    if change.is_of_office() || tx.actor().user() != Some(user) {
        access::scope::<Entity>(tx.actor(), Verb::CHANGE).ok_or_else(Error::forbidden)?;
    }
    let role = change.role_id.into_option().filter(|role| *role != before.role_id);
    let mut after = before.clone();
    change.write(&mut after);
    if after.role_id != before.role_id || after.is_active != before.is_active {
        outrank(tx, &before).await?;
    }
    if let Some(role) = role {
        role::to_give(tx, role).await?;
    }
    if let Some(admin) = admin {
        let stays = after.role_id == admin.id && after.is_active;
        if !stays {
            another_admin(tx, &admin, &before).await?;
        }
    }
    tx.update::<Entity>(&before, after, Fields::none()).await
}

/// Out of the organisation: oneself, or another with `member.delete`. What they did keeps their name.
pub async fn remove(tx: &Tx, user: Uuid, expected: &IfMatch) -> Result<()> {
    let admin = role::admin_locked(tx).await?;
    let member = open(tx, user, expected).await?;
    if tx.actor().user() != Some(user) {
        access::scope::<Entity>(tx.actor(), Verb::DELETE).ok_or_else(Error::forbidden)?;
        outrank(tx, &member).await?;
    }
    another_admin(tx, &admin, &member).await?;
    let gone = Model { is_active: false, deleted_at: Some(tx.now()), ..member.clone() };
    tx.update_as::<Entity>(&member, gone, "removed", Fields::none().with("removed", false, true)).await?;
    Ok(())
}

/// Locked. Every member sees every other; what may be done is asked field by field.
async fn open(tx: &Tx, user: Uuid, expected: &IfMatch) -> Result<Model> {
    let member = find(tx, user).await?;
    tx.open::<Entity>(member.id, Verb::VIEW, expected).await
}

/// 403 when `member` may do more than the actor, who then has no say in their rank.
async fn outrank(tx: &Tx, member: &Model) -> Result<()> {
    let role = tx.get::<role::Entity>(member.role_id).await?;
    let holds = tx.actor().grants().hold(&role.grants()?);
    holds.then_some(()).ok_or_else(Error::forbidden)
}

/// 409 `last_admin` when `member` is the only active admin. True until the transaction ends, for the ADMIN role is locked.
async fn another_admin(tx: &Tx, admin: &role::Model, member: &Model) -> Result<()> {
    if member.role_id != admin.id || !member.is_active {
        return Ok(());
    }
    let others = Column::RoleId.eq(admin.id).and(Column::IsActive.eq(true)).and(Column::Id.ne(member.id));
    if tx.find::<Entity>().filter(others).count(1).await? == 0 {
        return Err(Error::conflict("last_admin", "An organisation keeps an admin: make somebody else one first."));
    }
    Ok(())
}

impl MemberChange {
    /// Role and access to the organisation.
    fn is_of_rank(&self) -> bool {
        self.role_id != Change::Keep || self.is_active != Change::Keep
    }

    /// What is not one's own to change.
    fn is_of_office(&self) -> bool {
        self.is_of_rank()
            || !self.date_of_joining.is_undefined()
            || self.has_sales_access != Change::Keep
            || self.has_marketing_access != Change::Keep
    }

    fn write(self, member: &mut Model) {
        member.role_id = self.role_id.into_option().unwrap_or(member.role_id);
        member.is_active = self.is_active.into_option().unwrap_or(member.is_active);
        patch(&mut member.address_line, self.address_line, Text::into_inner);
        patch(&mut member.city, self.city, Text::into_inner);
        patch(&mut member.state, self.state, Text::into_inner);
        patch(&mut member.postcode, self.postcode, Text::into_inner);
        patch(&mut member.country, self.country, Country::into_inner);
        let country = member.country.as_deref();
        patch_phone(&mut member.phone_typed, &mut member.phone_e164, self.phone, country);
        patch_phone(&mut member.alternate_phone_typed, &mut member.alternate_phone_e164, self.alternate_phone, country);
        patch(&mut member.date_of_joining, self.date_of_joining, |date| date);
        member.has_sales_access = self.has_sales_access.into_option().unwrap_or(member.has_sales_access);
        member.has_marketing_access = self.has_marketing_access.into_option().unwrap_or(member.has_marketing_access);
    }
}

//! What the command line does, for whoever has the machine.

use base::{Error, Fields, PlatformTx, Request, Result, Tx};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use crate::{
    founding::create_org,
    member,
    org::organisation::{Column, Entity},
    role,
};

/// An organisation, seen from the machine.
pub struct Listed {
    pub id: Uuid,
    pub name: String,
    pub members: u64,
    pub is_active: bool,
}

/// All organisations of this server by name.
pub async fn all(tx: &PlatformTx) -> Result<Vec<Listed>> {
    let mut all = Vec::new();
    for org in Entity::find().order_by_asc(Column::Name).all(tx.conn()).await? {
        let here =
            member::Entity::find().filter(member::Column::OrgId.eq(org.id)).filter(member::Column::DeletedAt.is_null());
        let members = here.count(tx.conn()).await?;
        all.push(Listed { id: org.id, name: org.name, members, is_active: org.is_active });
    }
    Ok(all)
}

/// Makes `user` an admin of the organisation of this name, which is founded if there is none. Answers its id.
pub async fn admin_of(tx: &PlatformTx, name: &str, user: Uuid) -> Result<Uuid> {
    let Some(org) = Entity::find().filter(Column::Name.eq(name)).one(tx.conn()).await? else {
        return create_org(tx, name, user).await;
    };
    tx.enter(org.id, Request::default(), async |tx| take_in(tx, user, role::ADMIN).await).await?;
    Ok(org.id)
}

/// Makes `user` a member in the built-in role USER.
pub async fn join(tx: &Tx, user: Uuid) -> Result<()> {
    take_in(tx, user, role::USER).await
}

async fn take_in(tx: &Tx, user: Uuid, key: &str) -> Result<()> {
    let role = tx.find::<role::Entity>().filter(role::Column::Key.eq(key)).one().await?.ok_or_else(Error::not_found)?;
    let member = member::Model { user_id: user, role_id: role.id, is_active: true, ..Default::default() };
    tx.insert::<member::Entity>(member, Fields::none()).await?;
    Ok(())
}

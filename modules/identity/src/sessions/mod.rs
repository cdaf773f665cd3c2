//! Sessions: begun by a login, carried on by refresh tokens, met at every request, ended by their owner.

mod carry_on;
mod meet;
mod end;

pub use carry_on::{begin, carry_on};
pub use end::{forget, revoke, revoke_others, revoke_sessions};
pub use meet::{FirstUse, Seen, is_live, note_use, who};

use base::{PlatformTx, Result};
use sea_orm::{QueryOrder, QuerySelect, entity::prelude::*};

use crate::row::session::{Column, Entity, Model};

/// The live sessions of a user, the latest used first.
pub async fn list(tx: &PlatformTx, user: Uuid, most: u64) -> Result<Vec<Model>> {
    let live = end::live(tx).add(Column::UserId.eq(user));
    Ok(Entity::find()
        .filter(live)
        .order_by_desc(Column::LastUsedAt)
        .order_by_desc(Column::Id)
        .limit(most)
        .all(tx.conn())
        .await?)
}

/// Whether the user was ever logged in from this address.
pub async fn known_at(tx: &PlatformTx, user: Uuid, ip: &str) -> Result<bool> {
    let there = Entity::find().filter(Column::UserId.eq(user)).filter(Column::Ip.eq(ip));
    Ok(there.select_only().column(Column::Id).into_tuple::<Uuid>().one(tx.conn()).await?.is_some())
}

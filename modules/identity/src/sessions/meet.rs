use base::{Error, Platform, PlatformTx, Result, Who};
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{QuerySelect, entity::prelude::*};

use crate::{
    keys::KeyRing,
    refresh::pair,
    row::{
        session::{Column, Entity},
        user,
    },
};

/// How exactly "last used" is known: nobody waits for a write at each request.
const SEEN_EVERY: TimeDelta = TimeDelta::minutes(5);

/// Somebody whose access token is good.
pub struct Seen {
    pub who: Who,
    /// To be noted with [`note_use`] before the request is carried out.
    pub first_use: Option<FirstUse>,
}

/// That the access token of a pair is in use, so that its answer did arrive.
pub struct FirstUse {
    session: Uuid,
    pair: String,
}

/// Who holds this access token: one indexed query, no write. A revoked session and a deactivated user are out at once.
///
/// # Errors
/// 401.
pub async fn who(tx: &PlatformTx, keys: &KeyRing, token: &str) -> Result<Seen> {
    let claims = keys.read(token, tx.now()).ok_or_else(Error::unauthorized)?;
    let row: Option<(String, bool, DateTime<Utc>)> = Entity::find_by_id(claims.sid)
        .select_only()
        .columns([Column::RefreshHash, Column::PairUsed, Column::LastUsedAt])
        .inner_join(user::Entity)
        .filter(Column::UserId.eq(claims.sub))
        .filter(Column::RevokedAt.is_null())
        .filter(Column::ExpiresAt.gt(tx.now()))
        .filter(user::Column::IsActive.eq(true))
        .into_tuple()
        .one(tx.conn())
        .await?;
    let (refresh_hash, pair_used, last_used_at) = row.ok_or_else(Error::unauthorized)?;
    let unused = !pair_used && pair(&refresh_hash) == claims.pair;
    let unseen = tx.now() - last_used_at > SEEN_EVERY;
    let first_use = (unused || unseen).then_some(FirstUse { session: claims.sid, pair: claims.pair });
    Ok(Seen { who: Who { user: claims.sub, session: claims.sid }, first_use })
}

/// Whether somebody's session goes on: asked of those who came in before and are still there.
///
/// # Errors
/// When the database fails.
pub async fn is_live(tx: &PlatformTx, who: Who) -> Result<bool> {
    let row = Entity::find_by_id(who.session)
        .select_only()
        .column(Column::Id)
        .inner_join(user::Entity)
        .filter(Column::UserId.eq(who.user))
        .filter(Column::RevokedAt.is_null())
        .filter(Column::ExpiresAt.gt(tx.now()))
        .filter(user::Column::IsActive.eq(true));
    Ok(row.into_tuple::<Uuid>().one(tx.conn()).await?.is_some())
}

/// Notes that a pair of tokens is in use: from now on its predecessor is a stolen one.
///
/// # Errors
/// When the database fails.
pub async fn note_use(platform: &Platform, first: FirstUse) -> Result<()> {
    platform
        .write(async |tx| {
            let session = Entity::update_many().filter(Column::Id.eq(first.session));
            session.clone().col_expr(Column::LastUsedAt, Expr::value(tx.now())).exec(tx.conn()).await?;
            let this_pair = session.filter(Column::RefreshHash.starts_with(&first.pair));
            this_pair.col_expr(Column::PairUsed, Expr::value(true)).exec(tx.conn()).await?;
            Ok(())
        })
        .await
}

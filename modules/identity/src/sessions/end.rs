use base::{PlatformTx, Result};
use chrono::TimeDelta;
use sea_orm::{Condition, entity::prelude::*};
use uuid::Uuid;

use crate::row::session::{Column, Entity};

/// Ends one session of a user; `false` when there is none.
pub async fn revoke(tx: &PlatformTx, user: Uuid, session: Uuid) -> Result<bool> {
    Ok(end(tx, live(tx).add(Column::UserId.eq(user)).add(Column::Id.eq(session))).await? == 1)
}

/// Ends all sessions of a user, at once: whoever deactivates somebody calls it too.
///
/// # Errors
/// When the database fails.
pub async fn revoke_sessions(tx: &PlatformTx, user: Uuid) -> Result<()> {
    end(tx, live(tx).add(Column::UserId.eq(user))).await?;
    Ok(())
}

pub async fn revoke_others(tx: &PlatformTx, user: Uuid, but: Uuid) -> Result<()> {
    end(tx, live(tx).add(Column::UserId.eq(user)).add(Column::Id.ne(but))).await?;
    Ok(())
}

pub async fn forget(tx: &PlatformTx) -> Result<u64> {
    let a_day_ago = tx.now() - TimeDelta::days(1);
    let over = Condition::any().add(Column::ExpiresAt.lt(tx.now())).add(Column::RevokedAt.lt(a_day_ago));
    Ok(Entity::delete_many().filter(over).exec(tx.conn()).await?.rows_affected)
}

async fn end(tx: &PlatformTx, which: Condition) -> Result<u64> {
    let ended =
        Entity::update_many().col_expr(Column::RevokedAt, Expr::value(tx.now())).filter(which).exec(tx.conn()).await?;
    Ok(ended.rows_affected)
}

pub fn live(tx: &PlatformTx) -> Condition {
    Condition::all().add(Column::RevokedAt.is_null()).add(Column::ExpiresAt.gt(tx.now()))
}

use base::{Caller, Error, PlatformTx, Result};
use chrono::TimeDelta;
use sea_orm::{ActiveValue::Set, entity::prelude::*};

use super::end::{live, revoke};
use crate::{
    desk::Settings,
    keys::About,
    refresh::{RefreshToken, Verdict, judge, pair},
    row::{
        session::{ActiveModel, Column, Entity, Model},
        user,
    },
    view::{TokenType, Tokens},
};

/// Logs `user` in.
pub async fn begin(tx: &PlatformTx, settings: &Settings, user: user::Model, caller: &Caller) -> Result<Tokens> {
    let refresh = RefreshToken::first();
    let now = tx.now();
    let row = ActiveModel {
        id: Set(tx.id()),
        user_id: Set(user.id),
        family: Set(refresh.family()),
        refresh_hash: Set(refresh.hash()),
        previous_refresh_hash: Set(None),
        rotated_at: Set(None),
        // It has no predecessor that a retry could come with.
        pair_used: Set(true),
        ip: Set(caller.ip.map(|ip| ip.to_string())),
        user_agent: Set(agent(caller)),
        created_at: Set(now),
        last_used_at: Set(now),
        expires_at: Set(now + settings.refresh_token),
        revoked_at: Set(None),
    };
    let session = row.insert(tx.conn()).await?;
    tokens(tx, settings, &session, user, &refresh)
}

/// The next pair of tokens. `None`: this refresh token is not good, and if it was stolen its session has ended; that must
/// be committed.
pub async fn carry_on(
    tx: &PlatformTx,
    settings: &Settings,
    shown: &RefreshToken,
    caller: &Caller,
) -> Result<Option<Tokens>> {
    // A second look is for those who lost the race to rotate.
    for _ in 0..2 {
        let found = Entity::find()
            .filter(Column::Family.eq(shown.family()))
            .find_also_related(user::Entity)
            .one(tx.conn())
            .await?;
        let Some((session, Some(user))) = found.filter(|(_, user)| user.as_ref().is_some_and(|user| user.is_active))
        else {
            return Ok(None);
        };
        match judge(&session, &shown.hash(), tx.now()) {
            Verdict::Over => return Ok(None),
            Verdict::Stolen => {
                tracing::warn!(user = %user.id, session = %session.id, "a used refresh token came back; the session is revoked");
                revoke(tx, session.user_id, session.id).await?;
                return Ok(None);
            }
            Verdict::SayAgain => {
                let again = shown.replaced_by(&session.refresh_hash, &settings.keys);
                return again.map(|again| tokens(tx, settings, &session, user, &again)).transpose();
            }
            Verdict::Rotate => {
                let next = shown.next(&settings.keys).ok_or_else(Error::unavailable)?;
                if rotate(tx, &session, &next, caller).await? {
                    let session = Model { refresh_hash: next.hash(), ..session };
                    return tokens(tx, settings, &session, user, &next).map(Some);
                }
            }
        }
    }
    Ok(None)
}

async fn rotate(tx: &PlatformTx, session: &Model, next: &RefreshToken, caller: &Caller) -> Result<bool> {
    let rotated = Entity::update_many()
        .col_expr(Column::RefreshHash, Expr::value(next.hash()))
        .col_expr(Column::PreviousRefreshHash, Expr::value(session.refresh_hash.clone()))
        .col_expr(Column::RotatedAt, Expr::value(tx.now()))
        .col_expr(Column::PairUsed, Expr::value(false))
        .col_expr(Column::LastUsedAt, Expr::value(tx.now()))
        .col_expr(Column::Ip, Expr::value(caller.ip.map(|ip| ip.to_string())))
        .col_expr(Column::UserAgent, Expr::value(agent(caller)))
        .filter(live(tx).add(Column::Id.eq(session.id)).add(Column::RefreshHash.eq(session.refresh_hash.clone())))
        .exec(tx.conn())
        .await?;
    Ok(rotated.rows_affected == 1)
}

fn tokens(
    tx: &PlatformTx,
    settings: &Settings,
    session: &Model,
    user: user::Model,
    refresh: &RefreshToken,
) -> Result<Tokens> {
    let now = tx.now();
    let until = session.expires_at.min(now + settings.access_token);
    let pair = pair(&session.refresh_hash).to_owned();
    let about = About { user: user.id, session: session.id, id: tx.id(), pair, now, until };
    Ok(Tokens {
        access_token: settings.keys.sign(about)?,
        token_type: TokenType::Bearer,
        expires_in: seconds(until - now),
        refresh_token: refresh.to_text(),
        refresh_expires_in: seconds(session.expires_at - now),
        user: user.into(),
    })
}

fn seconds(life: TimeDelta) -> u64 {
    u64::try_from(life.num_seconds()).unwrap_or(0)
}

fn agent(caller: &Caller) -> Option<String> {
    let printable = |agent: &String| agent.chars().filter(|c| !c.is_control()).take(512).collect();
    caller.user_agent.as_ref().map(printable)
}

//! `Idempotency-Key`: the same request with the same key has one effect and one answer, kept with the effect.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use poem::{
    IntoResponse,
    http::{HeaderMap, StatusCode},
};
use sea_orm::{ActiveValue::Set, DatabaseTransaction, entity::prelude::*, sea_query::OnConflict};
use sha2::{Digest, Sha256};

use crate::{
    error::{Error, Result},
    tx::Tx,
};

/// What a client sent to be done once: the key, where to, and a fingerprint of the body.
#[derive(Clone, Debug)]
pub struct Once {
    pub key: String,
    pub method: String,
    pub path: String,
    pub fingerprint: String,
}

impl Once {
    /// Keys of different people, organisations and routes never meet.
    pub(crate) fn scope(&self, org: Option<Uuid>, user: Option<Uuid>) -> String {
        let scope = format!("{org:?}\n{user:?}\n{} {}\n{}", self.method, self.path, self.key);
        hex::encode(Sha256::digest(scope.as_bytes()))
    }
}

/// An answer that can be kept and given again, byte for byte.
pub trait Answer: IntoResponse + Clone {}

impl<T: IntoResponse + Clone> Answer for T {}

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency_key")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub scope: String,
    /// `None` for what a person did in no organisation.
    pub org_id: Option<Uuid>,
    pub method: String,
    pub route: String,
    pub fingerprint: String,
    pub status: Option<i32>,
    pub headers: Option<Json>,
    pub body: Option<Vec<u8>>,
    pub created_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Does `work` once when the actor's request has a key: the key and the answer are kept with what it wrote.
pub(crate) async fn once<T: Answer>(tx: &Tx, work: impl AsyncFnOnce(&Tx) -> Result<T>) -> Result<T> {
    let Some(once) = tx.actor().request().once.clone() else {
        return work(tx).await;
    };
    let org = Some(tx.actor().org());
    let scope = once.scope(org, tx.actor().user());
    claim(tx.conn(), org, &scope, &once, tx.now()).await?;
    let answer = work(tx).await?;
    keep(tx.conn(), &scope, &answer).await?;
    Ok(answer)
}

/// Takes the key, or answers as it was answered before. A second request waits for the first one's transaction to end.
pub(crate) async fn claim(
    conn: &DatabaseTransaction,
    org: Option<Uuid>,
    scope: &str,
    once: &Once,
    now: DateTime<Utc>,
) -> Result<()> {
    let row = ActiveModel {
        scope: Set(scope.to_owned()),
        org_id: Set(org),
        method: Set(once.method.clone()),
        route: Set(once.path.chars().take(255).collect()),
        fingerprint: Set(once.fingerprint.clone()),
        status: Set(None),
        headers: Set(None),
        body: Set(None),
        created_at: Set(now),
    };
    let untouched = OnConflict::column(Column::Scope).do_nothing().to_owned();
    let inserted = Entity::insert(row).on_conflict(untouched).exec_without_returning(conn).await?;
    if inserted == 1 {
        return Ok(());
    }
    let kept = Entity::find_by_id(scope).one(conn).await?.ok_or_else(Error::unavailable)?;
    if kept.fingerprint != once.fingerprint {
        return Err(Error::unprocessable("idempotency_key_reused", "This Idempotency-Key was used with another body."));
    }
    match (kept.status, kept.headers, kept.body) {
        (Some(status), Some(headers), Some(body)) => {
            let headers: HashMap<String, String> = serde_json::from_value(headers).map_err(Error::internal)?;
            let status =
                u16::try_from(status).ok().and_then(|status| StatusCode::from_u16(status).ok()).unwrap_or_default();
            Err(Error::replay(status, HeaderMap::try_from(&headers).map_err(Error::internal)?, body))
        }
        _ => Err(Error::conflict("under_way", "A request with this Idempotency-Key is under way.")),
    }
}

pub(crate) async fn keep(conn: &DatabaseTransaction, scope: &str, answer: &impl Answer) -> Result<()> {
    let (parts, body) = answer.clone().into_response().into_parts();
    let body = body.into_vec().await.map_err(Error::internal)?;
    Entity::update_many()
        .col_expr(Column::Status, Expr::value(i32::from(parts.status.as_u16())))
        .col_expr(Column::Headers, Expr::value(serde_json::to_value(texts(&parts.headers)).map_err(Error::internal)?))
        .col_expr(Column::Body, Expr::value(body))
        .filter(Column::Scope.eq(scope))
        .exec(conn)
        .await?;
    Ok(())
}

/// Forgets what was kept before `before`: keys live for 24 hours.
pub async fn forget(conn: &DatabaseTransaction, before: DateTime<Utc>) -> Result<u64> {
    Ok(Entity::delete_many().filter(Column::CreatedAt.lt(before)).exec(conn).await?.rows_affected)
}

fn texts(headers: &HeaderMap) -> HashMap<String, String> {
    let text = |value: &poem::http::HeaderValue| value.to_str().map(str::to_owned).ok();
    headers.iter().filter_map(|(name, value)| Some((name.to_string(), text(value)?))).collect()
}

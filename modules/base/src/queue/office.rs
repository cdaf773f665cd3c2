//! An organisation's own jobs, for its administrators: functions of [`Tx`], so each sees one organisation. What a job was
//! told is never read here; there may be secrets in it.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use sea_orm::{
    EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, Select, UpdateMany, entity::prelude::*,
    sea_query::ExprTrait,
};
use uuid::Uuid;

use super::{
    announce,
    task::{Column, Entity, State},
};
use crate::{
    actor::Scope,
    change::Fields,
    error::{Error, Result},
    list::COUNTED,
    tx::Tx,
};

/// The object in grants, and the kind in the change log.
const JOB: &str = "job";

/// A job without what it was told.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Posted {
    pub id: Uuid,
    pub kind: String,
    pub state: State,
    pub attempt: i32,
    pub max_attempts: i32,
    pub scheduled_at: DateTime<Utc>,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// Why it did not work the last time, or was given up.
    pub error_message: Option<String>,
    pub user_id: Option<Uuid>,
}

/// Which jobs are asked for. Empty lists are no filter.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    pub states: Vec<State>,
    pub kinds: Vec<String>,
    /// Rows of the page, 1 to 200.
    pub limit: u64,
    pub cursor: Option<String>,
}

/// One page of jobs, newest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posts {
    pub rows: Vec<Posted>,
    pub next: Option<String>,
    /// Counted up to one more than [`COUNTED`].
    pub count: u64,
}

/// The organisation's jobs, by a grant of `job.view` for all of it.
///
/// # Errors
/// 403 without the grant; 400 for a cursor that is not one.
pub async fn list(tx: &Tx, wanted: &Wanted) -> Result<Posts> {
    permit(tx, "view")?;
    let mut found = Entity::find().filter(Column::OrgId.eq(tx.actor().org()));
    if !wanted.states.is_empty() {
        found = found.filter(Column::State.is_in(wanted.states.iter().copied()));
    }
    if !wanted.kinds.is_empty() {
        found = found.filter(Column::Kind.is_in(wanted.kinds.iter().map(String::as_str)));
    }
    let mut one = found.clone().select_only().column(Column::Id).limit(COUNTED + 1);
    let count = crate::find::count(tx, sea_orm::QueryTrait::query(&mut one).to_owned()).await?;
    if let Some(cursor) = &wanted.cursor {
        let (at, id) = behind(cursor)
            .ok_or_else(|| Error::bad_request("invalid_parameter", "`cursor` is not one of this list."))?;
        let same = Column::CreatedAt.eq(at).and(Column::Id.lt(id));
        found = found.filter(Column::CreatedAt.lte(at)).filter(Column::CreatedAt.lt(at).or(same));
    }
    let page = found.order_by_desc(Column::CreatedAt).order_by_desc(Column::Id).limit(wanted.limit + 1);
    let mut rows = without_payload(page).into_model::<Posted>().all(tx.conn()).await?;
    let limit = usize::try_from(wanted.limit).unwrap_or(usize::MAX);
    let more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| more).map(cursor);
    Ok(Posts { rows, next, count })
}

/// A failed job gets all its attempts again, at once.
///
/// # Errors
/// 403 without a grant of `job.change`; 404 for a job of another organisation; 409 for one that has not failed.
pub async fn retry(tx: &Tx, id: Uuid) -> Result<Posted> {
    permit(tx, "change")?;
    let update = fenced(tx, id, &[State::Failed])
        .col_expr(Column::State, Expr::value(State::New.to_value()))
        .col_expr(Column::Attempt, Expr::value(0))
        .col_expr(Column::Retries, Expr::value(0))
        .col_expr(Column::ErrorMessage, Expr::value(None::<String>))
        .col_expr(Column::ScheduledAt, Expr::value(tx.now()));
    let job = changed(tx, id, update, "not_failed", "Only a failed job can be tried again.").await?;
    tx.log_on(JOB, id, "retried", Fields::none()).await?;
    announce(tx.conn()).await?;
    Ok(job)
}

/// A job that waits is given up. What is under way is not stopped half-way.
///
/// # Errors
/// 403 without a grant of `job.change`; 404 for a job of another organisation; 409 for one that does not wait.
pub async fn cancel(tx: &Tx, id: Uuid) -> Result<Posted> {
    permit(tx, "change")?;
    let update = fenced(tx, id, &[State::New, State::Retried])
        .col_expr(Column::State, Expr::value(State::Failed.to_value()))
        .col_expr(Column::ErrorMessage, Expr::value("cancelled"));
    let job = changed(tx, id, update, "not_waiting", "Only a job that waits can be cancelled.").await?;
    tx.log_on(JOB, id, "cancelled", Fields::none()).await?;
    Ok(job)
}

fn permit(tx: &Tx, verb: &str) -> Result<()> {
    match tx.actor().reach(JOB, verb) {
        Some(Scope::Org) => Ok(()),
        _ => Err(Error::forbidden()),
    }
}

async fn changed(tx: &Tx, id: Uuid, update: UpdateMany<Entity>, code: &str, why: &str) -> Result<Posted> {
    let changed = update.col_expr(Column::UpdatedAt, Expr::value(tx.now())).exec(tx.conn()).await?.rows_affected == 1;
    let job = Entity::find_by_id(id).filter(Column::OrgId.eq(tx.actor().org()));
    let job = without_payload(job).into_model::<Posted>().one(tx.conn()).await?.ok_or_else(Error::not_found)?;
    if changed { Ok(job) } else { Err(Error::conflict(code, why)) }
}

fn fenced(tx: &Tx, id: Uuid, states: &[State]) -> UpdateMany<Entity> {
    Entity::update_many()
        .filter(Column::Id.eq(id))
        .filter(Column::OrgId.eq(tx.actor().org()))
        .filter(Column::State.is_in(states.iter().copied()))
}

fn without_payload(select: Select<Entity>) -> Select<Entity> {
    let columns = [
        Column::Id,
        Column::Kind,
        Column::State,
        Column::Attempt,
        Column::MaxAttempts,
        Column::ScheduledAt,
        Column::CreatedAt,
        Column::UpdatedAt,
        Column::ErrorMessage,
        Column::UserId,
    ];
    select.select_only().columns(columns)
}

fn cursor(last: &Posted) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(format!("{} {}", last.created_at.timestamp_micros(), last.id))
}

fn behind(cursor: &str) -> Option<(DateTime<Utc>, Uuid)> {
    let text = String::from_utf8(BASE64_URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
    let (at, id) = text.split_once(' ')?;
    Some((DateTime::from_timestamp_micros(at.parse().ok()?)?, Uuid::parse_str(id).ok()?))
}

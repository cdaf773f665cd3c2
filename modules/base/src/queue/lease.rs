//! What becomes of a claimed job. Every statement names the claim's token: a worker that lost its lease changes nothing.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{DatabaseTransaction, EntityTrait, QueryFilter, UpdateMany, entity::prelude::*};
use uuid::Uuid;

use super::{Queue, announce, calendar, claim::LEASE, task};
use crate::error::Result;

/// The longest wait between two attempts.
const LONGEST_WAIT: TimeDelta = TimeDelta::hours(1);
/// The longest reason that is kept, in characters.
const REASON: usize = 2_000;

/// How a claimed job ended, this time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    Finished,
    /// Again after this wait, with the reason.
    Again(TimeDelta, String),
    /// Put off until then; this time does not count.
    Later(DateTime<Utc>),
    /// It never worked, with a reason that a person understands: something is wrong with this server or with the job.
    Failed(String),
    /// It cannot work, through no fault of this server, such as a mailbox that is not there. Kept as one that failed.
    GivenUp(String),
}

impl Queue {
    /// Renews the lease. `false`: it was lost, and what the worker is doing is somebody else's work now.
    ///
    /// # Errors
    /// 503 when the database does not answer.
    pub async fn heartbeat(&self, claim: &task::Model) -> Result<bool> {
        let until = self.now() + LEASE;
        self.write(async |conn| {
            let renewed = held(claim).col_expr(task::Column::LeaseUntil, Expr::value(until)).exec(conn).await?;
            Ok(renewed.rows_affected == 1)
        })
        .await
    }

    /// Ends a claim, and puts a job that comes round again into the calendar in the same transaction.
    /// `false`: the lease was lost, and nothing was changed.
    ///
    /// # Errors
    /// 503 when the database does not answer.
    pub async fn end(&self, claim: &task::Model, end: End) -> Result<bool> {
        self.write(async |conn| end_on(conn, held(claim), claim, self.now(), self.platform.clock().id(), &end).await)
            .await
    }

    /// Gives claims back unworked: the attempt is not counted, and they are first in line again.
    ///
    /// # Errors
    /// 503 when the database does not answer.
    pub async fn release(&self, claims: &[task::Model]) -> Result<()> {
        if claims.is_empty() {
            return Ok(());
        }
        let now = self.now();
        self.write(async |conn| {
            for claim in claims {
                let state = if claim.attempt > 1 { task::State::Retried } else { task::State::New };
                unleased(held(claim), state, now)
                    .col_expr(task::Column::Attempt, Expr::value(claim.attempt - 1))
                    .exec(conn)
                    .await?;
            }
            announce(conn).await
        })
        .await
    }
}

pub(super) async fn end_on(
    conn: &DatabaseTransaction,
    held: UpdateMany<task::Entity>,
    claim: &task::Model,
    now: DateTime<Utc>,
    next: Uuid,
    end: &End,
) -> Result<bool> {
    let update = match end {
        // What it was to do may hold a secret link; nobody needs it any more.
        End::Finished => unleased(held, task::State::Finished, now)
            .col_expr(task::Column::Metadata, Expr::value(serde_json::json!({}))),
        End::Again(wait, reason) => unleased(held, task::State::Retried, now)
            .col_expr(task::Column::ScheduledAt, Expr::value(now + *wait))
            .col_expr(task::Column::Retries, Expr::value(claim.attempt))
            .col_expr(task::Column::ErrorMessage, Expr::value(shortened(reason))),
        End::Later(at) => unleased(held, task::State::Retried, now)
            .col_expr(task::Column::ScheduledAt, Expr::value(*at))
            .col_expr(task::Column::Attempt, Expr::value(claim.attempt - 1)),
        End::Failed(reason) | End::GivenUp(reason) => unleased(held, task::State::Failed, now)
            .col_expr(task::Column::ErrorMessage, Expr::value(shortened(reason))),
    };
    if update.exec(conn).await?.rows_affected == 0 {
        return Ok(false);
    }
    if !matches!(end, End::Again(..) | End::Later(..)) {
        calendar::next_round(conn, claim, now, next).await?;
    }
    Ok(true)
}

/// How long to wait after `attempt` failed ones: `seconds` spread by a quarter up and down, so that what failed together
/// does not come back together. No randomness: the spread is in the job's id, and a test can know it.
pub(super) fn wait(id: Uuid, attempt: i32, seconds: u32) -> TimeDelta {
    let mixed = id
        .as_u128()
        .wrapping_add(attempt.unsigned_abs().into())
        .wrapping_mul(0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835);
    let percent = 75 + i64::try_from((mixed >> 96) % 51).unwrap_or_default();
    (TimeDelta::milliseconds(i64::from(seconds) * 10 * percent)).min(LONGEST_WAIT)
}

fn held(claim: &task::Model) -> UpdateMany<task::Entity> {
    // A claim without a token holds nothing: no column equals NULL.
    task::Entity::update_many()
        .filter(task::Column::Id.eq(claim.id))
        .filter(task::Column::State.eq(task::State::InProgress))
        .filter(task::Column::LeaseToken.eq(claim.lease_token))
}

fn unleased(update: UpdateMany<task::Entity>, state: task::State, now: DateTime<Utc>) -> UpdateMany<task::Entity> {
    update
        .col_expr(task::Column::State, Expr::value(state.to_value()))
        .col_expr(task::Column::UpdatedAt, Expr::value(now))
        .col_expr(task::Column::LeaseUntil, Expr::value(None::<DateTime<Utc>>))
        .col_expr(task::Column::LeaseToken, Expr::value(None::<Uuid>))
}

fn shortened(reason: &str) -> String {
    // PostgreSQL keeps no NUL.
    reason.chars().filter(|c| *c != '\0').take(REASON).collect()
}

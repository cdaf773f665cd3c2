//! Jobs that come round again. The next occurrence is a row of the queue, one at most (`uniq_hash`), so each tick runs once
//! however many processes there are; ticks that nobody was there for run once, late.

use std::str::FromStr;

use chrono::{DateTime, Utc};
use cron::Schedule;
use fang::AsyncRunnable;
use sea_orm::{ActiveValue::Set, DatabaseTransaction, QueryFilter, entity::prelude::*, sea_query::OnConflict};
use serde_json::Value;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{Errand, Queue, announce, task};
use crate::{
    error::{Error, Result},
    job::Job,
};

impl Queue {
    /// Puts jobs that come round into the calendar, unless they are there. Called at start, by every process.
    ///
    /// # Errors
    /// 500 for a job that does not come round or whose cron line is wrong; 503 when the database does not answer.
    pub async fn ensure_scheduled(&self, jobs: Vec<Box<dyn Job>>) -> Result<()> {
        for job in jobs {
            let Some(line) = job.every() else {
                return Err(Error::internal(format!("the job {} does not come round", job.kind())));
            };
            let now = self.now();
            let at = occurrence(line, now)?;
            let row = row(job, self.platform.clock().id(), now, at)?;
            self.write(async |conn| {
                if insert(conn, row.clone()).await? {
                    return announce(conn).await;
                }
                sooner(conn, row.uniq_hash.try_as_ref().cloned().flatten(), at).await
            })
            .await?;
        }
        Ok(())
    }
}

/// Inserts what follows a run of a job that comes round.
pub(super) async fn next_round(
    conn: &DatabaseTransaction,
    ended: &task::Model,
    now: DateTime<Utc>,
    id: Uuid,
) -> Result<()> {
    let Some(errand) = ended.uniq_hash.as_ref().and_then(|_| Errand::read(&ended.metadata)) else {
        return Ok(());
    };
    let Some(line) = errand.job().every() else {
        return Ok(());
    };
    // A clock that was put back does not bring a tick twice.
    let at = occurrence(line, now.max(ended.scheduled_at))?;
    insert(conn, row(errand.into_job(), id, now, at)?).await?;
    Ok(())
}

/// The first tick of a cron line of seven fields, from seconds to years, in UTC.
pub(super) fn occurrence(line: &str, after: DateTime<Utc>) -> Result<DateTime<Utc>> {
    let schedule = Schedule::from_str(line).map_err(Error::internal)?;
    schedule.after(&after).next().ok_or_else(|| Error::internal(format!("`{line}` never comes round again")))
}

/// What makes two tasks the same one.
pub(super) fn uniq_hash(kind: &str, metadata: &Value) -> String {
    let digest = Sha256::digest(format!("{kind}\n{metadata}").as_bytes());
    digest.iter().fold(String::with_capacity(64), |hex, byte| hex + &format!("{byte:02x}"))
}

/// Inserts a row unless there is one like it. Whether it did.
pub(super) async fn insert(conn: &DatabaseTransaction, row: task::ActiveModel) -> Result<bool> {
    let unless_there = OnConflict::new().do_nothing().to_owned();
    Ok(task::Entity::insert(row).on_conflict(unless_there).exec_without_returning(conn).await? == 1)
}

fn row(job: Box<dyn Job>, id: Uuid, now: DateTime<Utc>, at: DateTime<Utc>) -> Result<task::ActiveModel> {
    let kind = job.kind();
    let errand = Errand::of(job);
    let metadata = errand.to_json().map_err(Error::internal)?;
    Ok(task::ActiveModel {
        uniq_hash: Set(Some(uniq_hash(kind, &metadata))),
        ..task::new(id, kind, metadata, now, at, errand.job().priority(), errand.max_retries())
    })
}

/// A newer version of the program may have a job come round more often than the row that the older one left.
async fn sooner(conn: &DatabaseTransaction, uniq_hash: Option<String>, at: DateTime<Utc>) -> Result<()> {
    task::Entity::update_many()
        .col_expr(task::Column::ScheduledAt, Expr::value(at))
        .filter(task::Column::UniqHash.eq(uniq_hash))
        .filter(task::Column::State.eq(task::State::New))
        .filter(task::Column::ScheduledAt.gt(at))
        .exec(conn)
        .await?;
    Ok(())
}

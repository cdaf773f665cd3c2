//! The queue: fang's tasks in our own database, behind our own claim.
//!
//! fang 0.11's worker pool was measured to let two workers take one job, to lose a worker at an error, and to leave a dead
//! worker's job for ever; so its table, its runnable and its cron stay, and claiming, leases and retries are here.

pub mod task;
mod errand;
mod claim;
mod lease;
mod calendar;
mod run;
mod bell;
mod forget;
mod fangs;
pub mod office;
#[cfg(test)]
mod tests;

use std::sync::{Arc, Mutex};

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, EntityTrait, sea_query::OnConflict,
};
use uuid::Uuid;

pub use bell::Bell;
pub use claim::{Depth, LEASE};
pub use errand::Errand;
pub use forget::{ForgetFinishedJobs, ForgetIdempotencyKeys};
pub use lease::End;
pub use run::Actors;

use crate::{
    db::context,
    error::{Error, Result},
    job::Job,
    platform::Platform,
};

/// Where PostgreSQL says that there is work.
const CHANNEL: &str = "jobs";

/// The queue as a worker sees it: the jobs of all organisations. Clones share one worker's view.
#[derive(Clone)]
pub struct Queue {
    platform: Platform,
    round: Arc<Mutex<claim::Round>>,
}

impl Queue {
    #[must_use]
    pub fn new(platform: Platform) -> Self {
        Self { platform, round: Arc::default() }
    }

    fn now(&self) -> DateTime<Utc> {
        self.platform.clock().now()
    }

    fn is_postgres(&self) -> bool {
        self.platform.db().is_postgres()
    }

    /// A transaction that wakes nobody: a worker that woke itself at each claim would never rest.
    async fn write<T>(&self, work: impl AsyncFnOnce(&DatabaseTransaction) -> Result<T>) -> Result<T> {
        let conn = self.platform.db().begin_write(&context(None, true)).await?;
        let answer = work(&conn).await?;
        let conn = Arc::into_inner(conn).ok_or_else(|| Error::internal("a transaction outlived its work"))?;
        conn.commit().await?;
        Ok(answer)
    }
}

/// Enqueues for [`Tx`](crate::Tx) and [`PlatformTx`](crate::PlatformTx), which alone can be trusted with the transaction.
pub(crate) async fn enqueue(
    conn: &DatabaseTransaction,
    now: DateTime<Utc>,
    id: Uuid,
    org: Option<Uuid>,
    user: Option<Uuid>,
    job: Box<dyn Job>,
) -> Result<()> {
    enqueue_at(conn, now, now, id, (org, user), job).await
}

/// The same for a job that waits until `at`; the second of one id is left out. `whose` is the organisation and the user in whose name it is done.
pub(crate) async fn enqueue_at(
    conn: &DatabaseTransaction,
    now: DateTime<Utc>,
    at: DateTime<Utc>,
    id: Uuid,
    (org, user): (Option<Uuid>, Option<Uuid>),
    job: Box<dyn Job>,
) -> Result<()> {
    let (kind, priority, most_attempts) = (job.kind(), job.priority(), job.most_attempts());
    let metadata = Errand::of(job).to_json().map_err(Error::internal)?;
    let row = task::ActiveModel {
        org_id: Set(org),
        user_id: Set(user),
        ..task::new(id, kind, metadata, now, at, priority, most_attempts)
    };
    let once = OnConflict::column(task::Column::Id).do_nothing().to_owned();
    match task::Entity::insert(row).on_conflict(once).exec_without_returning(conn).await {
        Ok(_) | Err(DbErr::RecordNotInserted) => announce(conn).await,
        Err(error) => Err(error.into()),
    }
}

/// Heard at commit by the workers of every process.
async fn announce(conn: &DatabaseTransaction) -> Result<()> {
    if conn.get_database_backend() == DbBackend::Postgres {
        conn.execute_unprepared(&format!("NOTIFY {CHANNEL}")).await?;
    }
    Ok(())
}

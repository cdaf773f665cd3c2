//! Who gets which job.

use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{DbBackend, EntityTrait, FromQueryResult, Statement, Value};
use uuid::Uuid;

use super::{Queue, task};
use crate::{db::context, error::Result};

/// How long a worker holds a job without a sign of life.
pub const LEASE: TimeDelta = TimeDelta::seconds(60);
/// How often the oldest job of every organisation gets its turn before the second of any.
const ROUND: TimeDelta = TimeDelta::seconds(1);

/// Where the round of the organisations stands, in this process.
#[derive(Default)]
pub(super) struct Round {
    last: Option<DateTime<Utc>>,
    org: Uuid,
}

/// How much waits, and since when.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Depth {
    /// Jobs whose time has come and that nobody works on.
    pub ready: i64,
    /// How long the first of them has waited.
    pub oldest_age_seconds: i64,
}

#[derive(FromQueryResult)]
struct Waiting {
    ready: i64,
    oldest: Option<DateTime<Utc>>,
}

/// The next jobs by priority and age: the start of an index, however long the queue is.
const NEXT: &str = "SELECT id FROM fang_tasks \
    WHERE state IN ('new', 'retried') AND scheduled_at <= $1 \
    ORDER BY priority DESC, scheduled_at, id LIMIT $4";

/// One job for each organisation in turn, beginning behind $5, where jobs under way count as turns; and jobs whose worker
/// died. It reads all that wait, so it is asked once a second and not at each claim.
const ROUND_OF_ALL: &str = "SELECT line.id FROM (\
        SELECT id, org_id, state, lease_until, row_number() OVER (\
            PARTITION BY org_id \
            ORDER BY CASE WHEN state = 'in_progress' AND lease_until >= $1 THEN 0 ELSE 1 END, \
                priority DESC, scheduled_at, id\
        ) AS turn \
        FROM fang_tasks \
        WHERE (state IN ('new', 'retried') AND scheduled_at <= $1) OR state = 'in_progress'\
    ) line \
    WHERE line.state <> 'in_progress' OR line.lease_until < $1 \
    ORDER BY line.turn, CASE WHEN coalesce(line.org_id, $6) > $5 THEN 0 ELSE 1 END, coalesce(line.org_id, $6) LIMIT $4";

/// What can be claimed, asked again of the row itself: PostgreSQL takes no lock on a row that was numbered.
const FREE: &str =
    "((state IN ('new', 'retried') AND scheduled_at <= $1) OR (state = 'in_progress' AND lease_until < $1))";

const TAKE: &str = "UPDATE fang_tasks \
    SET state = 'in_progress', attempt = attempt + 1, lease_until = $2, lease_token = $3, updated_at = $1 WHERE id";

impl Queue {
    /// Takes up to `most` jobs: nobody else gets them while their lease is renewed. A job whose worker died is among them,
    /// at most a second after its lease ended.
    ///
    /// # Errors
    /// 503 when the database does not answer.
    pub async fn claim(&self, most: usize) -> Result<Vec<task::Model>> {
        let now = self.now();
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        if most == 0 || (!self.is_postgres() && !self.is_waiting(now).await?) {
            // SQLite has one writer: whoever finds nothing to do must not stand in its way.
            return Ok(Vec::new());
        }
        let mut claimed = match self.round_is_due(now) {
            Some(behind) => self.take_round(now, most, behind).await?,
            None => Vec::new(),
        };
        let left = most - i64::try_from(claimed.len()).unwrap_or(most);
        if left > 0 {
            claimed.extend(self.take(NEXT, self.lease(now, left)).await?);
        }
        claimed.sort_by_key(|task| (std::cmp::Reverse(task.priority), task.scheduled_at, task.id));
        Ok(claimed)
    }

    /// Takes one job of a type of fang's, which is `common` for all of ours.
    pub(super) async fn claim_of_type(&self, task_type: &str) -> Result<Option<task::Model>> {
        let select = NEXT.replace("WHERE", "WHERE task_type = $5 AND");
        let mut values = self.lease(self.now(), 1);
        values.push(task_type.into());
        Ok(self.take(&select, values).await?.pop())
    }

    /// How much waits.
    ///
    /// # Errors
    /// 503 when the database does not answer.
    pub async fn depth(&self) -> Result<Depth> {
        let now = self.now();
        let sql = "SELECT count(*) AS ready, min(scheduled_at) AS oldest FROM fang_tasks \
            WHERE state IN ('new', 'retried') AND scheduled_at <= $1";
        let conn = self.platform.db().begin_read(&context(None, true)).await?;
        let waiting = Waiting::find_by_statement(self.statement(sql, vec![now.into()])).one(&*conn).await?;
        let Some(Waiting { ready, oldest: Some(oldest) }) = waiting else {
            return Ok(Depth::default());
        };
        Ok(Depth { ready, oldest_age_seconds: (now - oldest).num_seconds() })
    }

    async fn take_round(&self, now: DateTime<Utc>, most: i64, behind: Uuid) -> Result<Vec<task::Model>> {
        let mut values = self.lease(now, most);
        values.extend([behind.into(), Uuid::nil().into()]);
        let within = self.within(ROUND_OF_ALL);
        let claimed = self.take(&format!("SELECT id FROM fang_tasks WHERE id {within} AND {FREE}"), values).await?;
        let served = claimed.iter().map(|task| task.org_id.unwrap_or_default());
        if let Some(org) = served.max_by_key(|org| (*org <= behind, *org)) {
            lock(&self.round).org = org;
        }
        Ok(claimed)
    }

    /// One statement: whoever reads a row has it.
    async fn take(&self, select: &str, values: Vec<Value>) -> Result<Vec<task::Model>> {
        let lock = if self.is_postgres() { " FOR UPDATE SKIP LOCKED" } else { "" };
        let within = self.within(&format!("{select}{lock}"));
        let statement = self.statement(&format!("{TAKE} {within} RETURNING *"), values);
        self.write(async |conn| Ok(task::Entity::find().from_raw_sql(statement).all(conn).await?)).await
    }

    /// As an array it is asked once; PostgreSQL may ask a plain `IN` again for each row, and then takes too many.
    fn within(&self, select: &str) -> String {
        if self.is_postgres() { format!("= ANY (ARRAY({select}))") } else { format!("IN ({select})") }
    }

    /// The parameters $1 to $4 of each claim.
    fn lease(&self, now: DateTime<Utc>, most: i64) -> Vec<Value> {
        vec![now.into(), (now + LEASE).into(), self.platform.clock().id().into(), most.into()]
    }

    async fn is_waiting(&self, now: DateTime<Utc>) -> Result<bool> {
        let sql = "SELECT 1 WHERE EXISTS (\
                SELECT 1 FROM fang_tasks WHERE state IN ('new', 'retried') AND scheduled_at <= $1\
            ) OR EXISTS (SELECT 1 FROM fang_tasks WHERE state = 'in_progress' AND lease_until < $1)";
        let conn = self.platform.db().begin_read(&context(None, true)).await?;
        let found = sea_orm::ConnectionTrait::query_one_raw(&*conn, self.statement(sql, vec![now.into()])).await?;
        Ok(found.is_some())
    }

    fn round_is_due(&self, now: DateTime<Utc>) -> Option<Uuid> {
        let mut round = lock(&self.round);
        let due = round.last.is_none_or(|last| now >= last + ROUND || now < last);
        due.then(|| {
            round.last = Some(now);
            round.org
        })
    }

    pub(super) fn statement(&self, sql: &str, values: Vec<Value>) -> Statement {
        let engine = if self.is_postgres() { DbBackend::Postgres } else { DbBackend::Sqlite };
        Statement::from_sql_and_values(engine, sql, values)
    }
}

fn lock(round: &Mutex<Round>) -> std::sync::MutexGuard<'_, Round> {
    round.lock().unwrap_or_else(PoisonError::into_inner)
}

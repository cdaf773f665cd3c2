//! The log behind a position, as far as it is settled.

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement, Value};
use serde_json::Value as Json;
use uuid::Uuid;

use super::Position;
use crate::{
    error::{Error, Result},
    tx::Tx,
};

/// An entry of the log for whoever watches it.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    pub position: Position,
    pub at: DateTime<Utc>,
    pub record_kind: String,
    pub record_id: Uuid,
    pub verb: String,
    /// To whom it was assigned before, members and teams, if that changed.
    pub was_assigned: Vec<Uuid>,
}

/// What follows a position.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settled {
    pub changes: Vec<Change>,
    /// There is more that can be read at once.
    pub more: bool,
    /// There is more, and it cannot be read before other transactions have ended: look again soon.
    pub waits: bool,
}

/// An entry of a transaction whose id is not below all that still run has others before it that nobody sees yet. One whose id
/// is above all that ever ran was restored from another server's backup, and is history.
const ON_POSTGRES: &str = "SELECT seq, txid, at, record_kind, record_id, verb, \
        fields -> 'assigned_to' -> 0 AS members, fields -> 'teams' -> 0 AS teams, \
        txid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS settled \
    FROM change \
    WHERE org_id = $1 AND (txid, seq) > ($2, $3) AND txid < pg_snapshot_xmax(pg_current_snapshot())::text::bigint \
    ORDER BY txid, seq LIMIT $4";

const ON_SQLITE: &str = "SELECT seq, txid, at, record_kind, record_id, verb, \
        json_extract(fields, '$.assigned_to[0]') AS members, json_extract(fields, '$.teams[0]') AS teams, \
        1 = 1 AS settled \
    FROM change \
    WHERE org_id = $1 AND (txid, seq) > ($2, $3) \
    ORDER BY txid, seq LIMIT $4";

/// Behind everything that is settled, and the first transaction id that was never given.
const END_ON_POSTGRES: &str = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1 AS txid, \
    9223372036854775807 AS seq, pg_snapshot_xmax(pg_current_snapshot())::text::bigint AS beyond";

const END_ON_SQLITE: &str = "SELECT 0 AS txid, coalesce(max(seq), 0) AS seq, 1 AS beyond FROM change";

impl Tx {
    /// What follows `after`, at most `most` entries.
    pub async fn settled(&self, after: Position, most: u64) -> Result<Settled> {
        let limit = i64::try_from(most).unwrap_or(i64::MAX);
        let values: [Value; 4] = [self.actor().org().into(), after.txid.into(), after.seq.into(), limit.into()];
        let sql = if self.is_postgres() { ON_POSTGRES } else { ON_SQLITE };
        let rows = self.conn().query_all_raw(self.statement(sql, values)).await?;
        let more = rows.len() >= usize::try_from(most).unwrap_or(usize::MAX);
        let mut settled = Settled { more, ..Settled::default() };
        for row in &rows {
            if !row.try_get::<bool>("", "settled")? {
                (settled.more, settled.waits) = (false, true);
                break;
            }
            settled.changes.push(change(row)?);
        }
        Ok(settled)
    }

    /// The position behind all that is settled: whoever begins there is told of everything that they do not see now, and
    /// perhaps of a little that they do.
    pub async fn end_of_log(&self) -> Result<Position> {
        Ok(self.end().await?.0)
    }

    /// Whether a position is one of this log at all.
    pub async fn knows(&self, position: Position) -> Result<bool> {
        let (end, beyond) = self.end().await?;
        Ok(if self.is_postgres() { position.txid < beyond } else { position <= end })
    }

    /// Whether more than `most` entries follow.
    pub async fn is_far(&self, after: Position, most: u64) -> Result<bool> {
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let sql =
            "SELECT 1 FROM change WHERE org_id = $1 AND (txid, seq) > ($2, $3) ORDER BY txid, seq LIMIT 1 OFFSET $4";
        let values: [Value; 4] = [self.actor().org().into(), after.txid.into(), after.seq.into(), most.into()];
        Ok(self.conn().query_one_raw(self.statement(sql, values)).await?.is_some())
    }

    async fn end(&self) -> Result<(Position, i64)> {
        let sql = if self.is_postgres() { END_ON_POSTGRES } else { END_ON_SQLITE };
        let row = self.conn().query_one_raw(self.statement(sql, [])).await?;
        let row = row.ok_or_else(|| Error::internal("a log without an end"))?;
        Ok((Position { txid: row.try_get("", "txid")?, seq: row.try_get("", "seq")? }, row.try_get("", "beyond")?))
    }

    fn statement(&self, sql: &str, values: impl IntoIterator<Item = Value>) -> Statement {
        let engine = if self.is_postgres() { DbBackend::Postgres } else { DbBackend::Sqlite };
        Statement::from_sql_and_values(engine, sql, values)
    }
}

fn change(row: &QueryResult) -> Result<Change> {
    let mut was_assigned = Vec::new();
    for column in ["members", "teams"] {
        let ids = row.try_get::<Option<Json>>("", column)?;
        let ids = ids.as_ref().and_then(Json::as_array).into_iter().flatten();
        was_assigned.extend(ids.filter_map(|id| id.as_str()?.parse::<Uuid>().ok()));
    }
    Ok(Change {
        position: Position { txid: row.try_get("", "txid")?, seq: row.try_get("", "seq")? },
        at: row.try_get("", "at")?,
        record_kind: row.try_get("", "record_kind")?,
        record_id: row.try_get("", "record_id")?,
        verb: row.try_get("", "verb")?,
        was_assigned,
    })
}

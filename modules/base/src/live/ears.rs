//! How a process hears that the log has grown: one listener for all its watchers, begun with the first of them.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use sea_orm::{ConnectionTrait, DbBackend, Statement, sqlx::postgres::PgListener};
use tokio::{
    sync::watch,
    task::JoinSet,
    time::{sleep, timeout},
};
use uuid::Uuid;

use crate::{
    db::{Db, context},
    error::Result,
};

/// Where PostgreSQL says in which organisation something was logged; a trigger of the log does.
const CHANNEL: &str = "changes";
/// How often SQLite is asked, whose other processes say nothing.
const ASKED: Duration = Duration::from_secs(1);

type Watched = Arc<Mutex<HashMap<Uuid, watch::Sender<u64>>>>;

pub(super) struct Ears {
    db: Db,
    watched: Watched,
    listening: Mutex<JoinSet<()>>,
}

impl Ears {
    pub fn new(db: Db) -> Self {
        Self { db, watched: Watched::default(), listening: Mutex::new(JoinSet::new()) }
    }

    pub fn growth(&self, org: Uuid) -> watch::Receiver<u64> {
        self.listen();
        let mut watched = self.watched.lock().unwrap_or_else(PoisonError::into_inner);
        watched.retain(|_, growth| growth.receiver_count() > 0);
        watched.entry(org).or_insert_with(|| watch::Sender::new(0)).subscribe()
    }

    /// The task ends with these ears; should it ever end before, the next watcher begins another.
    fn listen(&self) {
        let mut listening = self.listening.lock().unwrap_or_else(PoisonError::into_inner);
        while listening.try_join_next().is_some() {}
        if listening.is_empty() {
            let (db, watched) = (self.db.clone(), self.watched.clone());
            listening.spawn(async move {
                if db.is_postgres() { on_postgres(&db, &watched).await } else { on_sqlite(&db, &watched).await }
            });
        }
    }
}

async fn on_postgres(db: &Db, watched: &Watched) {
    loop {
        if let Err(error) = hear(db, watched).await {
            tracing::warn!(%error, "cannot listen for changes; trying again in a second");
        }
        sleep(Duration::from_secs(1)).await;
    }
}

async fn hear(db: &Db, watched: &Watched) -> Result<(), sea_orm::sqlx::Error> {
    let mut listener = PgListener::connect_with(db.connection().get_postgres_connection_pool()).await?;
    listener.listen(CHANNEL).await?;
    // What came before is not heard: everybody looks once more.
    rouse(watched, None);
    loop {
        match listener.try_recv().await? {
            Some(told) => rouse(watched, told.payload().parse().ok()),
            // The connection was lost, and is there again: so is what was missed meanwhile.
            None => rouse(watched, None),
        }
    }
}

async fn on_sqlite(db: &Db, watched: &Watched) {
    let mut seen = None;
    loop {
        let committed = db.wake().notified();
        match grown(db, seen).await {
            Ok((end, orgs)) => {
                // What came before the first look is not known: everybody looks once more.
                match seen.replace(end) {
                    Some(_) => orgs.into_iter().for_each(|org| rouse(watched, Some(org))),
                    None => rouse(watched, None),
                }
            }
            Err(error) => tracing::warn!(%error, "cannot look for changes; trying again in a second"),
        }
        let _ = timeout(ASKED, committed).await;
    }
}

/// The end of the log, and the organisations whose log has grown since `seen`.
async fn grown(db: &Db, seen: Option<i64>) -> Result<(i64, Vec<Uuid>)> {
    let conn = db.begin_read(&context(None, true)).await?;
    let sql = "SELECT org_id, max(seq) AS seq FROM change WHERE seq > $1 GROUP BY org_id";
    let (sql, after) = match seen {
        Some(seen) => (sql, seen),
        None => ("SELECT NULL AS org_id, max(seq) AS seq FROM change WHERE seq >= $1", 0),
    };
    let rows = conn.query_all_raw(Statement::from_sql_and_values(DbBackend::Sqlite, sql, [after.into()])).await?;
    let (mut end, mut orgs) = (after, Vec::new());
    for row in rows {
        end = end.max(row.try_get::<Option<i64>>("", "seq")?.unwrap_or(0));
        orgs.extend(row.try_get::<Option<Uuid>>("", "org_id")?);
    }
    Ok((end, orgs))
}

/// Rouses those who watch this organisation, or everybody.
fn rouse(watched: &Watched, org: Option<Uuid>) {
    let watched = watched.lock().unwrap_or_else(PoisonError::into_inner);
    for (_, growth) in watched.iter().filter(|(watched, _)| org.is_none_or(|org| org == **watched)) {
        growth.send_modify(|grown| *grown = grown.wrapping_add(1));
    }
}

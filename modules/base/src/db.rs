use std::{sync::Arc, time::Duration};

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
};
use tokio::sync::Notify;
use uuid::Uuid;

use crate::{
    actor::Actor,
    clock::Clock,
    error::{Error, Result},
    idempotency::{self, Answer},
    news::Teller,
    tx::Tx,
};

/// The database, shut. It opens for an [`Actor`] and for nobody else.
///
/// On SQLite many connections read and one writes, each write under `BEGIN IMMEDIATE`; on PostgreSQL one pool does both.
#[derive(Clone)]
pub struct Db {
    readers: DatabaseConnection,
    writer: DatabaseConnection,
    clock: Clock,
    wake: Arc<Notify>,
    teller: Option<Arc<dyn Teller>>,
}

impl Db {
    /// Connects to `sqlite:` or `postgres:`; the SQLite file is created when it is missing.
    pub async fn connect(url: &str, most_connections: u32, clock: Clock) -> Result<Self, DbErr> {
        let (readers, writer) = if url.starts_with("sqlite:") {
            let writer = Database::connect(sqlite(url, 1)).await?;
            (Database::connect(sqlite(url, most_connections)).await?, writer)
        } else {
            let pool = Database::connect(postgres(url, most_connections)).await?;
            (pool.clone(), pool)
        };
        Ok(Self { readers, writer, clock, wake: Arc::default(), teller: None })
    }

    /// The same, with `teller` told of each transaction before it is kept.
    #[must_use]
    pub fn told_by(self, teller: Arc<dyn Teller>) -> Self {
        Self { teller: Some(teller), ..self }
    }

    pub(crate) fn teller(&self) -> Option<&dyn Teller> {
        self.teller.as_deref()
    }

    /// The same, telling `watcher` of each statement that was run: for tests that count them or ask how they are done.
    #[must_use]
    pub fn watched(mut self, watcher: impl Fn(&Statement) + Clone + Send + Sync + 'static) -> Self {
        let other = watcher.clone();
        self.readers.set_metric_callback(move |told| watcher(told.statement));
        self.writer.set_metric_callback(move |told| other(told.statement));
        self
    }

    /// Reads within one snapshot, as `actor`.
    pub async fn read<T>(&self, actor: &Actor, work: impl AsyncFnOnce(&Tx) -> Result<T>) -> Result<T> {
        let conn = self.begin_read(&context(Some(actor.org()), false)).await?;
        let tx = Tx::new(conn, actor.clone(), self.clock.clone());
        work(&tx).await
    }

    /// Writes as `actor`: kept on `Ok`, as if it never was on `Err`. A request with an `Idempotency-Key` writes once, and
    /// its answer is kept with what it wrote.
    pub async fn write<T: Answer>(&self, actor: &Actor, work: impl AsyncFnOnce(&Tx) -> Result<T>) -> Result<T> {
        self.apply(actor, async |tx| idempotency::once(tx, work).await).await
    }

    /// Writes without an answer to a client: a job, the command line.
    pub async fn apply<T>(&self, actor: &Actor, work: impl AsyncFnOnce(&Tx) -> Result<T>) -> Result<T> {
        let conn = self.begin_write(&context(Some(actor.org()), false)).await?;
        let tx = Tx::new(conn.clone(), actor.clone(), self.clock.clone());
        let answer = match work(&tx).await {
            Ok(answer) => tx.conclude(self.teller()).await.map(|()| answer),
            Err(error) => Err(error),
        };
        drop(tx);
        self.end(conn, answer).await
    }

    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Signalled after each commit that may have left a job.
    pub fn wake(&self) -> &Notify {
        &self.wake
    }

    pub(crate) async fn begin_read(&self, context: &str) -> Result<Arc<DatabaseTransaction>> {
        self.enter(self.readers.begin().await?, &format!("{ONE_SNAPSHOT}; {context}")).await
    }

    pub(crate) async fn begin_write(&self, context: &str) -> Result<Arc<DatabaseTransaction>> {
        let sqlite_transaction_mode = (!self.is_postgres()).then_some(SqliteTransactionMode::Immediate);
        let options = TransactionOptions { sqlite_transaction_mode, ..Default::default() };
        self.enter(self.writer.begin_with_options(options).await?, context).await
    }

    pub(crate) async fn end<T>(&self, conn: Arc<DatabaseTransaction>, answer: Result<T>) -> Result<T> {
        let conn = Arc::into_inner(conn).ok_or_else(|| Error::internal("a transaction outlived its work"))?;
        match answer {
            Ok(answer) => {
                conn.commit().await?;
                self.wake.notify_waiters();
                Ok(answer)
            }
            Err(error) => {
                conn.rollback().await?;
                Err(error)
            }
        }
    }

    pub fn is_postgres(&self) -> bool {
        self.writer.get_database_backend() == DbBackend::Postgres
    }

    pub(crate) fn connection(&self) -> &DatabaseConnection {
        &self.writer
    }

    async fn enter(&self, conn: DatabaseTransaction, context: &str) -> Result<Arc<DatabaseTransaction>> {
        if self.is_postgres() {
            conn.execute_unprepared(context).await?;
        }
        Ok(Arc::new(conn))
    }
}

/// Said together with the context, because each statement of its own is a round trip.
const ONE_SNAPSHOT: &str = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";

/// What row-level security goes by, for this transaction only: a setting of the session would leak through the pool.
pub(crate) fn context(org: Option<Uuid>, platform: bool) -> String {
    let org = org.map(|org| org.to_string()).unwrap_or_default();
    let platform = if platform { "on" } else { "" };
    format!("SELECT set_config('app.org', '{org}', true), set_config('app.platform', '{platform}', true)")
}

fn sqlite(url: &str, most_connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(most_connections)
        .min_connections(1)
        .acquire_timeout(Duration::from_secs(3))
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
        .sqlx_logging(false)
        .map_sqlx_sqlite_opts(|options| {
            options
                .create_if_missing(true)
                .foreign_keys(true)
                .busy_timeout(Duration::from_secs(5))
                .pragma("journal_mode", "WAL")
                .pragma("synchronous", "FULL")
                .pragma("cache_size", "-4096")
                .pragma("mmap_size", "1073741824")
                .pragma("temp_store", "MEMORY")
        });
    options
}

fn postgres(url: &str, most_connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(most_connections)
        .acquire_timeout(Duration::from_secs(3))
        .test_before_acquire(false)
        .sqlx_logging(false)
        .map_sqlx_postgres_opts(|options| {
            options.application_name("rapport").options([
                ("lock_timeout", "3s"),
                ("statement_timeout", "10s"),
                ("idle_in_transaction_session_timeout", "30s"),
                // Every statement reads few rows, mostly by an index: what is worth its start-up cost for a report is not here.
                ("random_page_cost", "1.1"),
                ("max_parallel_workers_per_gather", "0"),
                ("jit", "off"),
            ])
        });
    options
}

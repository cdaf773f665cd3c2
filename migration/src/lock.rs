//! One migrator at a time.

use std::time::Duration;

use sea_orm::sqlx::postgres::PgPoolOptions;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbErr, RuntimeErr, SqliteTransactionMode,
    SqlxPostgresConnector, TransactionOptions, TransactionTrait, sqlx,
};

/// Any number that nothing else in this database locks: "rapport" in ASCII.
const MIGRATOR: i64 = 0x0072_6170_706f_7274;

/// How long to wait for another migrator on SQLite, in steps of [`STEP`]. PostgreSQL waits without end.
const STEPS: u32 = 1500;
const STEP: Duration = Duration::from_millis(200);

/// A connection of its own that holds the lock until it is closed or lost. A pool of one, because a session's lock
/// and settings hold only on the connection that took them.
pub async fn postgres(owner: &DatabaseConnection) -> Result<DatabaseConnection, DbErr> {
    let options = owner.get_postgres_connection_pool().connect_options();
    let pool = PgPoolOptions::new()
        .max_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .connect_with(options.as_ref().clone())
        .await
        .map_err(|error| DbErr::Conn(RuntimeErr::SqlxError(error.into())))?;
    let alone = SqlxPostgresConnector::from_sqlx_postgres_pool(pool);
    alone.execute_unprepared(&format!("SET statement_timeout = 0; SELECT pg_advisory_lock({MIGRATOR})")).await?;
    // A migration that cannot have its table soon must fail, not queue every request behind itself.
    alone.execute_unprepared("SET lock_timeout = '10s'").await?;
    Ok(alone)
}

/// The database's one writer, from before the first look at what is applied.
pub async fn sqlite(owner: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let mut left = STEPS;
    loop {
        let writer = owner
            .begin_with_options(TransactionOptions {
                sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
                ..Default::default()
            })
            .await;
        match writer {
            Err(error) if left > 0 && is_busy(&error) => left -= 1,
            other => return other,
        }
        tokio::time::sleep(STEP).await;
    }
}

/// `SQLITE_BUSY`, with its extended codes.
fn is_busy(error: &DbErr) -> bool {
    let (DbErr::Query(RuntimeErr::SqlxError(error)) | DbErr::Exec(RuntimeErr::SqlxError(error))) = error else {
        return false;
    };
    let sqlx::Error::Database(error) = error.as_ref() else {
        return false;
    };
    error.code().and_then(|code| code.parse::<i32>().ok()).is_some_and(|code| code & 0xff == 5)
}

//! On SQLite always; on PostgreSQL when `TEST_DATABASE_URL` names a role that may create databases and is no
//! superuser. With `TEST_APP_DATABASE_URL`, the server's role at the same address, its rights are tried too.

mod fences;
mod reach;
mod sales;
mod schema;
mod service;
mod search;

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::SystemTime;

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, DbBackend, DbErr, Statement, TransactionTrait};

use crate::up;

/// A new empty database of one test.
struct Fresh {
    url: String,
    db: DatabaseConnection,
}

impl Fresh {
    async fn all() -> Vec<Fresh> {
        let mut fresh = vec![Fresh::sqlite().await];
        fresh.extend(Fresh::postgres().await);
        fresh
    }

    /// With the whole schema.
    async fn all_ready() -> Vec<Fresh> {
        let fresh = Fresh::all().await;
        for one in &fresh {
            up(&one.db, None).await.expect("the migrations apply");
        }
        fresh
    }

    async fn sqlite() -> Fresh {
        let file = std::env::temp_dir().join(format!("{}.sqlite", name()));
        Fresh::at(format!("sqlite://{}?mode=rwc", file.display())).await
    }

    async fn postgres() -> Option<Fresh> {
        let server = setting("TEST_DATABASE_URL")?;
        let name = name();
        let admin = Database::connect(&server).await.expect("the test server answers");
        admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.expect("the role may create databases");
        admin.close().await.expect("closed");
        Some(Fresh::at(in_database(&server, &name)).await)
    }

    async fn at(url: String) -> Fresh {
        let db = Database::connect(&url).await.expect("the database opens");
        Fresh { url, db }
    }

    async fn gone(self) {
        self.db.close().await.expect("closed");
        if let Some(file) = self.url.strip_prefix("sqlite://") {
            let file = file.trim_end_matches("?mode=rwc");
            std::fs::remove_file(file).expect("the file is there");
            return;
        }
        let server = setting("TEST_DATABASE_URL").expect("it was there before");
        let name = self.url.rsplit('/').next().expect("a database name");
        let name = name.split('?').next().expect("a database name");
        let admin = Database::connect(&server).await.expect("the test server answers");
        admin.execute_unprepared(&format!("DROP DATABASE {name}")).await.expect("dropped");
    }

    fn is_postgres(&self) -> bool {
        self.db.get_database_backend() == DbBackend::Postgres
    }

    /// The SQL for an id that is `number` written in full.
    fn id(&self, number: u32) -> String {
        if self.is_postgres() {
            format!("'00000000-0000-7000-8000-{number:012}'::uuid")
        } else {
            format!("X'00000000000070008000{number:012}'")
        }
    }

    /// Runs the statements as the server would for the organisation with this number.
    async fn within(&self, org: u32, sql: &str) -> Result<(), DbErr> {
        self.with_setting("app.org", &format!("00000000-0000-7000-8000-{org:012}"), sql).await
    }

    async fn as_platform(&self, sql: &str) -> Result<(), DbErr> {
        self.with_setting("app.platform", "on", sql).await
    }

    async fn with_setting(&self, name: &str, value: &str, sql: &str) -> Result<(), DbErr> {
        let tx = self.db.begin().await?;
        if self.is_postgres() {
            tx.execute_unprepared(&format!("SELECT set_config('{name}', '{value}', true)")).await?;
        }
        tx.execute_unprepared(sql).await?;
        tx.commit().await
    }

    /// Two organisations, 1 and 2, of nobody.
    async fn with_two_orgs(&self) {
        let (one, two) = (self.id(1), self.id(2));
        self.as_platform(&format!(
            "INSERT INTO organisation (id, name, created_at, updated_at) VALUES \
             ({one}, 'One', '{NOON}', '{NOON}'), ({two}, 'Two', '{NOON}', '{NOON}')"
        ))
        .await
        .expect("two organisations");
    }
}

#[expect(clippy::disallowed_methods, reason = "a test has no configuration but this")]
fn setting(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

const NOON: &str = "2026-11-21 12:00:00+00:00";

/// The numbers or words in the first column, as text.
async fn column(db: &impl ConnectionTrait, sql: &str) -> Vec<String> {
    db.query_all_raw(Statement::from_string(db.get_database_backend(), sql))
        .await
        .expect("the query runs")
        .iter()
        .map(|row| row.try_get_by_index(0).expect("text"))
        .collect()
}

fn name() -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let now = since.map_or(0, |since| since.as_micros());
    let process = std::process::id();
    format!("migration_{process}_{now}_{}", COUNT.fetch_add(1, Ordering::Relaxed))
}

fn in_database(server: &str, name: &str) -> String {
    let (address, options) = server.split_once('?').unwrap_or((server, ""));
    let scheme_end = address.find("://").map_or(0, |at| at + 3);
    let host_end = address[scheme_end..].find('/').map_or(address.len(), |at| scheme_end + at);
    format!("{}/{name}?{options}", &address[..host_end])
}

//! A queue on a database of its own, on a clock that a test moves.

#![expect(clippy::disallowed_methods, reason = "a test is its own gate")]

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicI64, AtomicU64, Ordering},
};

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, Database, EntityTrait};
use uuid::Uuid;

use super::super::{Actors, Queue, task};
use crate::{Actor, Clock, Db, Platform, Request, Result, Tools, job::Job};

/// What the jobs of a test did, in order.
#[derive(Clone, Default)]
pub struct Diary(pub Arc<Mutex<Vec<String>>>);

pub struct House {
    pub platform: Platform,
    pub queue: Queue,
    pub diary: Diary,
    by: Arc<AtomicI64>,
    file: Option<std::path::PathBuf>,
}

/// Everybody is a member, but for the person with the nil id.
pub struct Everybody;

#[async_trait]
impl Actors for Everybody {
    async fn actor(&self, org: Uuid, user: Option<Uuid>, request: Request) -> Result<Option<Actor>> {
        Ok((user != Some(Uuid::nil())).then(|| Actor::system(org, request)))
    }
}

static HOUSES: AtomicU64 = AtomicU64::new(0);

impl House {
    /// One on SQLite, and one on PostgreSQL when the test run has a server.
    pub async fn both() -> Vec<Self> {
        let n = HOUSES.fetch_add(1, Ordering::Relaxed);
        let name = format!("rapport_queue_{}_{n}", std::process::id());
        let file = std::env::temp_dir().join(format!("{name}.db"));
        let mut houses = vec![Self::at(&format!("sqlite:{}?mode=rwc", file.display()), Some(file)).await];
        #[expect(clippy::disallowed_methods, reason = "where the test server is")]
        if let Ok(server) = std::env::var("TEST_DATABASE_URL") {
            let admin = Database::connect(&server).await.unwrap();
            admin.execute_unprepared(&format!("DROP DATABASE IF EXISTS {name}")).await.unwrap();
            admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
            let mut url = url::Url::parse(&server).unwrap();
            url.set_path(&name);
            houses.push(Self::at(url.as_str(), None).await);
        }
        houses
    }

    async fn at(url: &str, file: Option<std::path::PathBuf>) -> Self {
        let by = Arc::new(AtomicI64::new(0));
        let clock = Clock::Moved("2026-03-01T12:00:00Z".parse().unwrap(), by.clone());
        let db = Db::connect(url, 12, clock).await.unwrap();
        migration::up(db.connection(), None).await.unwrap();
        let platform = Platform::new(db);
        Self { queue: Queue::new(platform.clone()), platform, diary: Diary::default(), by, file }
    }

    pub fn pass(&self, time: TimeDelta) {
        self.by.fetch_add(time.num_microseconds().unwrap(), Ordering::Relaxed);
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.platform.clock().now()
    }

    /// Another process on the same database.
    pub fn other_queue(&self) -> Queue {
        Queue::new(self.platform.clone())
    }

    pub async fn org(&self) -> Uuid {
        let id = Uuid::now_v7();
        let at = self.now().to_rfc3339();
        let literal = if self.platform.db().is_postgres() { format!("'{id}'") } else { format!("x'{}'", id.simple()) };
        let sql = format!(
            "INSERT INTO organisation (id, name, created_at, updated_at) VALUES ({literal}, 'House', '{at}', '{at}')"
        );
        self.platform.write(async |tx| Ok(tx.execute_unprepared(&sql).await?)).await.unwrap();
        id
    }

    pub async fn enqueue(&self, job: impl Job + 'static) {
        self.platform.write(async |tx| tx.enqueue(job).await).await.unwrap();
    }

    pub async fn enqueue_for(&self, org: Uuid, user: Option<Uuid>, jobs: Vec<Box<dyn Job>>) {
        let now = self.now();
        self.platform
            .write(async |tx| {
                for job in jobs {
                    super::super::enqueue(tx.conn(), now, tx.id(), Some(org), user, job).await?;
                }
                Ok(())
            })
            .await
            .unwrap();
    }

    pub async fn run(&self, claim: task::Model) {
        self.run_on(&self.queue, claim).await;
    }

    pub async fn run_on(&self, queue: &Queue, claim: task::Model) {
        let tools = Arc::new(Tools::default().with(self.diary.clone()));
        queue.run(claim, tools, Arc::new(Everybody)).await.unwrap();
    }

    /// Claims and runs all that is due.
    pub async fn run_all(&self) -> usize {
        let claims = self.queue.claim(1_000).await.unwrap();
        let n = claims.len();
        for claim in claims {
            self.run(claim).await;
        }
        n
    }

    pub async fn rows(&self) -> Vec<task::Model> {
        self.platform.read(async |tx| Ok(task::Entity::find().all(tx.conn()).await?)).await.unwrap()
    }

    pub fn written(&self) -> Vec<String> {
        self.diary.0.lock().unwrap().clone()
    }
}

impl Drop for House {
    fn drop(&mut self) {
        for end in ["", "-wal", "-shm"] {
            if let Some(file) = &self.file {
                let _ = std::fs::remove_file(format!("{}{end}", file.display()));
            }
        }
    }
}

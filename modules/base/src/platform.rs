use std::{ops::Deref, sync::Arc};

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr};
use uuid::Uuid;

use crate::{
    actor::{Actor, Request},
    clock::Clock,
    db::{Db, context},
    error::Result,
    idempotency::{self, Answer},
    job::Job,
    member::Person,
    queue,
    tx::Tx,
};

/// The way in for what stands outside every organisation: users and their sessions, the list of organisations, a form's
/// public key, the queue. `app/src/mount.rs` gives one to the few modules that need it; nobody else can get one.
#[derive(Clone)]
pub struct Platform {
    db: Db,
}

impl Platform {
    /// A `disallowed-method` outside the binary.
    pub fn new(db: Db) -> Self {
        Self { db }
    }

    pub async fn read<T>(&self, work: impl AsyncFnOnce(&PlatformTx) -> Result<T>) -> Result<T> {
        let conn = self.db.begin_read(&context(None, true)).await?;
        work(&PlatformTx::new(conn, &self.db)).await
    }

    /// Reads with a view of one organisation: how the gate finds out whether somebody belongs to it.
    pub async fn read_in<T>(&self, org: Uuid, work: impl AsyncFnOnce(&PlatformTx) -> Result<T>) -> Result<T> {
        let conn = self.db.begin_read(&context(Some(org), true)).await?;
        work(&PlatformTx::new(conn, &self.db)).await
    }

    pub async fn write<T>(&self, work: impl AsyncFnOnce(&PlatformTx) -> Result<T>) -> Result<T> {
        let conn = self.db.begin_write(&context(None, true)).await?;
        let tx = PlatformTx::new(conn.clone(), &self.db);
        let answer = work(&tx).await;
        drop(tx);
        self.db.end(conn, answer).await
    }

    /// Writes for a person; with an `Idempotency-Key`, once.
    pub async fn write_for<T: Answer>(
        &self,
        person: &Person,
        work: impl AsyncFnOnce(&PlatformTx) -> Result<T>,
    ) -> Result<T> {
        let Some(once) = person.request().once.clone() else {
            return self.write(work).await;
        };
        let scope = once.scope(None, Some(person.user()));
        self.write(async |tx| {
            idempotency::claim(tx.conn(), None, &scope, &once, tx.now()).await?;
            let answer = work(tx).await?;
            idempotency::keep(tx.conn(), &scope, &answer).await?;
            Ok(answer)
        })
        .await
    }

    pub fn db(&self) -> &Db {
        &self.db
    }

    pub fn clock(&self) -> &Clock {
        self.db.clock()
    }

    /// The connection itself: for the check of its role at start, and for health.
    pub fn connection(&self) -> &DatabaseConnection {
        self.db.connection()
    }
}

/// One transaction outside every organisation.
pub struct PlatformTx {
    conn: Arc<DatabaseTransaction>,
    clock: Clock,
    now: DateTime<Utc>,
    db: Db,
}

impl PlatformTx {
    fn new(conn: Arc<DatabaseTransaction>, db: &Db) -> Self {
        Self { conn, clock: db.clock().clone(), now: db.clock().now(), db: db.clone() }
    }

    /// The transaction as a database connection. It sees no row of an organisation on PostgreSQL, but for the few tables
    /// that are open to the platform.
    pub fn conn(&self) -> &DatabaseTransaction {
        &self.conn
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.now
    }

    pub fn id(&self) -> Uuid {
        self.clock.id()
    }

    /// Goes on inside an organisation, in the same transaction, as the organisation itself.
    pub async fn enter<T>(&self, org: Uuid, request: Request, work: impl AsyncFnOnce(&Tx) -> Result<T>) -> Result<T> {
        #[expect(clippy::disallowed_methods, reason = "whoever holds the platform may act as the organisation itself")]
        let actor = Actor::system(org, request);
        self.enter_as(actor, work).await
    }

    /// The same for a request that may have an `Idempotency-Key`: with one, once. The key is the organisation's and the
    /// path's, for nobody is known who could have it.
    pub async fn enter_once<T: Answer>(
        &self,
        org: Uuid,
        request: Request,
        work: impl AsyncFnOnce(&Tx) -> Result<T>,
    ) -> Result<T> {
        self.enter(org, request, async |tx| idempotency::once(tx, work).await).await
    }

    /// Goes on inside an organisation as a member whom the caller has just made or met.
    pub async fn enter_as<T>(&self, actor: Actor, work: impl AsyncFnOnce(&Tx) -> Result<T>) -> Result<T> {
        self.set(&context(Some(actor.org()), true)).await?;
        let tx = Tx::new(self.conn.clone(), actor, self.clock.clone());
        let answer = match work(&tx).await {
            Ok(answer) => tx.conclude(self.db.teller()).await.map(|()| answer),
            Err(error) => Err(error),
        };
        drop(tx);
        // After what the database refused, PostgreSQL refuses this too: the first refusal is the one to tell.
        let back = self.set(&context(None, true)).await;
        let answer = answer?;
        back?;
        Ok(answer)
    }

    /// A job outside every organisation, if and only if this transaction commits.
    pub async fn enqueue(&self, job: impl Job + 'static) -> Result<()> {
        queue::enqueue(self.conn(), self.now, self.id(), None, None, Box::new(job)).await
    }

    async fn set(&self, context: &str) -> Result<(), DbErr> {
        if self.conn.get_database_backend() == DbBackend::Postgres {
            self.conn.execute_unprepared(context).await?;
        }
        Ok(())
    }
}

impl Deref for PlatformTx {
    type Target = DatabaseTransaction;

    fn deref(&self) -> &DatabaseTransaction {
        &self.conn
    }
}

//! How an idle worker hears of work.

use std::{future::Future, time::Duration};

use sea_orm::sqlx::postgres::PgListener;
use tokio::time;

use super::{CHANNEL, Queue};
use crate::db::Db;

/// Rings when there may be work. On SQLite: at each commit of this process, and every second, since other processes
/// enqueue too. On PostgreSQL: at each `NOTIFY`, from whichever process, and every five seconds, when jobs that wait
/// for their time may have come due.
pub struct Bell {
    db: Db,
    listener: Option<PgListener>,
}

impl Queue {
    #[must_use]
    pub fn bell(&self) -> Bell {
        Bell { db: self.platform.db().clone(), listener: None }
    }
}

impl Bell {
    /// Ask for it before you look for work, and await it after: what happens between the two is not missed.
    pub fn rung(&mut self) -> impl Future<Output = ()> + '_ {
        let Self { db, listener } = self;
        let committed = db.wake().notified();
        let db = db.clone();
        async move {
            if !db.is_postgres() {
                let _ = time::timeout(Duration::from_secs(1), committed).await;
                return;
            }
            if listener.is_none() {
                *listener = listen(&db).await;
                if listener.is_some() {
                    // What came before is not heard: look once more.
                    return;
                }
            }
            let poll = Duration::from_secs(5);
            let heard = match listener {
                Some(listener) => time::timeout(poll, listener.recv()).await.map(|heard| heard.map(|_| ())),
                None => time::timeout(poll, committed).await.map(Ok),
            };
            if let Ok(Err(error)) = heard {
                tracing::warn!(%error, "no longer listening for jobs; asking every five seconds until it works again");
                *listener = None;
            }
        }
    }
}

async fn listen(db: &Db) -> Option<PgListener> {
    let listening = async {
        let mut listener = PgListener::connect_with(db.connection().get_postgres_connection_pool()).await?;
        listener.listen(CHANNEL).await?;
        Ok::<_, sea_orm::sqlx::Error>(listener)
    };
    listening.await.inspect_err(|error| tracing::warn!(%error, "cannot listen for jobs")).ok()
}

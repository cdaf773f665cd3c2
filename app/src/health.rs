//! Whether the process lives, and whether it should be sent requests. Neither tells a stranger more than that.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use base::{Error, Platform, queue::Queue};
use poem::{Endpoint, IntoResponse, Request, Response, endpoint::make_sync, http::StatusCode};
use sea_orm::ConnectionTrait;

/// Jobs older than this are late, in seconds: somebody should look.
const LATE: i64 = 600;

/// Set when the server is stopping: no new requests, please.
#[derive(Clone, Default)]
pub struct Draining(Arc<AtomicBool>);

impl Draining {
    pub fn begin(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    fn is_on(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// The process answers; it looks at nothing else.
pub fn livez() -> impl Endpoint<Output = Response> {
    make_sync(|_| "ok".into_response())
}

/// The database answers, its migrations are applied, jobs are not late, and the server is not stopping.
pub struct Readyz {
    pub platform: Platform,
    pub queue: Queue,
    pub draining: Draining,
}

impl Endpoint for Readyz {
    type Output = Response;

    async fn call(&self, _: Request) -> poem::Result<Response> {
        if self.draining.is_on() {
            return Ok(Error::unavailable().into_response());
        }
        match self.look().await {
            Ok(()) => Ok("ready".into_response()),
            Err(why) => {
                tracing::warn!(why, "not ready");
                Ok(Error::new(StatusCode::SERVICE_UNAVAILABLE, "not_ready", "Not ready.").into_response())
            }
        }
    }
}

impl Readyz {
    async fn look(&self) -> Result<(), String> {
        let conn = self.platform.connection();
        conn.execute_unprepared("SELECT 1").await.map_err(|error| format!("database: {error}"))?;
        let pending = migration::pending(conn).await.map_err(|error| format!("migrations: {error}"))?;
        if !pending.is_empty() {
            return Err(format!("{} migrations are pending", pending.len()));
        }
        let depth = self.queue.depth().await.map_err(|error| format!("queue: {error}"))?;
        crate::metrics::queue(depth);
        if depth.oldest_age_seconds > LATE {
            return Err(format!("a job has waited for {} s", depth.oldest_age_seconds));
        }
        Ok(())
    }
}

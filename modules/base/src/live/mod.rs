//! The change log as it grows, for those who watch it.
//!
//! Nothing is handed from the writer to the watcher but the word that there is something: what it is, each reads from the log,
//! behind the [`Position`] where it stands. So a watcher that was away, asleep or on another process misses nothing.

mod position;
mod settled;
mod ears;
mod seats;

pub use position::Position;
pub use seats::Seat;
pub use settled::{Change, Settled};

use std::{sync::Arc, time::Duration};

use tokio::sync::watch;
use uuid::Uuid;

use crate::{db::Db, live::ears::Ears, live::seats::Seats};

/// Tells watchers of each organisation when its log has grown, whichever process wrote; and ends them all at a stop.
#[derive(Clone)]
pub struct Live(Arc<Inner>);

struct Inner {
    ears: Ears,
    seats: Seats,
    closing: watch::Sender<bool>,
    heartbeat: Duration,
}

/// How often a watcher gives a sign of life, and is looked at whether they may go on.
const HEARTBEAT: Duration = Duration::from_secs(20);

impl Live {
    #[must_use]
    pub fn new(db: Db) -> Self {
        Self::beating(db, HEARTBEAT)
    }

    /// With another heartbeat, for tests.
    #[must_use]
    pub fn beating(db: Db, heartbeat: Duration) -> Self {
        let (ears, seats) = (Ears::new(db), Seats::default());
        Self(Arc::new(Inner { ears, seats, closing: watch::Sender::new(false), heartbeat }))
    }

    pub fn heartbeat(&self) -> Duration {
        self.0.heartbeat
    }

    /// Changes whenever the log of this organisation has grown, or may have.
    pub fn growth(&self, org: Uuid) -> watch::Receiver<u64> {
        self.0.ears.growth(org)
    }

    /// Becomes true when the process stops.
    pub fn closing(&self) -> watch::Receiver<bool> {
        self.0.closing.subscribe()
    }

    /// Ends all watching: a server that stops does not wait for those who would stay for ever.
    pub fn close(&self) {
        self.0.closing.send_replace(true);
    }

    /// A place for one watcher more of this member; `None` when they have as many as there may be.
    pub fn seat(&self, org: Uuid, user: Uuid) -> Option<Seat> {
        self.0.seats.take(org, user)
    }
}

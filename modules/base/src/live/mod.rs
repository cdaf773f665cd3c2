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
    beat: Beat,
}

/// How often a stream gives a sign, and how long it waits for one.
#[derive(Clone, Copy, Debug)]
pub struct Beat {
    /// How often a watcher gets a sign of life, and is looked at whether they may go on.
    pub heartbeat: Duration,
    /// How long they may take to take what they are told.
    pub patience: Duration,
}

impl Default for Beat {
    fn default() -> Self {
        Self { heartbeat: Duration::from_secs(20), patience: Duration::from_secs(30) }
    }
}

impl Live {
    #[must_use]
    pub fn new(db: Db) -> Self {
        Self::at(db, Beat::default())
    }

    /// With another beat, for tests.
    #[must_use]
    pub fn at(db: Db, beat: Beat) -> Self {
        let (ears, seats) = (Ears::new(db), Seats::default());
        Self(Arc::new(Inner { ears, seats, closing: watch::Sender::new(false), beat }))
    }

    pub fn beat(&self) -> Beat {
        self.0.beat
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

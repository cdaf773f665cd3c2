use std::sync::{
    Arc,
    atomic::{AtomicI64, AtomicU64, Ordering},
};

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use uuid::Uuid;

/// Where time and identity come from. A test fixes both, so that what it sees is literal.
#[derive(Clone, Debug)]
pub enum Clock {
    /// The machine's clock and random ids.
    System,
    /// One instant for ever, and ids counted from 1.
    Fixed(DateTime<Utc>, Arc<AtomicU64>),
    /// A fixed clock that moves when it is told to, by so many microseconds.
    Moved(DateTime<Utc>, Arc<AtomicI64>),
}

impl Clock {
    pub fn fixed(at: DateTime<Utc>) -> Self {
        Self::Fixed(at, Arc::new(AtomicU64::new(0)))
    }

    /// Now, in microseconds: what both databases keep, so that a value read back equals the value written.
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
            Self::System => Utc::now().trunc_subsecs(6),
            Self::Fixed(at, _) => *at,
            Self::Moved(at, by) => *at + TimeDelta::microseconds(by.load(Ordering::Relaxed)),
        }
    }

    /// A new UUID v7 (RFC 9562): ids sort in the order in which they were made.
    pub fn id(&self) -> Uuid {
        match self {
            Self::System | Self::Moved(..) => Uuid::now_v7(),
            Self::Fixed(_, last) => {
                let n = last.fetch_add(1, Ordering::Relaxed) + 1;
                Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + u128::from(n))
            }
        }
    }
}

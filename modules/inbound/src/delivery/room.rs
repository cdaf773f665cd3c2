//! How much mail is taken in: into one mailbox a hundred at once, then one a second; and few are read at the same time.

use std::{num::NonZeroU32, time::Duration};

use base::{Error, Pace, Result};
use tokio::sync::{Semaphore, SemaphorePermit};
use uuid::Uuid;

const AT_ONCE: NonZeroU32 = NonZeroU32::new(100).expect("more than none");
const EVERY: Duration = Duration::from_secs(1);

/// Mails that are read at the same time: each is in memory as a whole.
const READ_AT_ONCE: usize = 4;

pub struct Room {
    pace: Pace,
    readers: Semaphore,
}

impl Room {
    pub fn new() -> Self {
        Self { pace: Pace::new(AT_ONCE, EVERY), readers: Semaphore::new(READ_AT_ONCE) }
    }

    /// Room to read one more, after those who were there before.
    ///
    /// # Errors
    /// 429.
    pub async fn admit(&self, mailbox: Uuid) -> Result<SemaphorePermit<'_>> {
        // Mail servers deliver for many senders: the mailbox counts, not the address.
        self.pace.count(None, &mailbox.to_string())?;
        self.readers.acquire().await.map_err(|_| Error::unavailable())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_sends_too_fast_waits_and_others_do_not() {
        let (room, one, other) = (Room::new(), Uuid::from_u128(1), Uuid::from_u128(2));
        for _ in 0..100 {
            drop(room.admit(one).await.expect("at once"));
        }
        assert_eq!(room.admit(one).await.expect_err("too many").code(), "too_many_requests");
        drop(room.admit(other).await.expect("another mailbox"));
    }
}

//! How fast mail may come into one mailbox: a hundred at once, then one a second. Kept in memory, by process.

use std::num::NonZeroU32;

use base::{Error, Result};
use governor::{
    DefaultKeyedRateLimiter, Quota, RateLimiter,
    clock::{Clock, DefaultClock},
};
use tokio::sync::{Semaphore, SemaphorePermit};
use uuid::Uuid;

const AT_ONCE: NonZeroU32 = NonZeroU32::new(100).expect("more than none");
const A_SECOND: NonZeroU32 = NonZeroU32::MIN;

/// Mails that are read at the same time: each is in memory as a whole.
const READ_AT_ONCE: usize = 4;

pub struct Pace {
    limiter: DefaultKeyedRateLimiter<Uuid>,
    clock: DefaultClock,
    readers: Semaphore,
}

impl Pace {
    pub fn new() -> Self {
        let quota = Quota::per_second(A_SECOND).allow_burst(AT_ONCE);
        Self {
            limiter: RateLimiter::keyed(quota),
            clock: DefaultClock::default(),
            readers: Semaphore::new(READ_AT_ONCE),
        }
    }

    /// Room to read one more, after those who were there before.
    ///
    /// # Errors
    /// 429.
    pub async fn admit(&self, mailbox: Uuid) -> Result<SemaphorePermit<'_>> {
        self.limiter
            .check_key(&mailbox)
            .map_err(|until| Error::too_many(until.wait_time_from(self.clock.now()).as_secs() + 1))?;
        self.readers.acquire().await.map_err(|_| Error::unavailable())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_sends_too_fast_waits_and_others_do_not() {
        let (pace, one, other) = (Pace::new(), Uuid::from_u128(1), Uuid::from_u128(2));
        for _ in 0..100 {
            drop(pace.admit(one).await.expect("at once"));
        }
        assert_eq!(pace.admit(one).await.expect_err("too many").code(), "too_many_requests");
        drop(pace.admit(other).await.expect("another mailbox"));
    }
}

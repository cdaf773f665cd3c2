//! How fast one network may read one help centre: sixty pages at once, then one in a second. Kept in memory, by process.

use std::{
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
    time::Duration,
};

use base::{Error, Result};
use governor::{
    DefaultKeyedRateLimiter, Quota, RateLimiter,
    clock::{Clock, DefaultClock},
};

const AT_ONCE: NonZeroU32 = NonZeroU32::new(60).expect("more than none");
const EVERY: Duration = Duration::from_secs(1);
/// More than this are not remembered longer than they need to be.
const MANY: usize = 10_000;

type Reader = (Option<IpAddr>, String);

pub struct Pace {
    limiter: DefaultKeyedRateLimiter<Reader>,
    clock: DefaultClock,
}

impl Pace {
    pub fn new() -> Self {
        let quota = Quota::with_period(EVERY).unwrap_or(Quota::per_minute(AT_ONCE)).allow_burst(AT_ONCE);
        Self { limiter: RateLimiter::keyed(quota), clock: DefaultClock::default() }
    }

    /// # Errors
    /// 429.
    pub fn count(&self, ip: Option<IpAddr>, key: &str) -> Result<()> {
        if self.limiter.len() > MANY {
            self.limiter.retain_recent();
        }
        let reader = (ip.map(network), key.chars().take(64).collect());
        self.limiter.check_key(&reader).map_err(|until| {
            let wait = until.wait_time_from(self.clock.now());
            Error::too_many(wait.as_secs() + 1)
        })
    }
}

/// An IPv4 address, or the /64 that an IPv6 address is in.
fn network(ip: IpAddr) -> IpAddr {
    match ip.to_canonical() {
        IpAddr::V6(ip) => {
            let [a, b, c, d, ..] = ip.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
        v4 @ IpAddr::V4(_) => v4,
    }
}

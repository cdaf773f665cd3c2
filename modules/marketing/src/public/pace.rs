//! How fast one network may send one form: ten at once, then one in ten seconds. Kept in memory, by process.

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

const AT_ONCE: NonZeroU32 = NonZeroU32::new(10).expect("more than none");
const EVERY: Duration = Duration::from_secs(10);
/// More than this are not remembered longer than they need to be.
const MANY: usize = 10_000;

type Sender = (Option<IpAddr>, String);

pub struct Pace {
    limiter: DefaultKeyedRateLimiter<Sender>,
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
        let sender = (ip.map(network), key.to_owned());
        self.limiter.check_key(&sender).map_err(|until| {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eleventh_at_once_waits_and_others_do_not() {
        let pace = Pace::new();
        let ip = |text: &str| Some(text.parse::<IpAddr>().unwrap());
        assert!((0..10).all(|_| pace.count(ip("192.0.2.1"), "a").is_ok()));
        assert_eq!(pace.count(ip("192.0.2.1"), "a").unwrap_err().code(), "too_many_requests");
        assert!(pace.count(ip("192.0.2.1"), "b").is_ok());
        assert!(pace.count(ip("192.0.2.2"), "a").is_ok());
    }
}

//! How fast one network may come to an open door: so many at once, then one each so often. Kept in memory, by process.

use std::{
    net::{IpAddr, Ipv6Addr},
    num::NonZeroU32,
    time::Duration,
};

use governor::{
    DefaultKeyedRateLimiter, Quota, RateLimiter,
    clock::{Clock, DefaultClock},
};

use crate::error::{Error, Result};

/// More than this are not remembered longer than they need to be.
const MANY: usize = 10_000;
/// So much of a name tells doors apart; who makes up longer ones fills no memory with them.
const NAME: usize = 64;

type Visitor = (Option<IpAddr>, String);

pub struct Pace {
    limiter: DefaultKeyedRateLimiter<Visitor>,
    clock: DefaultClock,
}

impl Pace {
    /// `at_once`, then one in `every`.
    pub fn new(at_once: NonZeroU32, every: Duration) -> Self {
        let quota = Quota::with_period(every).unwrap_or(Quota::per_minute(at_once)).allow_burst(at_once);
        Self { limiter: RateLimiter::keyed(quota), clock: DefaultClock::default() }
    }

    /// Counts one more who comes to the door of this name. Callers without an address are one network.
    ///
    /// # Errors
    /// 429.
    pub fn count(&self, ip: Option<IpAddr>, door: &str) -> Result<()> {
        if self.limiter.len() > MANY {
            self.limiter.retain_recent();
        }
        let visitor = (ip.map(network), door.chars().take(NAME).collect());
        self.limiter.check_key(&visitor).map_err(|until| {
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
        let pace = Pace::new(NonZeroU32::new(10).expect("ten"), Duration::from_secs(10));
        let ip = |text: &str| Some(text.parse::<IpAddr>().unwrap());
        assert!((0..10).all(|_| pace.count(ip("192.0.2.1"), "a").is_ok()));
        assert_eq!(pace.count(ip("192.0.2.1"), "a").unwrap_err().code(), "too_many_requests");
        assert!(pace.count(ip("192.0.2.1"), "b").is_ok());
        assert!(pace.count(ip("192.0.2.2"), "a").is_ok());
        assert!((0..10).all(|n| pace.count(ip(&format!("2001:db8::{n}")), "a").is_ok()));
        assert!(pace.count(ip("2001:db8::99"), "a").is_err(), "one network");
    }
}

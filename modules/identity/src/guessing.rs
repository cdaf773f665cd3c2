//! Guessing from one network is slow: ten tries, then one in 20 seconds. Kept in memory, by process.

use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    sync::{Mutex, MutexGuard, PoisonError},
};

use base::{Error, Result};
use chrono::{DateTime, TimeDelta, Utc};

const EVERY: TimeDelta = TimeDelta::seconds(20);
/// Ten at once: nine may be owed.
const OWED: TimeDelta = TimeDelta::seconds(20 * 9);
/// More networks than this are not remembered at once: about 5 MB.
const MOST: usize = 50_000;

/// What is tried. The doors are apart, so that who fails at one is not kept from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Door {
    Login,
    /// The secret of a link.
    Link,
    /// What makes us send mail to an address that anybody can type.
    Mail,
}

/// One network: an IPv4 address, or the /64 that an IPv6 address is in. Callers without an address are one network.
type Network = Option<IpAddr>;

/// For each network and door, when all its tries will be paid for (GCRA, ITU-T I.371).
#[derive(Default)]
pub struct Guesses(Mutex<HashMap<(Door, Network), DateTime<Utc>>>);

impl Guesses {
    /// Counts a try before it is made, so that a hundred at once are a hundred.
    ///
    /// # Errors
    /// 429.
    pub fn count(&self, door: Door, ip: Option<IpAddr>, now: DateTime<Utc>) -> Result<()> {
        let mut paid = self.lock();
        if paid.len() >= MOST {
            forget(&mut paid, now);
        }
        let key = (door, ip.map(network));
        let after = spend(paid.get(&key).copied(), now).map_err(|wait| Error::too_many(seconds(wait)))?;
        paid.insert(key, after);
        Ok(())
    }

    /// It was no guess: people in one office may all log in at nine.
    pub fn take_back(&self, door: Door, ip: Option<IpAddr>) {
        if let Some(paid) = self.lock().get_mut(&(door, ip.map(network))) {
            *paid -= EVERY;
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<(Door, Network), DateTime<Utc>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A wait in whole seconds, never too short.
pub fn seconds(wait: TimeDelta) -> u64 {
    let rounded_up = (wait + TimeDelta::milliseconds(999)).num_seconds();
    u64::try_from(rounded_up).unwrap_or(0).max(1)
}

fn spend(paid: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Result<DateTime<Utc>, TimeDelta> {
    let paid = paid.unwrap_or(now).max(now);
    match paid - now - OWED {
        wait if wait > TimeDelta::zero() => Err(wait),
        _ => Ok(paid + EVERY),
    }
}

fn network(ip: IpAddr) -> IpAddr {
    match ip.to_canonical() {
        IpAddr::V6(ip) => {
            let [a, b, c, d, ..] = ip.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
        v4 @ IpAddr::V4(_) => v4,
    }
}

/// Those who owe nothing first, then those who tried once; if that is not enough there is a flood, and everybody.
fn forget(paid: &mut HashMap<(Door, Network), DateTime<Utc>>, now: DateTime<Utc>) {
    paid.retain(|_, at| *at > now);
    if paid.len() >= MOST {
        paid.retain(|_, at| *at > now + EVERY);
    }
    if paid.len() >= MOST {
        paid.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
    }

    fn ip(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn ten_tries_then_one_in_twenty_seconds() {
        let guesses = Guesses::default();
        let tries = |ip, now| guesses.count(Door::Login, Some(ip), now).is_ok();
        assert!((0..10).all(|_| tries(ip("192.0.2.1"), at(0))));
        assert!(!tries(ip("192.0.2.1"), at(0)));
        assert!(!tries(ip("192.0.2.1"), at(19)));
        assert!(tries(ip("192.0.2.1"), at(20)));
        assert!(!tries(ip("192.0.2.1"), at(20)));
        assert!(tries(ip("192.0.2.2"), at(20)), "another network is not held up");
        assert!(guesses.count(Door::Link, Some(ip("192.0.2.1")), at(20)).is_ok(), "nor is another door");
    }

    #[test]
    fn what_was_right_does_not_count() {
        let guesses = Guesses::default();
        for _ in 0..100 {
            assert!(guesses.count(Door::Login, None, at(0)).is_ok());
            guesses.take_back(Door::Login, None);
        }
    }

    #[test]
    fn a_v6_network_is_its_64_and_a_mapped_v4_is_v4() {
        assert_eq!(network(ip("2001:db8::1")), network(ip("2001:db8::ffff:1")));
        assert_ne!(network(ip("2001:db8::1")), network(ip("2001:db8:0:1::1")));
        assert_eq!(network(ip("::ffff:192.0.2.1")), network(ip("192.0.2.1")));
    }

    #[test]
    fn the_wait_is_told_in_whole_seconds() {
        assert_eq!(seconds(TimeDelta::milliseconds(1)), 1);
        assert_eq!(seconds(TimeDelta::milliseconds(1001)), 2);
    }
}

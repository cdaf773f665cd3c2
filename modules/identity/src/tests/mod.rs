mod forged;
mod rotation;

use chrono::{DateTime, TimeDelta, Utc};

use crate::KeyRing;

pub const ISSUER: &str = "https://crm.example.com";

pub fn key(fill: u8) -> Vec<u8> {
    vec![fill; 32]
}

pub fn ring() -> KeyRing {
    KeyRing::new(ISSUER, vec![("k2".into(), key(2)), ("k1".into(), key(1))]).unwrap()
}

pub fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000) + TimeDelta::seconds(seconds)
}

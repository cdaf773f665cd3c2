//! How much one caller may ask, and how large a request may be before anything reads it.

use std::{net::IpAddr, num::NonZeroU32};

use base::{Caller, Error, Result};
use governor::{
    DefaultKeyedRateLimiter, Quota, RateLimiter,
    clock::{Clock, DefaultClock},
};
use poem::{Request, http::StatusCode};

/// Bytes of a path with its query.
const LONGEST_URI: usize = 8 * 1024;
/// Bytes of all headers.
const LARGEST_HEADERS: usize = 32 * 1024;

/// Token buckets, one for each network that calls.
pub struct Limits {
    requests: DefaultKeyedRateLimiter<IpAddr>,
}

impl Limits {
    /// `burst` requests at once, and `per_second` from then on.
    pub fn new(burst: NonZeroU32, per_second: NonZeroU32) -> Self {
        Self { requests: RateLimiter::keyed(Quota::per_second(per_second).allow_burst(burst)) }
    }

    /// 414, 431 or 429; `/livez` and `/readyz` are never limited.
    pub fn admit(&self, request: &Request) -> Result<()> {
        let uri = request.uri().path_and_query().map_or(0, |path| path.as_str().len());
        if uri > LONGEST_URI {
            return Err(Error::from_status(StatusCode::URI_TOO_LONG));
        }
        let headers: usize = request.headers().iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
        if headers > LARGEST_HEADERS {
            return Err(Error::from_status(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE));
        }
        let Some(ip) = request.data::<Caller>().and_then(|caller| caller.ip) else { return Ok(()) };
        if matches!(request.uri().path(), "/livez" | "/readyz") {
            return Ok(());
        }
        self.requests
            .check_key(&network(ip))
            .map_err(|wait| Error::too_many(wait.wait_time_from(DefaultClock::default().now()).as_secs() + 1))
    }

    /// Forgets who has not called for a while.
    pub fn forget(&self) {
        self.requests.retain_recent();
    }
}

/// An IPv6 household has a whole /64.
fn network(ip: IpAddr) -> IpAddr {
    match ip {
        IpAddr::V4(_) => ip,
        IpAddr::V6(ip) => {
            let [a, b, c, d, ..] = ip.segments();
            std::net::Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
    }
}

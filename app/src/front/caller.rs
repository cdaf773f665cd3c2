//! Where a request comes from. `X-Forwarded-For` is believed only of proxies that are configured.

use std::net::IpAddr;

use ipnet::IpNet;
use poem::{Request, http::HeaderMap};

/// The right-most address that is not a proxy of ours.
pub fn address(request: &Request, proxies: &[IpNet]) -> Option<IpAddr> {
    let peer = request.remote_addr().as_socket_addr()?.ip().to_canonical();
    let trusted = |ip: &IpAddr| proxies.iter().any(|network| network.contains(ip));
    if !trusted(&peer) {
        return Some(peer);
    }
    let hops = forwarded(request.headers());
    hops.iter().rev().find(|hop| !trusted(hop)).copied().or(Some(peer))
}

fn forwarded(headers: &HeaderMap) -> Vec<IpAddr> {
    let lines = headers.get_all("x-forwarded-for").iter().filter_map(|line| line.to_str().ok());
    lines
        .flat_map(|line| line.split(','))
        .map_while(|hop| hop.trim().parse::<IpAddr>().ok())
        .map(|ip| ip.to_canonical())
        .collect()
}

/// A request id of the caller's own, if it is a plain word; otherwise none.
pub fn request_id(headers: &HeaderMap) -> Option<String> {
    let id = headers.get("x-request-id")?.to_str().ok()?;
    let plain =
        (1..=64).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    plain.then(|| id.to_owned())
}

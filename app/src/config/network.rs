//! Addresses, origins, networks and domains.

use std::net::{IpAddr, SocketAddr};

use http::Uri;
use ipnet::IpNet;

/// Anyone can have an address here, so none of them can stand for "our people".
const PUBLIC_MAIL_DOMAINS: [&str; 14] = [
    "gmail.com",
    "googlemail.com",
    "outlook.com",
    "hotmail.com",
    "live.com",
    "yahoo.com",
    "icloud.com",
    "me.com",
    "proton.me",
    "protonmail.com",
    "gmx.de",
    "gmx.net",
    "web.de",
    "aol.com",
];

pub(super) fn socket(value: &str) -> Result<SocketAddr, String> {
    value.parse().map_err(|_| "is not an IP address with a port".into())
}

pub(super) fn socket_or_off(value: &str) -> Result<Option<SocketAddr>, String> {
    if value == "off" {
        return Ok(None);
    }
    value.parse().map(Some).map_err(|_| "is neither an IP address with a port nor off".into())
}

/// Scheme, host and port (RFC 6454), in the form in which browsers send it.
pub(super) fn origin(value: &str) -> Result<String, String> {
    let wrong = || "is not http(s)://host[:port] without a path".to_string();
    let uri: Uri = value.trim_end_matches('/').parse().map_err(|_| wrong())?;
    let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
        return Err(wrong());
    };
    let is_web = matches!(scheme, "http" | "https");
    let is_bare = uri.path().len() <= 1 && uri.query().is_none() && !value.contains(['#', '@', '*']);
    if !is_web || !is_bare || authority.host().is_empty() {
        return Err(wrong());
    }
    let host = authority.host().to_ascii_lowercase();
    let usual = if scheme == "https" { 443 } else { 80 };
    match authority.port_u16() {
        Some(port) if port != usual => Ok(format!("{scheme}://{host}:{port}")),
        None if authority.port().is_some() => Err(wrong()),
        _ => Ok(format!("{scheme}://{host}")),
    }
}

pub(super) fn network(value: &str) -> Result<IpNet, String> {
    if let Ok(address) = value.parse::<IpAddr>() {
        return Ok(address.into());
    }
    value.parse().map_err(|_| "is not an IP address or network".into())
}

pub(super) fn own_domain(value: &str) -> Result<String, String> {
    let domain = value.to_ascii_lowercase();
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    if !domain.contains('.') || !domain.split('.').all(is_label) {
        return Err("is not a domain name".into());
    }
    if PUBLIC_MAIL_DOMAINS.contains(&domain.as_str()) {
        return Err("is open to everyone and would make each of them a platform administrator".into());
    }
    Ok(domain)
}

/// A Sentry DSN: `https://<key>@<host>/<project>`.
pub(super) fn is_dsn(value: &str) -> Result<(), String> {
    let fits = value.parse::<Uri>().is_ok_and(|uri| {
        matches!(uri.scheme_str(), Some("http" | "https"))
            && uri.authority().is_some_and(|authority| authority.as_str().contains('@'))
            && uri.path().len() > 1
    });
    if fits { Ok(()) } else { Err("is not a Sentry DSN".into()) }
}

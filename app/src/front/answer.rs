//! What every answer has, an error too.

use poem::{
    Response,
    http::{HeaderName, HeaderValue, StatusCode, header},
};

/// `If-None-Match` (RFC 9110 13.1.2): 304 when the client has what it would get.
pub fn unchanged(response: &mut Response, seen: Option<&str>) {
    let (Some(seen), Some(tag)) = (seen, response.headers().get(header::ETAG)) else { return };
    let tag = tag.to_str().unwrap_or_default();
    let same = seen.split(',').map(|one| one.trim().trim_start_matches("W/")).any(|one| one == tag || one == "*");
    if response.status() == StatusCode::OK && same {
        response.set_status(StatusCode::NOT_MODIFIED);
        without_body(response);
        response.headers_mut().remove(header::CONTENT_TYPE);
    }
}

pub fn without_body(response: &mut Response) {
    response.set_body(());
}

/// Nothing of ours is framed, sniffed, cached by others or told to other sites.
pub fn headers(response: &mut Response, id: &str, hsts: bool) {
    let headers = response.headers_mut();
    let mut usual = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    usual(header::CACHE_CONTROL, "no-store");
    usual(header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'");
    usual(header::REFERRER_POLICY, "no-referrer");
    usual(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    usual(header::X_FRAME_OPTIONS, "DENY");
    usual(HeaderName::from_static("cross-origin-resource-policy"), "same-site");
    if hsts {
        usual(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains");
    }
    if let Ok(id) = HeaderValue::from_str(id) {
        headers.insert(HeaderName::from_static("x-request-id"), id);
    }
}

//! Pages of the listed origins may call from a browser; never with cookies, for there are none. A form's own origins are
//! its own affair (`marketing`).

use poem::{
    Request, Response,
    http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header},
};

const METHODS: &str = "GET, POST, PUT, PATCH, DELETE";
const ASKED: &str =
    "authorization, content-type, idempotency-key, if-match, if-none-match, last-event-id, org, x-request-id";
const SHOWN: &str = "etag, location, idempotency-replayed, retry-after, x-request-id";

/// The origin that asks, if it may.
pub fn allowed(origins: &[String], headers: &HeaderMap) -> Option<String> {
    let origin = headers.get(header::ORIGIN)?.to_str().ok()?;
    origins.iter().find(|allowed| *allowed == origin).cloned()
}

/// The answer to a preflight of a listed origin.
pub fn preflight(origins: &[String], request: &Request) -> Option<Response> {
    let asks =
        *request.method() == Method::OPTIONS && request.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    (asks && allowed(origins, request.headers()).is_some()).then(|| {
        Response::builder()
            .status(StatusCode::NO_CONTENT)
            .header(header::ACCESS_CONTROL_ALLOW_METHODS, METHODS)
            .header(header::ACCESS_CONTROL_ALLOW_HEADERS, ASKED)
            .header(header::ACCESS_CONTROL_MAX_AGE, "600")
            .finish()
    })
}

pub fn tell(response: &mut Response, origin: Option<&str>) {
    let headers = response.headers_mut();
    headers.append(header::VARY, HeaderValue::from_static("origin"));
    if let Some(origin) = origin.and_then(|origin| HeaderValue::from_str(origin).ok()) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(SHOWN));
        headers
            .insert(HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin"));
    }
}

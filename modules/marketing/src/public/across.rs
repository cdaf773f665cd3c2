//! Answers to pages of other origins (Fetch standard, "HTTP CORS protocol").

use base::{Error, Result};
use poem::{
    IntoResponse, Response,
    http::{HeaderValue, StatusCode, header},
};
use poem_openapi::{
    ApiResponse,
    registry::{MetaResponses, Registry},
};

use super::view::Accepted;

/// An answer that a page of `origin` may read, also when it is a refusal.
pub struct Across {
    pub answer: Result<Accepted>,
    /// `None`: no page, or none that may.
    pub origin: Option<String>,
}

/// What a browser asks before a script may send JSON.
pub struct Preflight(pub Across);

impl IntoResponse for Across {
    fn into_response(self) -> Response {
        let response = match self.answer {
            Ok(accepted) => accepted.into_response(),
            Err(error) => error.into_response(),
        };
        shared(response, self.origin)
    }
}

impl IntoResponse for Preflight {
    fn into_response(self) -> Response {
        let Across { answer, origin } = self.0;
        if let Err(error) = answer {
            return error.into_response();
        }
        let allowed = Response::builder()
            .status(StatusCode::NO_CONTENT)
            .header(header::ALLOW, "OPTIONS, POST")
            .header(header::ACCESS_CONTROL_ALLOW_METHODS, "POST")
            .header(header::ACCESS_CONTROL_ALLOW_HEADERS, "content-type, idempotency-key")
            .header(header::ACCESS_CONTROL_MAX_AGE, "600")
            .finish();
        shared(allowed, origin)
    }
}

fn shared(mut response: Response, origin: Option<String>) -> Response {
    let headers = response.headers_mut();
    headers.insert(header::VARY, HeaderValue::from_static("Origin"));
    if let Some(origin) = origin.and_then(|origin| HeaderValue::try_from(origin).ok()) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        let shown = HeaderValue::from_static("idempotency-replayed, retry-after, x-request-id");
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, shown);
    }
    response
}

impl ApiResponse for Across {
    fn meta() -> MetaResponses {
        Result::<Accepted, Error>::meta()
    }

    fn register(registry: &mut Registry) {
        Result::<Accepted, Error>::register(registry);
    }
}

impl ApiResponse for Preflight {
    fn meta() -> MetaResponses {
        Error::meta()
    }

    fn register(registry: &mut Registry) {
        Error::register(registry);
    }
}

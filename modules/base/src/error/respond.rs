//! An [`Error`] as an HTTP answer and in the API document.

use poem::{
    IntoResponse, Response,
    error::ResponseError,
    http::{HeaderValue, StatusCode, header},
};
use poem_openapi::{
    ApiResponse,
    registry::{MetaHeader, MetaMediaType, MetaResponse, MetaResponses, MetaSchemaRef, Registry},
    types::{ToJSON, Type},
};

use super::{Error, Problem, Replay};

const PROBLEM: &str = "application/problem+json";

const ANSWERS: [(u16, &str); 15] = [
    (400, "Not understood"),
    (401, "Who are you?"),
    (403, "You see it but may not"),
    (404, "Not there for you"),
    (405, "Not with this method"),
    (409, "In conflict with what is stored"),
    (412, "Changed since you read it"),
    (413, "Too large"),
    (414, "Address too long"),
    (415, "Not in this format"),
    (422, "Understood but wrong"),
    (429, "Too many requests"),
    (431, "Headers too large"),
    (500, "Our fault"),
    (503, "Not possible right now"),
];

impl ApiResponse for Error {
    fn meta() -> MetaResponses {
        let responses = ANSWERS
            .into_iter()
            .map(|(status, description)| MetaResponse {
                description,
                status: Some(status),
                status_range: None,
                content: vec![MetaMediaType { content_type: PROBLEM, schema: Problem::schema_ref() }],
                headers: match status {
                    401 => vec![meta_header("WWW-AUTHENTICATE", String::schema_ref())],
                    429 | 503 => vec![meta_header("RETRY-AFTER", u64::schema_ref())],
                    _ => vec![],
                },
            })
            .collect();
        MetaResponses { responses }
    }

    fn register(registry: &mut Registry) {
        Problem::register(registry);
    }
}

fn meta_header(name: &str, schema: MetaSchemaRef) -> MetaHeader {
    MetaHeader { name: name.into(), description: None, required: true, deprecated: false, schema }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        match self {
            Self::Problem(problem) => problem.into_response(),
            Self::Replay(replay) => replay.into_response(),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = Response::builder().status(status).content_type(PROBLEM).body(self.to_json_string());
        let headers = response.headers_mut();
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

impl IntoResponse for Replay {
    fn into_response(self) -> Response {
        let mut response = Response::builder().status(self.status).body(self.body);
        *response.headers_mut() = self.headers;
        response.headers_mut().insert("idempotency-replayed", HeaderValue::from_static("true"));
        response
    }
}

/// Lets an [`Error`] travel as a [`poem::Error`] and be taken out again (`downcast`).
impl ResponseError for Error {
    fn status(&self) -> StatusCode {
        match self {
            Self::Problem(problem) => StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR),
            Self::Replay(replay) => replay.status,
        }
    }

    fn as_response(&self) -> Response {
        self.clone().into_response()
    }
}

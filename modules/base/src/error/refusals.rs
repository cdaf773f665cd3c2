//! The usual ways to say no, by status.

use std::fmt;

use poem::http::{HeaderMap, StatusCode};

use super::{Error, Replay};
use crate::fault::Faults;

impl Error {
    /// Whether it says that something is not there, or not for this actor.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.problem().is_some_and(|problem| problem.status == StatusCode::NOT_FOUND.as_u16())
    }

    /// Whether it says that the actor may not, of something that they see.
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.problem().is_some_and(|problem| problem.status == StatusCode::FORBIDDEN.as_u16())
    }

    /// 400: the request was not understood.
    #[must_use]
    pub fn bad_request(code: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, detail)
    }

    /// 401: who are you?
    #[must_use]
    pub fn unauthorized() -> Self {
        Self::unauthorized_because("unauthorized", "Log in, or send a valid token.")
    }

    /// 401 with a reason that tells nothing an outsider should not know.
    #[must_use]
    pub fn unauthorized_because(code: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, code, detail)
    }

    /// 403: you see it, but may not.
    #[must_use]
    pub fn forbidden() -> Self {
        Self::forbidden_because("forbidden", "You may not do this.")
    }

    #[must_use]
    pub fn forbidden_because(code: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, code, detail)
    }

    /// 404: not there, or not there for you; the two read the same.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", "There is nothing here.")
    }

    /// 405; whoever knows the route adds `Allow`.
    #[must_use]
    pub fn method_not_allowed() -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "This address does not take this method.")
    }

    /// 409: in conflict with what is stored.
    #[must_use]
    pub fn conflict(code: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, code, detail)
    }

    /// 409: another record has what must be unique, in this field of the body.
    #[must_use]
    pub fn duplicate(field: &str) -> Self {
        let mut faults = Faults::new();
        faults.add(format!("/{field}"), "duplicate", "Another record has this already.");
        Self::conflict("duplicate", format!("There is already a record with this `{field}`."))
            .with(|problem| problem.errors = Some(faults.into_iter().collect()))
    }

    /// The same fault of a body in which the field is elsewhere; empty for none of its fields.
    #[must_use]
    pub fn at(self, pointer: &str) -> Self {
        self.with(|problem| {
            for fault in problem.errors.iter_mut().flatten() {
                pointer.clone_into(&mut fault.pointer);
            }
        })
    }

    /// 412: `If-Match` names an older version.
    #[must_use]
    pub fn stale() -> Self {
        Self::new(StatusCode::PRECONDITION_FAILED, "stale", "Somebody changed this record since you read it.")
    }

    /// 413; `limit` in bytes.
    #[must_use]
    pub fn too_large(limit: u64) -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", format!("The body may have at most {limit} bytes."))
    }

    #[must_use]
    pub fn unsupported_media() -> Self {
        Self::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "unsupported_media_type",
            "The body's Content-Type is missing or not one this address takes.",
        )
    }

    /// 422 with one fault.
    #[must_use]
    pub fn fault(pointer: impl Into<String>, code: impl Into<String>, detail: impl Into<String>) -> Self {
        let mut faults = Faults::new();
        faults.add(pointer, code, detail);
        Self::faults(faults)
    }

    /// 422 with all faults.
    #[must_use]
    pub fn faults(faults: Faults) -> Self {
        let detail = match faults.len() {
            1 => "The body has a fault.".to_owned(),
            n => format!("The body has {n} faults."),
        };
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", detail)
            .with(|problem| problem.errors = Some(faults.into_iter().collect()))
    }

    /// 422 that is not about a place in the body (an `Idempotency-Key` used for another body).
    #[must_use]
    pub fn unprocessable(code: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, code, detail)
    }

    /// 429; the wait in seconds, at least one.
    #[must_use]
    pub fn too_many(retry_after: u64) -> Self {
        Self::new(StatusCode::TOO_MANY_REQUESTS, "too_many_requests", "Too many requests; wait, then try again.")
            .with(|problem| problem.retry_after = Some(retry_after.max(1)))
    }

    /// 500; the cause goes to the log and nowhere else.
    #[must_use]
    pub fn internal(cause: impl fmt::Display) -> Self {
        tracing::error!(%cause, "internal error");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "internal error")
    }

    /// 503; try again in a second.
    #[must_use]
    pub fn unavailable() -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable", "Not possible right now; try again in a moment.")
            .with(|problem| problem.retry_after = Some(1))
    }

    #[must_use]
    pub fn replay(status: StatusCode, headers: HeaderMap, body: Vec<u8>) -> Self {
        Self::Replay(Box::new(Replay { status, headers, body }))
    }
}

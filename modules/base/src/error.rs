//! The one way to say no: RFC 9457 problem documents.

mod database;
mod foreign;
mod refusals;
mod respond;
#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, fmt};

use poem::http::{HeaderMap, StatusCode};
use poem_openapi::Object;
use uuid::Uuid;

use crate::fault::Fault;

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a request was not carried out.
#[derive(Clone, Debug, PartialEq)]
pub enum Error {
    Problem(Box<Problem>),
    /// Not a failure: the answer to an earlier request with the same `Idempotency-Key`, given again.
    /// It travels as an error because it ends a handler and rolls back its transaction.
    Replay(Box<Replay>),
}

/// A problem document (RFC 9457).
#[derive(Object, Clone, Debug, PartialEq)]
#[oai(skip_serializing_if_is_none)]
pub struct Problem {
    /// Always `about:blank`: `title` is then the phrase of the status (RFC 9457 4.2.1) and `code` says more.
    #[oai(rename = "type")]
    pub kind: String,
    /// The phrase of the status, such as `Not Found`.
    pub title: String,
    /// The status of the answer.
    #[oai(validator(minimum(value = "400"), maximum(value = "599")))]
    pub status: u16,
    /// What happened, for people.
    pub detail: String,
    /// The id of the request, as in the `X-Request-Id` header.
    pub instance: Option<String>,
    /// What happened, for programs: stable, lower snake case.
    pub code: String,
    /// Every fault of the body with 422; what another record has already with a 409 `duplicate`; and which action of a macro was
    /// refused, with any status.
    pub errors: Option<Vec<Fault>>,
    /// The records in the way, by their role; only with some 409.
    pub ids: Option<BTreeMap<String, Uuid>>,
    #[oai(skip)]
    retry_after: Option<u64>,
}

/// A stored answer, byte for byte.
#[derive(Clone, Debug, PartialEq)]
pub struct Replay {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Error {
    /// A problem of any status; the named constructors below are the usual ones.
    #[must_use]
    pub fn new(status: StatusCode, code: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::Problem(Box::new(Problem {
            kind: "about:blank".into(),
            title: status.canonical_reason().unwrap_or("Error").into(),
            status: status.as_u16(),
            detail: detail.into(),
            instance: None,
            code: code.into(),
            errors: None,
            ids: None,
            retry_after: None,
        }))
    }

    /// Names a record that is in the way (`lead_id` → its id).
    #[must_use]
    pub fn with_id(self, role: impl Into<String>, id: Uuid) -> Self {
        self.with(|problem| {
            problem.ids.get_or_insert_with(BTreeMap::new).insert(role.into(), id);
        })
    }

    /// Sets the request id, unless one is there.
    #[must_use]
    pub fn with_instance(self, request_id: impl Into<String>) -> Self {
        self.with(|problem| {
            problem.instance.get_or_insert_with(|| request_id.into());
        })
    }

    /// The stable code; empty for a replay.
    #[must_use]
    pub fn code(&self) -> &str {
        self.problem().map_or("", |problem| &problem.code)
    }

    #[must_use]
    pub fn problem(&self) -> Option<&Problem> {
        match self {
            Self::Problem(problem) => Some(problem),
            Self::Replay(_) => None,
        }
    }

    fn with(mut self, change: impl FnOnce(&mut Problem)) -> Self {
        if let Self::Problem(problem) = &mut self {
            change(problem);
        }
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Problem(problem) => {
                write!(f, "{} {}: {}", problem.status, problem.code, problem.detail)
            }
            Self::Replay(replay) => write!(f, "replay of an answer with {}", replay.status),
        }
    }
}

impl std::error::Error for Error {}

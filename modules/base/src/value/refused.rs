use thiserror::Error;

/// Why a text is not the value it should be.
#[derive(Error, Clone, Copy, Debug, PartialEq, Eq)]
#[error("{detail}")]
pub struct Refused {
    /// Stable, lower snake case: `invalid_email`, `too_long`, …
    pub code: &'static str,
    /// For people.
    pub detail: &'static str,
}

impl Refused {
    #[must_use]
    pub const fn new(code: &'static str, detail: &'static str) -> Self {
        Self { code, detail }
    }
}

pub(super) const TOO_LONG: Refused = Refused::new("too_long", "Too long.");

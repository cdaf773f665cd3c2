//! What is wrong with a body that was understood, fault by fault.

use poem_openapi::Object;

use crate::error::{Error, Result};

/// One fault of a request body.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where: a JSON pointer (RFC 6901) into the request body; empty for the body as a whole.
    pub pointer: String,
    /// What, for programs: stable, lower snake case.
    pub code: String,
    /// What, for people.
    pub detail: String,
}

/// Faults found so far. Answers tell all of them at once, so collect first and [`Faults::check`] last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults(Vec<Fault>);

impl Faults {
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    pub fn add(&mut self, pointer: impl Into<String>, code: impl Into<String>, detail: impl Into<String>) -> &mut Self {
        self.0.push(Fault { pointer: pointer.into(), code: code.into(), detail: detail.into() });
        self
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn iter(&self) -> std::slice::Iter<'_, Fault> {
        self.0.iter()
    }

    /// # Errors
    /// 422 with every fault, when there is one.
    pub fn check(self) -> Result<()> {
        if self.is_empty() {
            return Ok(());
        }
        Err(Error::faults(self))
    }
}

impl IntoIterator for Faults {
    type Item = Fault;
    type IntoIter = std::vec::IntoIter<Fault>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'a> IntoIterator for &'a Faults {
    type Item = &'a Fault;
    type IntoIter = std::slice::Iter<'a, Fault>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Extend<Fault> for Faults {
    fn extend<I: IntoIterator<Item = Fault>>(&mut self, faults: I) {
        self.0.extend(faults);
    }
}

impl FromIterator<Fault> for Faults {
    fn from_iter<I: IntoIterator<Item = Fault>>(faults: I) -> Self {
        Self(faults.into_iter().collect())
    }
}

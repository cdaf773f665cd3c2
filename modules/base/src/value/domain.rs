use std::sync::LazyLock;

use poem_openapi::registry::MetaSchema;
use regex::Regex;
use url::Host;

use super::{Refused, text_type::text_type};

const MAX: usize = 253;

/// As people write it: letters and digits of any script, hyphens and dots.
const PATTERN: &str = r"^[^\u0000-\u002c\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$";

/// As it is kept.
const NAME: &str = r"^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$";

static TYPED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(PATTERN).ok());
static KEPT: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(NAME).ok());

const REFUSED: Refused = Refused::new("invalid_domain", "Not a domain such as elbe.example.");

/// A domain with a dot in it, at most 253 characters (RFC 1035 2.3.4). Kept as name servers know it: in lower case, and in
/// punycode where it has other letters than ASCII's (UTS 46, RFC 3492).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Domain(String);

impl Domain {
    /// # Errors
    /// `invalid_domain`.
    pub fn parse(typed: &str) -> Result<Self, Refused> {
        if typed.chars().count() > MAX || !TYPED.as_ref().is_some_and(|regex| regex.is_match(typed)) {
            return Err(REFUSED);
        }
        match Host::parse(typed) {
            Ok(Host::Domain(name)) if name.len() <= MAX && KEPT.as_ref().is_some_and(|regex| regex.is_match(&name)) => {
                Ok(Self(name))
            }
            _ => Err(REFUSED),
        }
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn schema() -> MetaSchema {
        MetaSchema {
            min_length: Some(3),
            max_length: Some(MAX),
            pattern: Some(PATTERN.into()),
            ..MetaSchema::new("string")
        }
    }
}

text_type!([] Domain, inline);

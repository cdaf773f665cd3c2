use std::sync::LazyLock;

use lettre::Address;
use poem_openapi::registry::MetaSchema;
use regex::Regex;

use super::{Refused, text_type::text_type};

const MAX: usize = 254;

/// A dot-atom at a host name with a dot (RFC 5321 4.1.2 without quoted strings and address literals).
const PATTERN: &str = r"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$";

static REGEX: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(PATTERN).ok());

const REFUSED: Refused = Refused::new("invalid_email", "Not an e-mail address.");

/// An address that mail can be sent to: ASCII, at most 254 characters (RFC 5321 4.5.3.1.3), 64 before the `@`.
/// The host is kept in lower case, the mailbox as typed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Email(String);

impl Email {
    /// # Errors
    /// `invalid_email`.
    pub fn parse(typed: &str) -> Result<Self, Refused> {
        if typed.len() > MAX || !REGEX.as_ref().is_some_and(|regex| regex.is_match(typed)) {
            return Err(REFUSED);
        }
        let address: Address = typed.parse().map_err(|_| REFUSED)?;
        Ok(Self(format!("{}@{}", address.user(), address.domain().to_ascii_lowercase())))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    #[must_use]
    pub fn into_inner(self) -> String {
        self.0
    }

    fn schema() -> MetaSchema {
        MetaSchema {
            min_length: Some(5),
            max_length: Some(MAX),
            pattern: Some(PATTERN.into()),
            ..MetaSchema::new_with_format("string", "email")
        }
    }
}

text_type!([] Email, inline);

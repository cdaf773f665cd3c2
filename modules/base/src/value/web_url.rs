use std::sync::LazyLock;

use poem_openapi::registry::MetaSchema;
use regex::Regex;
use url::Url;

use super::{Refused, refused::TOO_LONG, text_type::text_type};

/// `http` or `https`, a host without a user before it, and no white space or control characters anywhere.
const PATTERN: &str = r"^[Hh][Tt][Tt][Pp][Ss]?://[^\u0000-\u0020\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000/?#@\\]+([/?#][^\u0000-\u0020\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*)?$";

static REGEX: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(PATTERN).ok());

const REFUSED: Refused =
    Refused::new("invalid_url", "Not a web address: http:// or https://, then a host; no user name, no blanks.");

/// The address of a web page (WHATWG URL), at most `MAX` characters; kept as typed.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WebUrl<const MAX: usize>(String);

impl<const MAX: usize> WebUrl<MAX> {
    /// # Errors
    /// `invalid_url`, `too_long`.
    pub fn parse(typed: &str) -> Result<Self, Refused> {
        if typed.chars().count() > MAX {
            return Err(TOO_LONG);
        }
        if !REGEX.as_ref().is_some_and(|regex| regex.is_match(typed)) {
            return Err(REFUSED);
        }
        let url = Url::parse(typed).map_err(|_| REFUSED)?;
        if url.host_str().is_none_or(str::is_empty) {
            return Err(REFUSED);
        }
        Ok(Self(typed.to_owned()))
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
            min_length: Some(8),
            max_length: Some(MAX),
            pattern: Some(PATTERN.into()),
            ..MetaSchema::new_with_format("string", "uri")
        }
    }
}

text_type!([const MAX: usize] WebUrl<MAX>, inline);

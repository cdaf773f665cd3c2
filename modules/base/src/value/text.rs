use std::sync::LazyLock;

use poem_openapi::registry::MetaSchema;
use regex::Regex;
use unicode_normalization::UnicodeNormalization;

use super::{Refused, refused::TOO_LONG, text_type::text_type};

/// No control characters, and one that is neither that nor white space (Unicode `White_Space`, spelled out because
/// `\s` differs from one regex dialect to the next).
const PATTERN: &str = r"^[^\u0000-\u001f\u007f-\u009f]*[^\u0000-\u0020\u007f-\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000][^\u0000-\u001f\u007f-\u009f]*$";

static REGEX: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(PATTERN).ok());

/// One line that says something: a name, a title. At most `MAX` Unicode scalar values; kept trimmed and in NFC.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Text<const MAX: usize>(String);

impl<const MAX: usize> Text<MAX> {
    /// # Errors
    /// Blank, longer than `MAX`, or with control characters.
    pub fn parse(typed: &str) -> Result<Self, Refused> {
        if typed.trim().is_empty() {
            return Err(Refused::new("too_short", "Must not be blank."));
        }
        if typed.chars().count() > MAX {
            return Err(TOO_LONG);
        }
        if !REGEX.as_ref().is_some_and(|regex| regex.is_match(typed)) {
            return Err(Refused::new("invalid_text", "Must not hold control characters."));
        }
        Ok(Self(tidy(typed, MAX)))
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
            min_length: Some(1),
            max_length: Some(MAX),
            pattern: Some(PATTERN.into()),
            ..MetaSchema::new("string")
        }
    }
}

/// Trimmed and in NFC. Some characters (U+0958, U+1D15E) have longer NFC forms: a text that would outgrow `max`
/// that way stays as typed, because the published schema promised to take it.
pub(super) fn tidy(typed: &str, max: usize) -> String {
    let trimmed = typed.trim();
    let composed: String = trimmed.nfc().collect();
    if composed.chars().count() > max {
        return trimmed.to_owned();
    }
    composed
}

text_type!([const MAX: usize] Text<MAX>, inline);

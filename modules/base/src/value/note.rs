use poem_openapi::registry::MetaSchema;

use super::{Refused, refused::TOO_LONG, text::tidy, text_type::text_type};

/// No control characters but tab, line feed and carriage return.
const PATTERN: &str = r"^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]*$";

/// Lines of text, or none. At most `MAX` Unicode scalar values; kept trimmed and in NFC, with `\n` line ends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Note<const MAX: usize>(String);

impl<const MAX: usize> Note<MAX> {
    /// # Errors
    /// Longer than `MAX`, or with control characters other than tab and line ends.
    pub fn parse(typed: &str) -> Result<Self, Refused> {
        if typed.chars().count() > MAX {
            return Err(TOO_LONG);
        }
        if typed.chars().any(|c| c.is_control() && !"\t\n\r".contains(c)) {
            return Err(Refused::new("invalid_text", "Must not hold control characters but tabs and line ends."));
        }
        let lines = typed.replace("\r\n", "\n").replace('\r', "\n");
        Ok(Self(tidy(&lines, MAX)))
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
        MetaSchema { max_length: Some(MAX), pattern: Some(PATTERN.into()), ..MetaSchema::new("string") }
    }
}

text_type!([const MAX: usize] Note<MAX>, inline);

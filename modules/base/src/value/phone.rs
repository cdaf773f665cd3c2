use std::sync::LazyLock;

use phonenumber::{Mode, country};
use poem_openapi::{Object, registry::MetaSchema};
use regex::Regex;

use super::{Country, Refused, text_type::text_type};

const MAX: usize = 40;

/// Three digits or more with the usual marks between them, then perhaps an extension (`x371`, `ext. 12`, `#9`, `,5`).
const PATTERN: &str = r"^ ?[+]?[ (]*[0-9][ ().\u00a0/-]*[0-9][ ().\u00a0/-]*[0-9][0-9 ().\u00a0/-]*(([xX]|[eE][xX][tT]\.?|#|,|;) ?[0-9]{1,10})? ?$";

static REGEX: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(PATTERN).ok());

const REFUSED: Refused = Refused::new("invalid_phone", "Not a telephone number.");

/// A telephone number as somebody typed it, at most 40 characters, and its E.164 form where it has one.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Phone {
    typed: String,
    e164: Option<String>,
}

/// A telephone number in an answer.
#[derive(Object, Clone, Debug, PartialEq, Eq)]
#[oai(rename = "Phone")]
pub struct PhoneView {
    /// ITU-T E.164 (`+4930901820`); null when the number could not be made out.
    pub e164: Option<String>,
    /// As it was typed in.
    pub typed: String,
}

impl Phone {
    /// `region` is where a number without a `+` is dialled from.
    ///
    /// # Errors
    /// `invalid_phone`. A number that no country has is taken all the same, without an E.164 form.
    pub fn parse_in(typed: &str, region: Option<&Country>) -> Result<Self, Refused> {
        let fits = typed.chars().count() <= MAX && REGEX.as_ref().is_some_and(|regex| regex.is_match(typed));
        if !fits {
            return Err(REFUSED);
        }
        let typed = typed.trim().to_owned();
        Ok(Self { e164: e164(&typed, region), typed })
    }

    /// Without a region: only a number with `+` gets an E.164 form.
    ///
    /// # Errors
    /// `invalid_phone`.
    pub fn parse(typed: &str) -> Result<Self, Refused> {
        Self::parse_in(typed, None)
    }

    /// The same number, dialled from `region`.
    #[must_use]
    pub fn in_region(mut self, region: Option<&Country>) -> Self {
        self.e164 = e164(&self.typed, region);
        self
    }

    /// A number from its two columns.
    #[must_use]
    pub fn stored(typed: String, e164: Option<String>) -> Self {
        Self { typed, e164 }
    }

    #[must_use]
    pub fn e164(&self) -> Option<&str> {
        self.e164.as_deref()
    }

    /// As typed.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.typed
    }

    /// As typed, and E.164.
    #[must_use]
    pub fn into_parts(self) -> (String, Option<String>) {
        (self.typed, self.e164)
    }

    fn schema() -> MetaSchema {
        MetaSchema {
            min_length: Some(3),
            max_length: Some(MAX),
            pattern: Some(PATTERN.into()),
            ..MetaSchema::new_with_format("string", "phone")
        }
    }
}

fn e164(typed: &str, region: Option<&Country>) -> Option<String> {
    let region: Option<country::Id> = region.and_then(|country| country.as_str().parse().ok());
    if region.is_none() && !typed.starts_with('+') {
        return None;
    }
    let number = phonenumber::parse(region, typed).ok()?;
    number.is_valid().then(|| number.format().mode(Mode::E164).to_string())
}

impl From<Phone> for PhoneView {
    fn from(phone: Phone) -> Self {
        Self { e164: phone.e164, typed: phone.typed }
    }
}

text_type!([] Phone, inline);

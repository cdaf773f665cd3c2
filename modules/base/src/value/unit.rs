use poem_openapi::registry::MetaSchema;

use super::{Refused, text_type::text_type};

const PATTERN: &str = "^[A-Z0-9]{2,3}$";

/// In what something is counted: a code of UN/ECE Recommendation 20, such as `C62` (one), `HUR` (hour), `MON` (month) or
/// `KGM` (kilogram), as EN 16931 asks of an invoice's lines (BT-130). Whether the recommendation knows it is not looked up.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct UnitCode(String);

impl UnitCode {
    /// One, of whatever it is.
    #[must_use]
    pub fn one() -> Self {
        Self("C62".to_owned())
    }

    /// # Errors
    /// `invalid_unit`.
    pub fn parse(typed: &str) -> Result<Self, Refused> {
        let code = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
        if (2..=3).contains(&typed.len()) && typed.bytes().all(code) {
            return Ok(Self(typed.to_owned()));
        }
        Err(Refused::new("invalid_unit", "Not a code of UN/ECE Recommendation 20 (two or three capitals or digits)."))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn schema() -> MetaSchema {
        MetaSchema {
            description: Some(
                "A unit of UN/ECE Recommendation 20: `C62` (one), `HUR` (hour), `MON` (month), `KGM` (kilogram)",
            ),
            pattern: Some(PATTERN.to_owned()),
            min_length: Some(2),
            max_length: Some(3),
            ..MetaSchema::new("string")
        }
    }
}

text_type!([] UnitCode, inline);

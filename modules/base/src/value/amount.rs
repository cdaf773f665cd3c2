use std::{fmt, str::FromStr, sync::LazyLock};

use poem_openapi::{
    registry::{MetaSchema, MetaSchemaRef},
    types::{ParseError, ParseFromJSON, ParseFromParameter, ParseResult, ToJSON, Type},
};
use regex::Regex;
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::Refused;

/// What `numeric(15,3)` holds.
const PATTERN: &str = r"^-?(0|[1-9][0-9]{0,11})(\.[0-9]{1,3})?$";
const MAX_LENGTH: usize = 17;

static REGEX: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(PATTERN).ok());

const REFUSED: Refused =
    Refused::new("invalid_decimal", "Not an amount: up to 12 digits, then perhaps a point and up to three more.");

/// An amount in the currency beside it, to its minor unit: 12 for JPY, 12.00 for EUR, 12.000 for KWD (ISO 4217). Unlike
/// [`Money`](super::Money) it holds thousandths, and may be below nought where somebody says so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Amount(Decimal);

impl Amount {
    /// # Errors
    /// `invalid_decimal`.
    pub fn parse(typed: &str) -> Result<Self, Refused> {
        if !REGEX.as_ref().is_some_and(|regex| regex.is_match(typed)) {
            return Err(REFUSED);
        }
        typed.parse().map(Self).map_err(|_| REFUSED)
    }

    /// As it is shown, with the decimal places of its currency. More than those are kept, never rounded away.
    #[must_use]
    pub fn of(amount: Decimal, places: u32) -> Self {
        let mut amount = amount.normalize();
        if amount.scale() < places {
            amount.rescale(places);
        }
        Self(amount)
    }

    #[must_use]
    pub fn into_inner(self) -> Decimal {
        self.0
    }
}

impl From<Amount> for Decimal {
    fn from(amount: Amount) -> Self {
        amount.0
    }
}

impl FromStr for Amount {
    type Err = Refused;

    fn from_str(typed: &str) -> Result<Self, Refused> {
        Self::parse(typed)
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Amount {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let typed = String::deserialize(deserializer)?;
        Self::parse(&typed).map_err(serde::de::Error::custom)
    }
}

impl Type for Amount {
    const IS_REQUIRED: bool = true;
    type RawValueType = Self;
    type RawElementValueType = Self;

    fn name() -> std::borrow::Cow<'static, str> {
        "Amount".into()
    }

    fn schema_ref() -> MetaSchemaRef {
        MetaSchemaRef::Inline(Box::new(MetaSchema {
            pattern: Some(PATTERN.into()),
            min_length: Some(1),
            max_length: Some(MAX_LENGTH),
            ..MetaSchema::new_with_format("string", "decimal")
        }))
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }

    fn raw_element_iter<'a>(&'a self) -> Box<dyn Iterator<Item = &'a Self> + 'a> {
        Box::new(std::iter::once(self))
    }
}

impl ParseFromJSON for Amount {
    fn parse_from_json(value: Option<Value>) -> ParseResult<Self> {
        match value.unwrap_or_default() {
            Value::String(typed) => Self::parse(&typed).map_err(ParseError::custom),
            other => Err(ParseError::expected_type(other)),
        }
    }
}

impl ParseFromParameter for Amount {
    fn parse_from_parameter(typed: &str) -> ParseResult<Self> {
        Self::parse(typed).map_err(ParseError::custom)
    }
}

impl ToJSON for Amount {
    fn to_json(&self) -> Option<Value> {
        Some(Value::String(self.to_string()))
    }
}

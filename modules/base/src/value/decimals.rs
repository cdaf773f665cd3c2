use std::{fmt, str::FromStr};

use poem_openapi::{
    registry::{MetaSchema, MetaSchemaRef},
    types::{ParseError, ParseFromJSON, ParseFromParameter, ParseResult, ToJSON, Type},
};
use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::Refused;

/// What many amounts come to.
pub type MoneyTotal = Decimals<24, 2, 2>;
/// A share in per cent, which may be more than all of it.
pub type Share = Decimals<26, 0, 2>;
/// How many of something: up to 99999999999.9999.
pub type Quantity = Decimals<11, 0, 4>;
/// What one of something costs, in the currency beside it: up to 99999999999.9999. Screws cost less than a cent.
pub type UnitPrice = Decimals<11, 2, 4>;
/// Per cent, up to 999.99.
pub type Percent = Decimals<3, 0, 2>;
/// What one of a currency is worth in another: up to 999999999.9999999999.
pub type Rate = Decimals<9, 0, 10>;

/// A number from 0 on with at most `WHOLE` digits before the point and `MOST` after, in JSON a string with at least `LEAST`
/// after and no needless zeros.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Decimals<const WHOLE: usize, const LEAST: u32, const MOST: usize>(Decimal);

const REFUSED: Refused =
    Refused::new("invalid_decimal", "Not a number of this kind: digits, then perhaps a point and more of them.");

impl<const WHOLE: usize, const LEAST: u32, const MOST: usize> Decimals<WHOLE, LEAST, MOST> {
    /// # Errors
    /// `invalid_decimal`.
    pub fn parse(typed: &str) -> Result<Self, Refused> {
        let digits = |text: &str, most| (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        let (whole, rest) = typed.split_once('.').map_or((typed, None), |(whole, rest)| (whole, Some(rest)));
        let whole = digits(whole, WHOLE) && (whole == "0" || !whole.starts_with('0'));
        if !whole || !rest.is_none_or(|rest| digits(rest, MOST)) {
            return Err(REFUSED);
        }
        typed.parse().map(Self).map_err(|_| REFUSED)
    }

    #[must_use]
    pub fn into_inner(self) -> Decimal {
        self.0
    }

    fn pattern() -> String {
        format!("^(0|[1-9][0-9]{{0,{}}})(\\.[0-9]{{1,{MOST}}})?$", WHOLE - 1)
    }
}

/// For what comes out of the database, whose column allows nothing else.
impl<const WHOLE: usize, const LEAST: u32, const MOST: usize> From<Decimal> for Decimals<WHOLE, LEAST, MOST> {
    fn from(number: Decimal) -> Self {
        Self(number)
    }
}

impl<const WHOLE: usize, const LEAST: u32, const MOST: usize> From<Decimals<WHOLE, LEAST, MOST>> for Decimal {
    fn from(number: Decimals<WHOLE, LEAST, MOST>) -> Self {
        number.0
    }
}

impl<const WHOLE: usize, const LEAST: u32, const MOST: usize> FromStr for Decimals<WHOLE, LEAST, MOST> {
    type Err = Refused;

    fn from_str(typed: &str) -> Result<Self, Refused> {
        Self::parse(typed)
    }
}

impl<const WHOLE: usize, const LEAST: u32, const MOST: usize> fmt::Display for Decimals<WHOLE, LEAST, MOST> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut number = self.0.normalize();
        if number.scale() < LEAST {
            number.rescale(LEAST);
        }
        write!(f, "{number}")
    }
}

impl<const WHOLE: usize, const LEAST: u32, const MOST: usize> Serialize for Decimals<WHOLE, LEAST, MOST> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, const WHOLE: usize, const LEAST: u32, const MOST: usize> Deserialize<'de> for Decimals<WHOLE, LEAST, MOST> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let typed = String::deserialize(deserializer)?;
        Self::parse(&typed).map_err(serde::de::Error::custom)
    }
}

impl<const WHOLE: usize, const LEAST: u32, const MOST: usize> Type for Decimals<WHOLE, LEAST, MOST> {
    const IS_REQUIRED: bool = true;
    type RawValueType = Self;
    type RawElementValueType = Self;

    fn name() -> std::borrow::Cow<'static, str> {
        format!("Decimals_{WHOLE}_{MOST}").into()
    }

    fn schema_ref() -> MetaSchemaRef {
        MetaSchemaRef::Inline(Box::new(MetaSchema {
            pattern: Some(Self::pattern()),
            min_length: Some(1),
            max_length: Some(WHOLE + 1 + MOST),
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

impl<const WHOLE: usize, const LEAST: u32, const MOST: usize> ParseFromJSON for Decimals<WHOLE, LEAST, MOST> {
    fn parse_from_json(value: Option<Value>) -> ParseResult<Self> {
        match value.unwrap_or_default() {
            Value::String(typed) => Self::parse(&typed).map_err(ParseError::custom),
            other => Err(ParseError::expected_type(other)),
        }
    }
}

impl<const WHOLE: usize, const LEAST: u32, const MOST: usize> ParseFromParameter for Decimals<WHOLE, LEAST, MOST> {
    fn parse_from_parameter(typed: &str) -> ParseResult<Self> {
        Self::parse(typed).map_err(ParseError::custom)
    }
}

impl<const WHOLE: usize, const LEAST: u32, const MOST: usize> ToJSON for Decimals<WHOLE, LEAST, MOST> {
    fn to_json(&self) -> Option<Value> {
        Some(Value::String(self.to_string()))
    }
}

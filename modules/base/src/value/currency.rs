use iso_currency::{Currency, IntoEnumIterator};
use poem_openapi::registry::MetaSchema;

use super::{Refused, text_type::text_type};

/// Money in circulation: ISO 4217, upper case; no funds, metals, test codes or withdrawn currencies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CurrencyCode(Currency);

impl CurrencyCode {
    /// # Errors
    /// `invalid_currency`.
    pub fn parse(code: &str) -> Result<Self, Refused> {
        Currency::from_code(code)
            .filter(|currency| currency.code() == code && circulates(*currency))
            .map(Self)
            .ok_or(Refused::new("invalid_currency", "Not a currency code of ISO 4217 (three capital letters)."))
    }

    #[must_use]
    pub fn as_str(&self) -> &'static str {
        self.0.code()
    }

    #[must_use]
    pub fn into_inner(self) -> String {
        self.as_str().to_owned()
    }

    /// Decimal places in use: 2 for EUR, 0 for JPY, 3 for KWD.
    #[must_use]
    pub fn places(&self) -> u32 {
        self.0.exponent().map_or(2, u32::from)
    }

    /// Every currency, by code.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let mut all: Vec<_> = Currency::iter().filter(|c| circulates(*c)).map(Self).collect();
        all.sort_unstable_by_key(Self::as_str);
        all
    }

    fn schema() -> MetaSchema {
        MetaSchema {
            description: Some("ISO 4217"),
            enum_items: Self::all().iter().map(|code| code.as_str().into()).collect(),
            max_length: Some(3),
            ..MetaSchema::new_with_format("string", "currency")
        }
    }
}

fn circulates(currency: Currency) -> bool {
    !currency.is_fund() && !currency.is_special() && currency.is_superseded().is_none()
}

text_type!([] CurrencyCode, component);

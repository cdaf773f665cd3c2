use std::fmt;

use chrono::NaiveDate;
use rust_decimal::{Decimal, RoundingStrategy};

/// A code that its list does not have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{code}” is not in {list}")]
pub struct UnknownCode {
    pub code: String,
    pub list: &'static str,
}

/// ISO 4217.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Currency(iso_currency::Currency);

impl Currency {
    /// # Errors
    /// Anything but a code of ISO 4217 in capital letters.
    pub fn parse(code: &str) -> Result<Self, UnknownCode> {
        iso_currency::Currency::from_code(code)
            .filter(|currency| currency.code() == code)
            .map(Self)
            .ok_or_else(|| UnknownCode { code: code.to_owned(), list: "ISO 4217" })
    }

    #[must_use]
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// Whether it has been replaced by another; old invoices keep it.
    #[must_use]
    pub fn is_withdrawn(self) -> bool {
        self.0.is_superseded().is_some()
    }

    /// Decimal places of the minor unit: 2 for EUR, 0 for JPY, 3 for KWD.
    #[must_use]
    pub fn places(self) -> u32 {
        self.0.exponent().map_or(2, u32::from)
    }

    /// To the minor unit, half-up: away from zero at the midpoint.
    #[must_use]
    pub fn round(self, amount: Decimal) -> Decimal {
        amount.round_dp_with_strategy(self.places(), RoundingStrategy::MidpointAwayFromZero)
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// ISO 3166-1 alpha-2, with the two that tax law adds: `XI` (Northern Ireland) and `1A` (Kosovo).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Country(&'static str);

impl Country {
    /// # Errors
    /// Anything but such a code in capital letters.
    pub fn parse(code: &str) -> Result<Self, UnknownCode> {
        match code {
            "XI" => Ok(Self("XI")),
            "1A" => Ok(Self("1A")),
            _ => rust_iso3166::from_alpha2(code)
                .filter(|country| country.alpha2 == code)
                .map(|country| Self(country.alpha2))
                .ok_or_else(|| UnknownCode { code: code.to_owned(), list: "ISO 3166-1" }),
        }
    }

    #[must_use]
    pub fn code(self) -> &'static str {
        self.0
    }
}

/// BT-7 or BT-8: when the tax falls due, if not by the issue date. Never both: BR-CO-03.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaxPoint {
    On(NaiveDate),
    With(TaxPointEvent),
}

/// BT-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaxPointEvent {
    Issue,
    Delivery,
    Payment,
}

impl TaxPointEvent {
    pub const ALL: [Self; 3] = [Self::Issue, Self::Delivery, Self::Payment];

    /// UNTDID 2005, which UBL uses.
    #[must_use]
    pub fn ubl_code(self) -> &'static str {
        match self {
            Self::Issue => "3",
            Self::Delivery => "35",
            Self::Payment => "432",
        }
    }

    /// UNTDID 2475, which CII uses.
    #[must_use]
    pub fn cii_code(self) -> &'static str {
        match self {
            Self::Issue => "5",
            Self::Delivery => "29",
            Self::Payment => "72",
        }
    }
}

/// The one of a closed list that has this code.
pub(super) fn find<T: Copy, const N: usize>(
    all: [T; N],
    code_of: impl Fn(T) -> &'static str,
    code: &str,
    list: &'static str,
) -> Result<T, UnknownCode> {
    all.into_iter().find(|one| code_of(*one) == code).ok_or_else(|| UnknownCode { code: code.to_owned(), list })
}

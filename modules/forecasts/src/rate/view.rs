use base::{
    Stamp, View,
    value::{Change, CurrencyCode, Rate, patch_required},
};
use chrono::NaiveDate;
use poem_openapi::{Object, types::Example};
use uuid::Uuid;

use super::row::Model;

/// What a currency is worth in another.
#[derive(Clone, Debug, Object)]
#[oai(rename = "ExchangeRate")]
pub struct RateView {
    #[oai(flatten)]
    pub stamp: Stamp,
    pub from_currency: String,
    pub to_currency: String,
    /// What one of `from_currency` is worth in `to_currency`.
    pub rate: Rate,
    pub valid_on: NaiveDate,
}

/// A rate to set, or to put in the place of one.
#[derive(Clone, Debug, Object)]
#[oai(rename = "NewExchangeRate", deny_unknown_fields, example)]
pub struct NewRate {
    pub from_currency: CurrencyCode,
    pub to_currency: CurrencyCode,
    /// What one of `from_currency` is worth in `to_currency`; more than 0. It goes one way: what one of `to_currency` is worth
    /// is another rate.
    pub rate: Rate,
    /// From this day on, until there is a later one. There is one for a day.
    pub valid_on: NaiveDate,
}

/// What to change of a rate.
#[derive(Clone, Debug, Default, Object)]
#[oai(rename = "ExchangeRateChange", deny_unknown_fields, example)]
pub struct RateChange {
    pub from_currency: Change<CurrencyCode>,
    pub to_currency: Change<CurrencyCode>,
    pub rate: Change<Rate>,
    pub valid_on: Change<NaiveDate>,
}

impl NewRate {
    pub fn write(self, row: &mut Model) {
        row.from_currency = self.from_currency.into();
        row.to_currency = self.to_currency.into();
        row.rate = self.rate.to_string();
        row.valid_on = self.valid_on;
    }
}

impl RateChange {
    pub fn write(self, row: &mut Model) {
        patch_required(&mut row.from_currency, self.from_currency);
        patch_required(&mut row.to_currency, self.to_currency);
        if let Change::To(rate) = self.rate {
            row.rate = rate.to_string();
        }
        patch_required(&mut row.valid_on, self.valid_on);
    }
}

impl View for RateView {
    fn id(&self) -> Uuid {
        self.stamp.id
    }

    fn version(&self) -> i64 {
        self.stamp.version
    }
}

impl Example for NewRate {
    fn example() -> Self {
        Self {
            from_currency: CurrencyCode::parse("GBP").expect("a currency"),
            to_currency: CurrencyCode::parse("EUR").expect("a currency"),
            rate: Rate::parse("1.1425").expect("a rate"),
            valid_on: NaiveDate::from_ymd_opt(2026, 11, 1).expect("a day"),
        }
    }
}

impl Example for RateChange {
    fn example() -> Self {
        Self { rate: Rate::parse("1.1431").map_or(Change::Keep, Change::To), ..Self::default() }
    }
}

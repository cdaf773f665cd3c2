//! Amounts of many currencies in one.

use std::collections::BTreeMap;

use base::{
    Result, Tx,
    value::{CurrencyCode, Rate},
};
use chrono::NaiveDate;
use poem_openapi::Object;
use rust_decimal::{Decimal, RoundingStrategy};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait},
};

use super::row::{Column, Entity};

/// A rate by which amounts were converted, and from when it is.
#[derive(Clone, Debug, PartialEq, Eq, Object)]
pub struct UsedRate {
    pub from_currency: String,
    pub rate: Rate,
    pub valid_on: NaiveDate,
}

/// What currencies are worth in one of them on a day: by the latest rate on or before it.
#[derive(Clone, Debug)]
pub struct Rates {
    into: CurrencyCode,
    day: NaiveDate,
    by_currency: BTreeMap<String, UsedRate>,
}

impl Rates {
    pub async fn on(tx: &Tx, into: CurrencyCode, day: NaiveDate) -> Result<Self> {
        let latest = Entity::find()
            .select_only()
            .column(Column::FromCurrency)
            .expr(Expr::col(Column::ValidOn).max())
            .filter(Column::OrgId.eq(tx.actor().org()))
            .filter(Column::DeletedAt.is_null())
            .filter(Column::ToCurrency.eq(into.as_str()))
            .filter(Column::ValidOn.lte(day))
            .group_by(Column::FromCurrency)
            .into_query();
        let this = Expr::tuple([Expr::col((Entity, Column::FromCurrency)), Expr::col((Entity, Column::ValidOn))]);
        let rates = tx.find::<Entity>().filter(Column::ToCurrency.eq(into.as_str())).filter(this.in_subquery(latest));
        let used = |row: super::ExchangeRate| {
            let rate = Rate::parse(&row.rate).ok()?;
            Some((
                row.from_currency.clone(),
                UsedRate { from_currency: row.from_currency, rate, valid_on: row.valid_on },
            ))
        };
        Ok(Self { into, day, by_currency: rates.all(1_000).await?.into_iter().filter_map(used).collect() })
    }

    /// What `amount` is worth, not rounded; `None` without a rate.
    #[must_use]
    pub fn worth(&self, amount: Decimal, currency: &str) -> Option<Decimal> {
        if currency == self.into.as_str() {
            return Some(amount);
        }
        amount.checked_mul(self.by_currency.get(currency)?.rate.into_inner())
    }

    #[must_use]
    pub fn into_currency(&self) -> CurrencyCode {
        self.into
    }

    #[must_use]
    pub fn day(&self) -> NaiveDate {
        self.day
    }

    /// Rounded half up to the minor unit (ISO 4217), and to hundredths where that is finer.
    #[must_use]
    pub fn rounded(&self, amount: Decimal) -> Decimal {
        amount.round_dp_with_strategy(opportunities::places(self.into), RoundingStrategy::MidpointAwayFromZero)
    }

    /// Those of these currencies.
    #[must_use]
    pub fn of(&self, currencies: impl IntoIterator<Item = String>) -> Vec<UsedRate> {
        currencies.into_iter().filter_map(|currency| self.by_currency.get(&currency).cloned()).collect()
    }
}

//! What a line comes to: the one place where it is reckoned and rounded.

use base::value::CurrencyCode;
use rust_decimal::{Decimal, RoundingStrategy};

/// What is taken off a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Discount {
    None,
    /// Per cent, from 0 to 100.
    Percent(Decimal),
    /// An amount, off the whole line.
    Amount(Decimal),
}

/// 13 digits before the point, as an amount has.
const MOST: Decimal = Decimal::from_parts(1_316_134_912, 2_328, 0, false, 0);

/// Quantity times price, less the discount, rounded half up at the last of `places` once, at the end; all given are 0 or more.
/// `None`: it is negative, or more than an amount holds.
#[must_use]
pub fn line_total(quantity: Decimal, unit_price: Decimal, discount: Discount, places: u32) -> Option<Decimal> {
    let gross = quantity.checked_mul(unit_price).filter(|gross| *gross < MOST)?;
    let net = match discount {
        Discount::None => gross,
        Discount::Percent(percent) => gross.checked_mul(Decimal::ONE_HUNDRED - percent)? * Decimal::new(1, 2),
        Discount::Amount(amount) => gross - amount,
    };
    let total = net.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
    (total >= Decimal::ZERO && total < MOST).then_some(total)
}

/// The decimal places of an amount of this currency: those of its minor unit (ISO 4217), and two where that has three, for an
/// opportunity's amount has no more.
#[must_use]
pub fn places(currency: CurrencyCode) -> u32 {
    currency.places().min(2)
}

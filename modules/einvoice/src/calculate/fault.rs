use std::fmt;

use rust_decimal::Decimal;

use super::{Sale, key, sum};
use crate::model::{Adjustment, Currency, Tax};

/// What keeps a sale from being counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {reason}")]
pub struct Fault {
    pub place: Place,
    pub reason: Reason,
}

/// Where; positions count from nought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Document,
    Line(usize),
    LineAllowance(usize, usize),
    LineCharge(usize, usize),
    Allowance(usize),
    Charge(usize),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// BR-27.
    #[error("The price must not be negative; a line that takes something back has a negative quantity.")]
    NegativePrice,
    /// BR-28.
    #[error("The price before its discount must not be negative.")]
    NegativeGrossPrice,
    /// Peppol R046, and the definition of BT-146.
    #[error("The price must be the price before its discount, less the discount.")]
    PriceIsNotGrossLessDiscount,
    /// Peppol R121.
    #[error("The quantity that the price is for must be above nought.")]
    BaseQuantityNotPositive,
    #[error("An allowance or a charge must not be negative; it would be the other of the two.")]
    NegativeAdjustment,
    #[error("The discount is larger than what it is taken from.")]
    AboveItsBase,
    #[error("The amount has more decimals than the currency.")]
    FinerThanTheCurrency,
    /// BR-S-05, BR-AF-05, BR-AG-05.
    #[error(
        "The tax rate must be above nought (standard rate), or at least nought (Canary Islands, Ceuta and Melilla)."
    )]
    RateOutOfRange,
    #[error("The number is too large to count with.")]
    TooLarge,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Document => f.write_str("document"),
            Self::Line(line) => write!(f, "line {}", line + 1),
            Self::LineAllowance(line, at) => write!(f, "line {}, allowance {}", line + 1, at + 1),
            Self::LineCharge(line, at) => write!(f, "line {}, charge {}", line + 1, at + 1),
            Self::Allowance(at) => write!(f, "allowance {}", at + 1),
            Self::Charge(at) => write!(f, "charge {}", at + 1),
        }
    }
}

/// What can be said of the amounts one by one, on the document.
pub(super) fn amounts(sale: &Sale<'_>, faults: &mut Vec<Fault>) {
    for (at, one) in sale.allowances.iter().enumerate() {
        adjustment(&one.adjustment, sale.currency, true, Place::Allowance(at), faults);
        rate(one.tax, Place::Allowance(at), faults);
    }
    for (at, one) in sale.charges.iter().enumerate() {
        adjustment(&one.adjustment, sale.currency, false, Place::Charge(at), faults);
        rate(one.tax, Place::Charge(at), faults);
    }
    if [sale.prepaid, sale.rounding].into_iter().any(|amount| is_finer(amount, sale.currency)) {
        faults.push(Fault { place: Place::Document, reason: Reason::FinerThanTheCurrency });
    }
}

/// Allowances on the document that are larger than the lines and charges of their category and rate, where those are not negative.
pub(super) fn above_their_lines(sale: &Sale<'_>, nets: &[Decimal]) -> impl Iterator<Item = Fault> {
    sale.allowances.iter().enumerate().filter_map(move |(at, allowance)| {
        let mine = key(allowance.tax);
        let lines = sale.lines.iter().zip(nets).filter(|(line, _)| key(line.tax) == mine).map(|(_, net)| *net);
        let charges = sale.charges.iter().filter(|one| key(one.tax) == mine).map(|one| one.adjustment.amount);
        let base = sum(lines.chain(charges))?;
        let taken = sum(sale.allowances.iter().filter(|one| key(one.tax) == mine).map(|one| one.adjustment.amount))?;
        (base >= Decimal::ZERO && taken > base)
            .then_some(Fault { place: Place::Allowance(at), reason: Reason::AboveItsBase })
    })
}

pub(super) fn adjustment(
    of: &Adjustment,
    currency: Currency,
    is_allowance: bool,
    place: Place,
    faults: &mut Vec<Fault>,
) {
    let mut tell = |reason| faults.push(Fault { place, reason });
    if of.amount < Decimal::ZERO {
        tell(Reason::NegativeAdjustment);
    }
    if is_finer(of.amount, currency) {
        tell(Reason::FinerThanTheCurrency);
    }
    if is_allowance && of.base.is_some_and(|base| base >= Decimal::ZERO && of.amount > base) {
        tell(Reason::AboveItsBase);
    }
}

pub(super) fn rate(tax: Tax, place: Place, faults: &mut Vec<Fault>) {
    let wrong = match tax {
        Tax::Standard(rate) => rate <= Decimal::ZERO,
        other => other.rate() < Decimal::ZERO,
    };
    if wrong {
        faults.push(Fault { place, reason: Reason::RateOutOfRange });
    }
}

pub(super) fn is_finer(amount: Decimal, currency: Currency) -> bool {
    currency.round(amount) != amount
}

use rust_decimal::Decimal;

use super::{
    Fault, Place, Reason,
    fault::{adjustment, rate},
    sum,
};
use crate::model::{Currency, Line, Price};

/// BT-131 of each line; nought for one that has a fault.
pub(super) fn nets(currency: Currency, lines: &[Line], faults: &mut Vec<Fault>) -> Vec<Decimal> {
    lines
        .iter()
        .enumerate()
        .map(|(at, line)| {
            let before = faults.len();
            price(&line.price, Place::Line(at), faults);
            rate(line.tax, Place::Line(at), faults);
            for (nth, one) in line.allowances.iter().enumerate() {
                adjustment(one, currency, true, Place::LineAllowance(at, nth), faults);
            }
            for (nth, one) in line.charges.iter().enumerate() {
                adjustment(one, currency, false, Place::LineCharge(at, nth), faults);
            }
            if faults.len() > before {
                return Decimal::ZERO;
            }
            let mut tell = |reason| faults.push(Fault { place: Place::Line(at), reason });
            match net(line, currency) {
                None => tell(Reason::TooLarge),
                Some(net) if net < Decimal::ZERO && line.quantity >= Decimal::ZERO => tell(Reason::AboveItsBase),
                Some(net) => return net,
            }
            Decimal::ZERO
        })
        .collect()
}

/// round(quantity × price / base quantity) − allowances + charges. Nothing where that is too large to count.
fn net(line: &Line, currency: Currency) -> Option<Decimal> {
    let base = line.price.base.as_ref().map_or(Decimal::ONE, |base| base.quantity);
    let goods = currency.round(line.quantity.checked_mul(line.price.net)?.checked_div(base)?);
    let allowances = sum(line.allowances.iter().map(|one| one.amount))?;
    let charges = sum(line.charges.iter().map(|one| one.amount))?;
    goods.checked_sub(allowances)?.checked_add(charges)
}

fn price(price: &Price, place: Place, faults: &mut Vec<Fault>) {
    let mut tell = |reason| faults.push(Fault { place, reason });
    if price.net < Decimal::ZERO {
        tell(Reason::NegativePrice);
    }
    if let Some(gross) = price.gross {
        if gross.price < Decimal::ZERO {
            tell(Reason::NegativeGrossPrice);
        }
        if gross.price.checked_sub(gross.discount) != Some(price.net) {
            tell(Reason::PriceIsNotGrossLessDiscount);
        }
    }
    if price.base.as_ref().is_some_and(|base| base.quantity <= Decimal::ZERO) {
        tell(Reason::BaseQuantityNotPositive);
    }
}

//! Prices without tax.

use einvoice::{
    calculate::{self, Fault, Place},
    model::{Adjustment, Currency},
};
use rust_decimal::Decimal;

use super::{
    Reckoned, Sale,
    parts::{adjustments, bare, by_tax, exemptions, parted, product, too_large},
};

/// UNTDID 5189: a discount.
const DISCOUNT: &str = "95";

pub fn net(sale: &Sale<'_>, currency: Currency) -> Result<Reckoned, Vec<Fault>> {
    let lines = sale.lines.iter().enumerate().map(|(at, row)| {
        let mut line = bare(at, row, row.unit_price);
        let goods = currency.round(product(row.quantity, row.unit_price).ok_or_else(|| too_large(Place::Line(at)))?);
        let discount = match (row.discount_percent, row.discount_amount) {
            (Some(percent), _) => Adjustment::percent(percent, goods, currency, "Discount"),
            (None, Some(amount)) => Some(Adjustment::amount(amount, "Discount")),
            (None, None) => return Ok(line),
        };
        let discount = discount.ok_or_else(|| too_large(Place::Line(at)))?;
        line.allowances.push(Adjustment { reason_code: Some(DISCOUNT.to_owned()), ..discount });
        Ok(line)
    });
    let lines = lines.collect::<Result<Vec<_>, Fault>>().map_err(|fault| vec![fault])?;
    let exemptions = exemptions(sale);
    let mut counted = calculate::Sale {
        currency,
        lines: &lines,
        allowances: &[],
        charges: &[],
        prepaid: Decimal::ZERO,
        rounding: Decimal::ZERO,
        exemptions: &exemptions,
    };
    let alone = einvoice::calculate(&counted)?;
    let amounts = adjustments(sale, currency, &by_tax(sale.lines, &alone.lines)?)?;
    let (allowances, charges) = parted(sale, |at| (amounts[at].0, Some(amounts[at].1)));
    (counted.allowances, counted.charges) = (&allowances, &charges);
    let sums = einvoice::calculate(&counted)?;
    let adjusted = amounts.into_iter().map(|(amount, _)| (amount, amount)).collect();
    Ok(Reckoned { currency, lines, allowances, charges, sums, adjusted })
}

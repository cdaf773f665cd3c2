//! Prices with tax.

use std::collections::BTreeMap;

use einvoice::{
    calculate::{self, Fault, GrossLine, Place, Reason},
    model::{Currency, Line},
};
use rust_decimal::Decimal;

use super::{
    Reckoned, Sale,
    parts::{Key, adjustments, bare, by_tax, exemptions, key, parted, product, share, too_large},
};
use crate::lines::AdjustmentKind;

pub fn gross(sale: &Sale<'_>, currency: Currency) -> Result<Reckoned, Vec<Fault>> {
    let (mut all, mut lines) = (Vec::new(), Vec::new());
    for (at, row) in sale.lines.iter().enumerate() {
        let large = || vec![too_large(Place::Line(at))];
        let goods = currency.round(product(row.quantity, row.unit_price).ok_or_else(large)?);
        let discount = match row.discount_percent {
            Some(percent) => currency.round(share(goods, percent).ok_or_else(large)?),
            None => row.discount_amount.unwrap_or_default(),
        };
        let tax = row.tax_category.at(row.tax_percent);
        all.push(GrossLine { quantity: row.quantity, price: row.unit_price, discount, tax });
        lines.push(goods - discount);
    }
    let bases = by_tax(sale.lines, &lines)?;
    let amounts = adjustments(sale, currency, &bases)?;
    within(sale, &bases, &amounts)?;
    for (row, (amount, _)) in sale.adjustments.iter().zip(&amounts) {
        let quantity = if row.kind == AdjustmentKind::Discount { -Decimal::ONE } else { Decimal::ONE };
        let tax = row.tax_category.at(row.tax_percent);
        all.push(GrossLine { quantity, price: *amount, discount: Decimal::ZERO, tax });
    }
    let net = calculate::net_of(currency, &all)?;
    let (of_lines, of_adjustments) = net.lines.split_at(sale.lines.len());
    let nets: Vec<Decimal> = of_adjustments.iter().map(|line| line.net.abs()).collect();
    let lines: Vec<Line> =
        sale.lines.iter().zip(of_lines).enumerate().map(|(at, (row, net))| bare(at, row, net.price)).collect();
    let (allowances, charges) = parted(sale, |at| (nets[at], None));
    let sums = einvoice::calculate(&calculate::Sale {
        currency,
        lines: &lines,
        allowances: &allowances,
        charges: &charges,
        prepaid: Decimal::ZERO,
        rounding: net.rounding,
        exemptions: &exemptions(sale),
    })?;
    let adjusted = amounts.into_iter().map(|(amount, _)| amount).zip(nets).collect();
    Ok(Reckoned { currency, lines, allowances, charges, sums, adjusted })
}

/// With tax, too, no discount is more than what it is taken from.
fn within(sale: &Sale<'_>, bases: &BTreeMap<Key, Decimal>, amounts: &[(Decimal, Decimal)]) -> Result<(), Vec<Fault>> {
    let mut left = bases.clone();
    for (row, (amount, _)) in sale.adjustments.iter().zip(amounts) {
        let left = left.entry(key(row.tax_category, row.tax_percent)).or_default();
        *left += if row.kind == AdjustmentKind::Discount { -*amount } else { *amount };
    }
    let discounts = sale.adjustments.iter().filter(|row| row.kind == AdjustmentKind::Discount);
    let above = discounts
        .enumerate()
        .filter(|(_, row)| left[&key(row.tax_category, row.tax_percent)] < Decimal::ZERO)
        .map(|(at, _)| Fault { place: Place::Allowance(at), reason: Reason::AboveItsBase });
    let above: Vec<Fault> = above.collect();
    if above.is_empty() { Ok(()) } else { Err(above) }
}

//! What both ways of reckoning are made of.

use std::collections::BTreeMap;

use einvoice::{
    calculate::{Fault, Place, Reason},
    model::{Adjustment, Category, Currency, DocumentAdjustment, Exemption, Line},
};
use rust_decimal::Decimal;

use super::{MOST, Sale};
use crate::{
    lines::{AdjustmentKind, AdjustmentRow, LineRow},
    tax::TaxCategory,
};

pub type Key = (Category, Decimal);

/// A line before its discount.
pub fn bare(at: usize, row: &LineRow, price: Decimal) -> Line {
    let tax = row.tax_category.at(row.tax_percent);
    let mut line = Line::new((at + 1).to_string(), &row.name, row.quantity, &row.unit, price.normalize(), tax);
    line.item.description.clone_from(&row.description);
    line
}

/// The lines of each category and rate together.
pub fn by_tax(lines: &[LineRow], amounts: &[Decimal]) -> Result<BTreeMap<Key, Decimal>, Vec<Fault>> {
    let mut sums: BTreeMap<Key, Decimal> = BTreeMap::new();
    for (at, (line, amount)) in lines.iter().zip(amounts).enumerate() {
        let sum = sums.entry(key(line.tax_category, line.tax_percent)).or_default();
        *sum = sum.checked_add(*amount).ok_or_else(|| vec![too_large(Place::Line(at))])?;
    }
    Ok(sums)
}

/// The amount of each discount and charge, with what it was taken of.
pub fn adjustments(
    sale: &Sale<'_>,
    currency: Currency,
    bases: &BTreeMap<Key, Decimal>,
) -> Result<Vec<(Decimal, Decimal)>, Vec<Fault>> {
    let amount = |row: &AdjustmentRow| {
        let base = bases.get(&key(row.tax_category, row.tax_percent)).copied().unwrap_or_default();
        match row.percent {
            None => Ok((row.amount, base)),
            Some(percent) => {
                let amount = share(base, percent).ok_or_else(|| vec![too_large(Place::Document)])?;
                Ok((currency.round(amount), base))
            }
        }
    };
    sale.adjustments.iter().map(amount).collect()
}

/// Discounts and charges apart, each with the amount, and the base of what is in per cent, that `amount` tells by its place.
pub fn parted(
    sale: &Sale<'_>,
    amount: impl Fn(usize) -> (Decimal, Option<Decimal>),
) -> (Vec<DocumentAdjustment>, Vec<DocumentAdjustment>) {
    let (mut allowances, mut charges) = (Vec::new(), Vec::new());
    for (at, row) in sale.adjustments.iter().enumerate() {
        let (amount, base) = amount(at);
        let base = base.filter(|_| row.percent.is_some());
        let percent = row.percent.filter(|_| base.is_some());
        let reason = Some(row.reason.clone());
        let adjustment = Adjustment { amount, base, percent, reason, reason_code: None };
        let one = DocumentAdjustment { adjustment, tax: row.tax_category.at(row.tax_percent) };
        match row.kind {
            AdjustmentKind::Discount => allowances.push(one),
            AdjustmentKind::Charge => charges.push(one),
        }
    }
    (allowances, charges)
}

/// Why a category has no tax: every reason that somebody gave, each once.
pub fn exemptions(sale: &Sale<'_>) -> Vec<(Category, Exemption)> {
    let lines = sale.lines.iter().map(|line| (line.tax_category, &line.exemption_reason));
    let given = lines.chain(sale.adjustments.iter().map(|one| (one.tax_category, &one.exemption_reason)));
    let mut reasons: BTreeMap<Category, Vec<&str>> = BTreeMap::new();
    for (category, reason) in given {
        let Some(reason) = reason.as_deref() else { continue };
        let all = reasons.entry(category.category()).or_default();
        if !all.contains(&reason) {
            all.push(reason);
        }
    }
    let exemption = |category: Category, reasons: Vec<&str>| Exemption {
        text: Some(reasons.join("; ")),
        code: category.usual_exemption().and_then(|usual| usual.code),
    };
    let untaxed = reasons.into_iter().filter(|(category, _)| !category.has_rate() && *category != Category::ZeroRated);
    untaxed.map(|(category, reasons)| (category, exemption(category, reasons))).collect()
}

pub fn key(category: TaxCategory, percent: Decimal) -> Key {
    (category.category(), percent)
}

pub fn product(quantity: Decimal, price: Decimal) -> Option<Decimal> {
    quantity.checked_mul(price).filter(|goods| *goods < MOST)
}

pub fn share(of: Decimal, percent: Decimal) -> Option<Decimal> {
    of.checked_mul(percent)?.checked_div(Decimal::ONE_HUNDRED)
}

pub fn too_large(place: Place) -> Fault {
    Fault { place, reason: Reason::TooLarge }
}

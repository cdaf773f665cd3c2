//! The arithmetic: from lines, allowances and charges to the totals and the tax breakdown. The rules stand at the top of the crate.

mod fault;
mod gross;
mod line;

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::model::{Category, Currency, DocumentAdjustment, Exemption, Invoice, Line, Tax, TaxBreakdown, Totals};

pub use fault::{Fault, Place, Reason};
pub use gross::{GrossLine, Net, NetLine, net_of};

/// What is counted.
#[derive(Clone, Copy, Debug)]
pub struct Sale<'a> {
    pub currency: Currency,
    pub lines: &'a [Line],
    pub allowances: &'a [DocumentAdjustment],
    pub charges: &'a [DocumentAdjustment],
    /// BT-113.
    pub prepaid: Decimal,
    /// BT-114.
    pub rounding: Decimal,
    /// Why a category has no tax; the usual reason where none is given ([`Category::usual_exemption`]).
    pub exemptions: &'a [(Category, Exemption)],
}

/// What comes out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sums {
    /// BT-131 of each line, in their order.
    pub lines: Vec<Decimal>,
    /// BG-22.
    pub totals: Totals,
    /// BG-23, by category and rate.
    pub breakdown: Vec<TaxBreakdown>,
}

/// # Errors
/// All faults at once: a negative price, an allowance above what it is taken from, an amount finer than the currency …
pub fn calculate(sale: &Sale<'_>) -> Result<Sums, Vec<Fault>> {
    let mut faults = Vec::new();
    let lines: Vec<_> = line::nets(sale.currency, sale.lines, &mut faults);
    fault::amounts(sale, &mut faults);
    if !faults.is_empty() {
        return Err(faults);
    }
    let sums = add_up(sale, lines).ok_or_else(|| vec![Fault { place: Place::Document, reason: Reason::TooLarge }])?;
    let above: Vec<_> = fault::above_their_lines(sale, &sums.lines).collect();
    if above.is_empty() { Ok(sums) } else { Err(above) }
}

impl Invoice {
    /// Puts in each line's net amount, the totals and the breakdown. Prepaid and rounding amounts stay as they are.
    ///
    /// # Errors
    /// As [`calculate`]; nothing is changed then.
    pub fn calculate(&mut self, exemptions: &[(Category, Exemption)]) -> Result<(), Vec<Fault>> {
        let sums = calculate(&Sale {
            currency: self.currency,
            lines: &self.lines,
            allowances: &self.allowances,
            charges: &self.charges,
            prepaid: self.totals.prepaid,
            rounding: self.totals.rounding,
            exemptions,
        })?;
        for (line, net) in self.lines.iter_mut().zip(sums.lines) {
            line.net = net;
        }
        self.totals = sums.totals;
        self.breakdown = sums.breakdown;
        Ok(())
    }
}

/// Nothing where a sum is too large to count.
fn add_up(sale: &Sale<'_>, nets: Vec<Decimal>) -> Option<Sums> {
    let lines = sale.lines.iter().zip(&nets).map(|(line, net)| (line.tax, *net));
    let breakdown = taxable_by_tax(lines, sale.allowances, sale.charges)
        .into_values()
        .map(|(tax, taxable)| {
            let taxable = taxable?;
            let amount = tax_on(taxable, tax, sale.currency)?;
            Some(TaxBreakdown { tax, taxable, amount, exemption: exemption(tax.category(), sale.exemptions) })
        })
        .collect::<Option<Vec<_>>>()?;

    let lines = sum(nets.iter().copied())?;
    let allowances = sum(amounts(sale.allowances))?;
    let charges = sum(amounts(sale.charges))?;
    let without_tax = lines.checked_sub(allowances)?.checked_add(charges)?;
    let tax = sum(breakdown.iter().map(|part| part.amount))?;
    let with_tax = without_tax.checked_add(tax)?;
    let due = with_tax.checked_sub(sale.prepaid)?.checked_add(sale.rounding)?;
    let totals = Totals {
        lines,
        allowances,
        charges,
        without_tax,
        tax,
        with_tax,
        prepaid: sale.prepaid,
        rounding: sale.rounding,
        due,
    };
    Some(Sums { lines: nets, totals, breakdown })
}

/// Lines − allowances + charges, for each category and rate; nothing where that is too large to count.
pub(crate) fn taxable_by_tax(
    lines: impl Iterator<Item = (Tax, Decimal)>,
    allowances: &[DocumentAdjustment],
    charges: &[DocumentAdjustment],
) -> BTreeMap<(Category, Decimal), (Tax, Option<Decimal>)> {
    let allowances = allowances.iter().map(|one| (one.tax, -one.adjustment.amount));
    let charges = charges.iter().map(|one| (one.tax, one.adjustment.amount));
    let mut parts = BTreeMap::new();
    for (tax, amount) in lines.chain(allowances).chain(charges) {
        let (_, sum) = parts.entry(key(tax)).or_insert((tax, Some(Decimal::ZERO)));
        *sum = sum.and_then(|sum| sum.checked_add(amount));
    }
    parts
}

pub(crate) fn key(tax: Tax) -> (Category, Decimal) {
    (tax.category(), tax.rate())
}

/// Taxable amount × rate, rounded once. Nothing where that is too large to count.
pub(crate) fn tax_on(taxable: Decimal, tax: Tax, currency: Currency) -> Option<Decimal> {
    Some(currency.round(taxable.checked_mul(tax.rate())?.checked_div(Decimal::ONE_HUNDRED)?))
}

pub(crate) fn sum(amounts: impl IntoIterator<Item = Decimal>) -> Option<Decimal> {
    amounts.into_iter().try_fold(Decimal::ZERO, Decimal::checked_add)
}

fn amounts(adjustments: &[DocumentAdjustment]) -> impl Iterator<Item = Decimal> {
    adjustments.iter().map(|one| one.adjustment.amount)
}

fn exemption(category: Category, given: &[(Category, Exemption)]) -> Option<Exemption> {
    given
        .iter()
        .find(|(of, _)| *of == category)
        .map(|(_, reason)| reason.clone())
        .or_else(|| category.usual_exemption())
}

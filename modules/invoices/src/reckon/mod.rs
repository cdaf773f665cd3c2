//! What an invoice comes to: the one place where it is reckoned, by [`einvoice::calculate()`].
//!
//! A discount or charge on the whole document is of one category and rate, and one in per cent is taken of the lines of that. With prices
//! that include the tax, the amounts of both are with tax as well, and are made net together with the lines.

mod net;
mod gross;
mod parts;
mod told;

use base::{
    Faults,
    value::{Amount, Percent},
};
use einvoice::{
    Sums,
    model::{Currency, DocumentAdjustment, Line, TaxBreakdown},
};
use rust_decimal::Decimal;

use crate::{
    invoice::{Model, Taxes},
    lines::{AdjustmentRow, LineRow},
    tax::{TaxCategory, TaxPart},
};

/// What is reckoned.
#[derive(Clone, Copy, Debug)]
pub struct Sale<'a> {
    pub currency: &'a str,
    pub prices_include_tax: bool,
    pub lines: &'a [LineRow],
    pub adjustments: &'a [AdjustmentRow],
}

/// What comes out, as an electronic invoice has it.
#[derive(Clone, Debug)]
pub struct Reckoned {
    pub currency: Currency,
    pub lines: Vec<Line>,
    pub allowances: Vec<DocumentAdjustment>,
    pub charges: Vec<DocumentAdjustment>,
    pub sums: Sums,
    /// What each discount and charge is in the prices of the document, and what without tax; in their order.
    pub adjusted: Vec<(Decimal, Decimal)>,
}

/// 12 digits before the point, as an amount has.
const MOST: Decimal = Decimal::from_parts(3_567_587_328, 232, 0, false, 0);

/// # Errors
/// All faults, where they are in the body that puts lines.
pub fn reckon(sale: &Sale<'_>) -> Result<Reckoned, Faults> {
    let mut faults = Faults::new();
    let Ok(currency) = Currency::parse(sale.currency) else {
        faults.add("/currency", "invalid_currency", "Not a currency code of ISO 4217 (three capital letters).");
        return Err(faults);
    };
    precise(sale, currency, &mut faults);
    if !faults.is_empty() {
        return Err(faults);
    }
    let reckoned = if sale.prices_include_tax { gross::gross(sale, currency) } else { net::net(sale, currency) };
    let reckoned = reckoned.map_err(|wrong| told::told(sale, &wrong))?;
    let totals = &reckoned.sums.totals;
    if [totals.lines, totals.charges, totals.with_tax, totals.due].into_iter().any(|amount| amount >= MOST) {
        faults.add("/lines", "out_of_range", "Together they come to more than an amount holds.");
    }
    if totals.due < Decimal::ZERO {
        faults.add("/adjustments", "out_of_range", "The discounts are more than what they are taken from.");
    }
    if faults.is_empty() { Ok(reckoned) } else { Err(faults) }
}

/// Amounts are not below nought, and no finer than their currency.
fn precise(sale: &Sale<'_>, currency: Currency, faults: &mut Faults) {
    let lines =
        sale.lines.iter().enumerate().map(|(at, line)| (format!("/lines/{at}/discount_amount"), line.discount_amount));
    let given = |one: &AdjustmentRow| Some(one.amount).filter(|_| one.percent.is_none());
    let whole = sale.adjustments.iter().enumerate().map(|(at, one)| (format!("/adjustments/{at}/amount"), given(one)));
    for (pointer, amount) in lines.chain(whole) {
        let Some(amount) = amount else { continue };
        if amount < Decimal::ZERO {
            faults.add(pointer, "out_of_range", "It is not below nought: a discount below nought would be a charge.");
        } else if currency.round(amount) != amount {
            let places = currency.places();
            let sentence = format!("The currency {} has amounts with {places} decimal places.", currency.code());
            faults.add(pointer, "too_precise", sentence);
        }
    }
}

impl Reckoned {
    /// Puts what was reckoned onto the row.
    pub fn put(&self, row: &mut Model) {
        let totals = &self.sums.totals;
        row.line_count = i32::try_from(self.lines.len()).unwrap_or(i32::MAX);
        row.line_total = totals.lines;
        row.discounts = totals.allowances;
        row.charges = totals.charges;
        row.net_total = totals.without_tax;
        row.tax_total = totals.tax;
        row.rounding = totals.rounding;
        row.total = totals.due;
        let places = self.currency.places();
        let part = |part: &TaxBreakdown| TaxPart {
            category: TaxCategory::of(part.tax.category()),
            percent: Percent::from(part.tax.rate()),
            taxable: Amount::of(part.taxable, places),
            tax: Amount::of(part.amount, places),
            exemption_reason: part.exemption.as_ref().and_then(|exemption| exemption.text.clone()),
        };
        row.taxes = Taxes(self.sums.breakdown.iter().map(part).collect());
    }
}

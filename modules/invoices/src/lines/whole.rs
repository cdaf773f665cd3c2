//! Bodies made into the discounts and charges on the whole of an invoice.

use base::Faults;
use rust_decimal::Decimal;
use uuid::Uuid;

use super::{adjustment::Model as AdjustmentRow, desk::within, row::Model as LineRow, view::NewInvoiceAdjustment};
use crate::tax::Taxed;

pub fn adjustments(
    invoice_id: Uuid,
    new: Vec<NewInvoiceAdjustment>,
    lines: &[LineRow],
    faults: &mut Faults,
) -> Vec<AdjustmentRow> {
    let mut all = Vec::with_capacity(new.len());
    for (place, one) in new.into_iter().enumerate() {
        let position = i32::try_from(place).unwrap_or(i32::MAX);
        let mut fault = |member: &str, code: &str, detail: &str| {
            faults.add(format!("/adjustments/{place}{member}"), code, detail);
        };
        all.extend(adjustment(one, lines, &mut fault).map(|row| AdjustmentRow { invoice_id, position, ..row }));
    }
    all
}

fn adjustment(
    new: NewInvoiceAdjustment,
    lines: &[LineRow],
    fault: &mut impl FnMut(&str, &str, &str),
) -> Option<AdjustmentRow> {
    match (new.percent, new.amount) {
        (None, None) => fault("/amount", "required", "Give either percent or amount."),
        (Some(_), Some(_)) => fault("/amount", "one_of_two", "Give either percent or amount."),
        _ => {}
    }
    let percent = new.percent.and_then(|percent| within(percent, "/percent", fault));
    let tax = match new.tax {
        Some(tax) => tax.taken(fault)?,
        None => of_all(lines).or_else(|| {
            fault("/tax", "required", "The lines are taxed in several ways: say to which of them it belongs.");
            None
        })?,
    };
    Some(AdjustmentRow {
        kind: new.kind,
        reason: new.reason.into(),
        percent,
        amount: new.amount.map(Decimal::from).unwrap_or_default(),
        tax_category: tax.category,
        tax_percent: tax.percent,
        exemption_reason: tax.exemption_reason,
        ..AdjustmentRow::default()
    })
}

/// The tax that all lines have.
fn of_all(lines: &[LineRow]) -> Option<Taxed> {
    let first = lines.first()?;
    let tax = (first.tax_category, first.tax_percent);
    let same = lines.iter().all(|line| (line.tax_category, line.tax_percent) == tax);
    same.then_some(Taxed { category: tax.0, percent: tax.1, exemption_reason: None })
}

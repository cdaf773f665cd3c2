//! All lines of a draft put in the place of those that it had.

use base::{Faults, Fields, IfMatch, Resource, Result, Tx, Verb};
use rust_decimal::Decimal;
use sea_orm::ColumnTrait;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    adjustment::{Column as AdjustmentColumn, Entity as Adjustment},
    desk::Desk,
    row::{Column, Entity as Line},
    show::{Made, made},
    view::NewInvoiceLines,
    whole,
};
use crate::{
    check::refuse_issued,
    invoice::{Entity, Model},
    reckon::{Reckoned, Sale, reckon},
};

/// # Errors
/// 404, 403 and 412 as for any change of the invoice; 409 `issued`; 422 for lines that do not hold.
pub async fn put(tx: &Tx, id: Uuid, seen: &IfMatch, new: NewInvoiceLines) -> Result<Model> {
    let before = tx.open::<Entity>(id, Verb::CHANGE, seen).await?;
    replace(tx, before, new).await
}

/// The same of a draft at hand that the actor may change.
pub async fn replace(tx: &Tx, before: Model, new: NewInvoiceLines) -> Result<Model> {
    refuse_issued(&before)?;
    let id = before.id;
    let was = made(tx, id).await?;
    let mut after = before.clone();
    after.currency = new.currency.map_or(after.currency, Into::into);
    after.prices_include_tax = new.prices_include_tax.unwrap_or(after.prices_include_tax);
    let mut faults = Faults::new();
    let desk = Desk::new(tx, &new.lines, &after, &was.lines).await?;
    let lines = desk.lines(id, new.lines, &mut faults);
    let adjustments = whole::adjustments(id, new.adjustments, &lines, &mut faults);
    faults.check()?;
    let mut will = Made { lines, adjustments };
    let reckoned = reckon(&Sale::of(&after, &will)).map_err(base::Error::faults)?;
    will.take(&reckoned);
    reckoned.put(&mut after);
    let fields = Fields::none().with("lines", was.told_lines(), will.told_lines()).with(
        "adjustments",
        was.told_adjustments(),
        will.told_adjustments(),
    );
    let changed = !fields.is_empty();
    let row = tx.update::<Entity>(&before, after, fields).await?;
    if changed {
        tx.unlink::<Line>(Column::InvoiceId.eq(id)).await?;
        tx.link::<Line>(will.lines).await?;
        tx.unlink::<Adjustment>(AdjustmentColumn::InvoiceId.eq(id)).await?;
        tx.link::<Adjustment>(will.adjustments).await?;
    }
    Entity::follow(tx, Some(&before), &row).await?;
    Ok(row)
}

impl<'a> Sale<'a> {
    pub fn of(row: &'a Model, made: &'a Made) -> Self {
        Self {
            currency: &row.currency,
            prices_include_tax: row.prices_include_tax,
            lines: &made.lines,
            adjustments: &made.adjustments,
        }
    }
}

impl Made {
    /// What each comes to.
    fn take(&mut self, reckoned: &Reckoned) {
        for (line, net) in self.lines.iter_mut().zip(&reckoned.sums.lines) {
            line.total = *net;
        }
        for (row, (amount, net)) in self.adjustments.iter_mut().zip(&reckoned.adjusted) {
            (row.amount, row.total) = (*amount, *net);
        }
    }

    /// Lines as the change log, and what is hashed, tell of them.
    pub fn told_lines(&self) -> Value {
        let line = |line: &super::LineRow| {
            json!({
                "product_id": line.product_id, "name": line.name, "description": line.description,
                "quantity": text(line.quantity), "unit": line.unit, "unit_price": text(line.unit_price),
                "discount_percent": line.discount_percent.map(text), "discount_amount": line.discount_amount.map(text),
                "tax_category": line.tax_category, "tax_percent": text(line.tax_percent),
                "exemption_reason": line.exemption_reason, "total": text(line.total),
            })
        };
        self.lines.iter().map(line).collect()
    }

    pub fn told_adjustments(&self) -> Value {
        let one = |one: &super::AdjustmentRow| {
            json!({
                "kind": one.kind, "reason": one.reason, "percent": one.percent.map(text), "amount": text(one.amount),
                "tax_category": one.tax_category, "tax_percent": text(one.tax_percent),
                "exemption_reason": one.exemption_reason, "total": text(one.total),
            })
        };
        self.adjustments.iter().map(one).collect()
    }
}

fn text(number: Decimal) -> String {
    number.normalize().to_string()
}

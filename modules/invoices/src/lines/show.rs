use std::collections::{HashMap, HashSet};

use base::{
    Ref, Result, Tx,
    value::{Amount, UnitCode},
};
use rust_decimal::Decimal;
use sea_orm::ColumnTrait;
use uuid::Uuid;

use super::{
    adjustment::{Column as AdjustmentColumn, Entity as Adjustment, Model as AdjustmentRow},
    row::{Column, Entity as Line, Model as LineRow},
    view::{InvoiceAdjustment, InvoiceLine, InvoiceLines},
};
use crate::{
    invoice::Model,
    show::places,
    tax::{TaxCategory, TaxView},
    view::InvoiceTotals,
};

/// What an invoice is made of, as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Made {
    pub lines: Vec<LineRow>,
    pub adjustments: Vec<AdjustmentRow>,
}

/// Of an invoice at hand, in its order.
pub async fn made(tx: &Tx, invoice: Uuid) -> Result<Made> {
    let mut lines = tx.links::<Line>(Column::InvoiceId.eq(invoice)).await?;
    lines.sort_by_key(|line| line.position);
    let mut adjustments = tx.links::<Adjustment>(AdjustmentColumn::InvoiceId.eq(invoice)).await?;
    adjustments.sort_by_key(|one| one.position);
    Ok(Made { lines, adjustments })
}

pub async fn show(tx: &Tx, invoice: Model) -> Result<InvoiceLines> {
    let Made { lines, adjustments } = made(tx, invoice.id).await?;
    let products: HashSet<Uuid> = lines.iter().filter_map(|line| line.product_id).collect();
    let products = tx.find::<products::Entity>().ids(products).await?;
    let names: HashMap<Uuid, String> = products.into_iter().map(|product| (product.id, product.name)).collect();
    let places = places(&invoice.currency);
    let amount = |amount: Decimal| Amount::of(amount, places);
    let line = |line: LineRow| InvoiceLine {
        product: line.product_id.and_then(|id| Ref::of(id, &names)),
        tax: tax(line.tax_category, line.tax_percent, line.exemption_reason),
        name: line.name,
        description: line.description,
        quantity: line.quantity.into(),
        unit: UnitCode::parse(&line.unit).unwrap_or_else(|_| UnitCode::one()),
        unit_price: line.unit_price.into(),
        discount_percent: line.discount_percent.map(Into::into),
        discount_amount: line.discount_amount.map(amount),
        total: amount(line.total),
    };
    let adjustment = |one: AdjustmentRow| InvoiceAdjustment {
        kind: one.kind,
        reason: one.reason,
        percent: one.percent.map(Into::into),
        amount: amount(one.amount),
        tax: tax(one.tax_category, one.tax_percent, one.exemption_reason),
        total: amount(one.total),
    };
    Ok(InvoiceLines {
        id: invoice.id,
        version: invoice.version,
        totals: InvoiceTotals::of(&invoice),
        lines: lines.into_iter().map(line).collect(),
        adjustments: adjustments.into_iter().map(adjustment).collect(),
        currency: invoice.currency,
        prices_include_tax: invoice.prices_include_tax,
    })
}

fn tax(category: TaxCategory, percent: Decimal, exemption_reason: Option<String>) -> TaxView {
    TaxView { category, percent: percent.into(), exemption_reason }
}

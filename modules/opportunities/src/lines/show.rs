use std::collections::{HashMap, HashSet};

use base::{
    Ref, Result, Tx,
    value::{Money, UnitCode},
};
use sea_orm::ColumnTrait;
use uuid::Uuid;

use super::{
    row::{Column, Entity as Line, Model},
    view::{OpportunityLine, OpportunityLines},
};
use crate::opportunity::Model as Opportunity;

/// The lines of an opportunity at hand, in their order.
pub async fn lines(tx: &Tx, opportunity: Uuid) -> Result<Vec<Model>> {
    let mut lines = tx.links::<Line>(Column::OpportunityId.eq(opportunity)).await?;
    lines.sort_by_key(|line| line.position);
    Ok(lines)
}

pub async fn show(tx: &Tx, opportunity: Opportunity) -> Result<OpportunityLines> {
    let lines = lines(tx, opportunity.id).await?;
    let products: HashSet<Uuid> = lines.iter().filter_map(|line| line.product_id).collect();
    let products = tx.find::<products::Entity>().ids(products).await?;
    let names: HashMap<Uuid, String> = products.into_iter().map(|product| (product.id, product.name)).collect();
    let view = |line: Model| OpportunityLine {
        product: line.product_id.and_then(|id| Ref::of(id, &names)),
        name: line.name,
        quantity: line.quantity.into(),
        unit: UnitCode::parse(&line.unit).unwrap_or_else(|_| UnitCode::one()),
        unit_price: line.unit_price.into(),
        discount_percent: line.discount_percent.map(Into::into),
        discount_amount: line.discount_amount.map(Money::from),
        total: line.total.into(),
    };
    Ok(OpportunityLines {
        id: opportunity.id,
        version: opportunity.version,
        currency: opportunity.currency,
        amount: opportunity.amount.map(Money::from),
        lines: lines.into_iter().map(view).collect(),
    })
}

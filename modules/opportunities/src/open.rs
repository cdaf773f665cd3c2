//! What open opportunities come to.

use base::{Result, Tx};
use rust_decimal::Decimal;

use crate::{
    opportunity::{Column, Entity},
    stage::Stage,
};

/// The open opportunities of a stage in a currency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    pub stage: Stage,
    /// `None`: these have no amount.
    pub currency: Option<String>,
    pub count: u64,
    pub amount: Decimal,
}

/// More than there are stages and currencies.
const MOST: u64 = 1_000;

/// By stage and currency, in one statement.
pub async fn open(tx: &Tx) -> Result<Vec<Open>> {
    let open = tx.find::<Entity>().totals().any_of(Column::Stage, Stage::OPEN);
    let totals = open.by(Column::Stage).by(Column::Currency).sum(Column::Amount).all(MOST).await?;
    let mut open = Vec::new();
    for total in totals {
        let (stage, currency) = (total.key::<Stage>(0)?, total.key(1)?);
        open.push(Open { stage, currency, count: total.count, amount: total.sum(0) });
    }
    let place = |stage| Stage::OPEN.iter().position(|open| *open == stage);
    open.sort_by(|a, b| (place(a.stage), &a.currency).cmp(&(place(b.stage), &b.currency)));
    Ok(open)
}

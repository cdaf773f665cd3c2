use base::{Result, Tx};
use rust_decimal::prelude::ToPrimitive;
use sea_orm::ColumnTrait;
use uuid::Uuid;

use super::{
    entry::{Column, Entity},
    view::CaseTime,
};

/// What the time worked on a case that is at hand comes to.
pub async fn of_case(tx: &Tx, case: Uuid) -> Result<CaseTime> {
    let totals = tx.find::<Entity>().filter(Column::CaseId.eq(case)).totals();
    let mut time = CaseTime::default();
    for total in totals.by(Column::IsBillable).sum(Column::Minutes).all(2).await? {
        let minutes = total.sum(0).to_i64().unwrap_or(i64::MAX);
        time.entries += total.count;
        time.minutes += minutes;
        if total.key(0)? {
            time.billable_minutes += minutes;
        }
    }
    Ok(time)
}

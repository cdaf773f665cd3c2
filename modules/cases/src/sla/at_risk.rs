//! Cases whose promises are at risk.

use base::{Result, Tx};
use sea_orm::{ColumnTrait, Condition};

use super::CaseSla;
use crate::case::{Column, Entity, Model};

/// Open cases of which a promise that is still to be kept is at risk or broken, what is due first in front: at most `most`,
/// in no order before they are cut.
pub async fn at_risk(tx: &Tx, most: u64) -> Result<Vec<(Model, CaseSla)>> {
    let now = tx.now();
    let answer = Condition::all().add(Column::FirstRespondedAt.is_null()).add(Column::FirstResponseRiskAt.lte(now));
    let late = Condition::any().add(answer).add(Column::ResolutionRiskAt.lte(now));
    let open = || Condition::all().add(Column::ClosedAt.is_null());
    let mut find = tx.find::<Entity>().filter(open().add(late));
    if let Some(reached) = tx.reached_rows::<Entity>(open()) {
        find = find.led(reached);
    }
    let mut rows = find.all(most).await?;
    rows.sort_by_key(|row| (due(row).is_none(), due(row), row.number));
    Ok(rows
        .into_iter()
        .map(|row| {
            let sla = CaseSla::of(&row, now);
            (row, sla)
        })
        .collect())
}

/// When the next of its promises is due.
fn due(row: &Model) -> Option<chrono::DateTime<chrono::Utc>> {
    let answer = row.first_response_due.filter(|_| row.first_responded_at.is_none());
    answer.into_iter().chain(row.resolution_due).min()
}

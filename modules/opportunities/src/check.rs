//! What a row says must hold in itself, and with the rows it points at.

use base::{Faults, Result, Tx};

use crate::{opportunity::Model, stage::Stage};

pub async fn check(tx: &Tx, row: &Model, before: Option<&Model>, faults: &mut Faults) -> Result<()> {
    complete(row, faults);
    let account = before.and_then(|before| before.account_id);
    tx.known::<accounts::Entity>(row.account_id, account, "/account_id", faults).await?;
    // Who closed it may have left since.
    if let Some(closer) = row.closed_by.filter(|closer| before.and_then(|before| before.closed_by) != Some(*closer)) {
        let people = tx.people([closer]).await?;
        if !people.get(&closer).is_some_and(|person| person.is_active) {
            faults.add("/closed_by", "unknown_reference", "There is no such member.");
        }
    }
    Ok(())
}

/// What each stage needs to be there, or not to be.
pub fn complete(row: &Model, faults: &mut Faults) {
    if row.amount.is_some() && row.currency.is_none() {
        faults.add("/currency", "required", "An amount needs a currency.");
    }
    if row.stage == Stage::ClosedWon && row.amount.is_none() {
        faults.add("/amount", "required", "A won opportunity needs an amount.");
    }
    if row.stage.is_closed() && row.closed_on.is_none() {
        faults.add("/closed_on", "required", "A closed opportunity needs the date of its closing.");
    }
    if !row.stage.is_closed() && row.closed_by.is_some() {
        faults.add("/closed_by", "not_closed", "Nobody has closed an opportunity that is open.");
    }
}

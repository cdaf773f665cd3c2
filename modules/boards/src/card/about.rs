//! What a card is about.

use base::{Faults, Result, Tx};

use super::row::Model;

/// One record at most, and one that the actor may see; what it was about before stays even if they may not.
pub async fn check(tx: &Tx, row: &Model, before: Option<&Model>, faults: &mut Faults) -> Result<()> {
    if [row.account_id, row.contact_id, row.opportunity_id, row.case_id].into_iter().flatten().count() > 1 {
        let detail = "A card is about one record: give one of account_id, contact_id, opportunity_id and case_id.";
        faults.add("/account_id", "one_of_many", detail);
    }
    let blank = Model::default();
    let was = before.unwrap_or(&blank);
    tx.known::<accounts::Entity>(row.account_id, was.account_id, "/account_id", faults).await?;
    tx.known::<contacts::Entity>(row.contact_id, was.contact_id, "/contact_id", faults).await?;
    tx.known::<opportunities::Entity>(row.opportunity_id, was.opportunity_id, "/opportunity_id", faults).await?;
    tx.known::<cases::Entity>(row.case_id, was.case_id, "/case_id", faults).await
}

//! What an event is about.

use base::{Faults, Result, Tx};

use crate::event::Model;

/// One record at most, and one that the actor may see; what it was about before stays even if they may not.
pub async fn check(tx: &Tx, row: &Model, before: Option<&Model>, faults: &mut Faults) -> Result<()> {
    if [row.account_id, row.opportunity_id, row.lead_id, row.contact_id, row.case_id].into_iter().flatten().count() > 1
    {
        let detail =
            "An event is about one record: give one of account_id, opportunity_id, lead_id, contact_id and case_id.";
        faults.add("/account_id", "one_of_many", detail);
    }
    let blank = Model::default();
    let was = before.unwrap_or(&blank);
    tx.known::<accounts::Entity>(row.account_id, was.account_id, "/account_id", faults).await?;
    tx.known::<opportunities::Entity>(row.opportunity_id, was.opportunity_id, "/opportunity_id", faults).await?;
    tx.known::<leads::Entity>(row.lead_id, was.lead_id, "/lead_id", faults).await?;
    tx.known::<contacts::Entity>(row.contact_id, was.contact_id, "/contact_id", faults).await?;
    tx.known::<cases::Entity>(row.case_id, was.case_id, "/case_id", faults).await
}

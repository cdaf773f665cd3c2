//! What an event is about.

use base::{Faults, Record, Result, Tx};
use uuid::Uuid;

use crate::event::Model;

/// One record at most, and one that the actor may see; what it was about before stays even if they may not.
pub async fn check(tx: &Tx, row: &Model, before: Option<&Model>, faults: &mut Faults) -> Result<()> {
    if [row.account_id, row.opportunity_id, row.lead_id, row.contact_id].into_iter().flatten().count() > 1 {
        let detail = "An event is about one record: give one of account_id, opportunity_id, lead_id and contact_id.";
        faults.add("/account_id", "one_of_many", detail);
    }
    let new = |of: fn(&Model) -> Option<Uuid>| of(row).filter(|id| before.and_then(of) != Some(*id));
    seen::<accounts::Entity>(tx, new(|event| event.account_id), "/account_id", faults).await?;
    seen::<opportunities::Entity>(tx, new(|event| event.opportunity_id), "/opportunity_id", faults).await?;
    seen::<leads::Entity>(tx, new(|event| event.lead_id), "/lead_id", faults).await?;
    seen::<contacts::Entity>(tx, new(|event| event.contact_id), "/contact_id", faults).await
}

async fn seen<R: Record>(tx: &Tx, id: Option<Uuid>, pointer: &str, faults: &mut Faults) -> Result<()> {
    if let Some(id) = id
        && tx.find::<R>().ids([id]).await?.is_empty()
    {
        faults.add(pointer, "unknown_reference", format!("There is no such {}.", R::KIND));
    }
    Ok(())
}

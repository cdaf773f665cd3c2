use base::{Ref, Result, Stamp, Tx, value::Money};
use contacts::linked;
use notes::tied;

use crate::{opportunity::Model, opportunity_contact::Entity as OpportunityContact, view::OpportunityView};

/// Rows as they are shown, in their order: four statements, however many there are.
pub async fn show(tx: &Tx, rows: Vec<Model>) -> Result<Vec<OpportunityView>> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut notes = tied::<crate::Entity>(tx, &ids).await?;
    let accounts = accounts::names(tx, rows.iter().filter_map(|row| row.account_id)).await?;
    let people = linked::<OpportunityContact>(tx, &ids).await?;
    let names = contacts::names(tx, people.values().flatten().copied()).await?;
    let view = |row: Model| {
        let tied = notes.remove(&row.id).unwrap_or_default();
        let contacts = people.get(&row.id).into_iter().flatten();
        let mut contacts: Vec<Ref> = contacts.filter_map(|contact| Ref::of(*contact, &names)).collect();
        contacts.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
        OpportunityView {
            stamp: Stamp::of(&row),
            name: row.name,
            account: row.account_id.and_then(|account| Ref::of(account, &accounts)),
            contacts,
            stage: row.stage,
            probability: row.probability,
            opportunity_type: row.opportunity_type,
            currency: row.currency,
            amount: row.amount.map(Money::from),
            closed_on: row.closed_on,
            closed_by: row.closed_by,
            lead_source: row.lead_source,
            lead_id: row.lead_id,
            description: row.description,
            is_active: row.is_active,
            assigned_to: tied.assigned_to,
            teams: tied.teams,
            tags: tied.tags,
        }
    };
    Ok(rows.into_iter().map(view).collect())
}

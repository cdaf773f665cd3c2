use accounts::Account;
use base::{Error, Fault, Faults, Result, Tx};
use contacts::Contact;
use notes::living_ties;
use opportunities::{Entity, Opportunity, Stage};
use uuid::Uuid;

use super::view::NewLeadOpportunity;
use crate::lead;

/// The opportunity that a lead becomes, at its account and with its contact.
pub async fn make(
    tx: &Tx,
    lead: &lead::Model,
    wanted: NewLeadOpportunity,
    account: &Account,
    contact: Option<&Contact>,
) -> Result<Opportunity> {
    let ties = living_ties::<lead::Entity>(tx, lead.id).await?;
    let contacts: Vec<Uuid> = contact.iter().map(|contact| contact.id).collect();
    let made = tx.make::<Entity>(|row| {
        write(row, lead, wanted);
        row.account_id = Some(account.id);
        (ties, Some(contacts).into())
    });
    made.await.map_err(|error| within("/opportunity", error))
}

pub(crate) fn write(row: &mut Opportunity, lead: &lead::Model, wanted: NewLeadOpportunity) {
    row.name = wanted.name.map_or_else(|| lead.title.clone(), Into::into);
    row.stage = wanted.stage.unwrap_or(Stage::Qualification);
    row.probability = lead.probability.unwrap_or_else(|| row.stage.probability());
    row.amount = wanted.amount.map(Into::into).or(lead.opportunity_amount);
    row.currency = wanted.currency.map(Into::into).or_else(|| lead.currency.clone());
    row.closed_on = wanted.closed_on.or(lead.close_date);
    row.lead_source = lead.source;
    row.lead_id = Some(lead.id);
    row.description.clone_from(&lead.description);
    row.is_active = true;
}

/// Faults of a part of the body point into that part.
fn within(part: &str, error: Error) -> Error {
    let Some(faults) = error.problem().and_then(|problem| problem.errors.clone()) else {
        return error;
    };
    let inside = |fault: Fault| Fault { pointer: format!("{part}{}", fault.pointer), ..fault };
    Error::faults(faults.into_iter().map(inside).collect::<Faults>())
}

use accounts::Account;
use base::{Error, Fields, IfMatch, Result, Tx, Verb};
use contacts::{Accounts, Contact, Entity};
use notes::living_ties;
use uuid::Uuid;

use crate::lead;

/// The contact that a lead becomes: the one named by id, the one of the lead's e-mail address, a new one, or none when
/// nobody could tell who it would be.
pub async fn settle(tx: &Tx, lead: &lead::Model, id: Option<Uuid>, account: &Account) -> Result<Option<Contact>> {
    if let Some(id) = id {
        return join(tx, lead, id, account).await.map(Some);
    }
    if let Some(email) = &lead.email
        && let Some(contact) = contacts::find_by_email(tx, email).await?
    {
        return join(tx, lead, contact.id, account).await.map(Some);
    }
    match names(lead) {
        None => Ok(None),
        // One of this address that the actor may not see is a duplicate to the database, which is all they learn.
        Some(names) => make(tx, lead, names, account).await.map(Some),
    }
}

/// Whoever may change the contact also gives them an account, if they have none.
async fn join(tx: &Tx, lead: &lead::Model, id: Uuid, account: &Account) -> Result<Contact> {
    if tx.find::<Entity>().ids([id]).await?.is_empty() {
        return Err(Error::fault("/contact_id", "unknown_reference", "There is no such contact."));
    }
    let contact = tx.open::<Entity>(id, Verb::VIEW, &IfMatch::ANY).await?;
    let mut after = contact.clone();
    after.lead_id = contact.lead_id.or(Some(lead.id));
    if contact.account_id.is_none() && tx.permit::<Entity>(&contact, Verb::CHANGE).await.is_ok() {
        after.account_id = Some(account.id);
    }
    tx.update::<Entity>(&contact, after, Fields::none()).await
}

async fn make(tx: &Tx, lead: &lead::Model, (first, last): (String, String), account: &Account) -> Result<Contact> {
    let ties = living_ties::<lead::Entity>(tx, lead.id).await?;
    let copy = lead.clone();
    tx.make::<Entity>(|row| {
        row.salutation = copy.salutation;
        row.first_name = first;
        row.last_name = last;
        row.email = copy.email;
        row.phone_typed = copy.phone_typed;
        row.phone_e164 = copy.phone_e164;
        row.organization = copy.company_name;
        row.title = copy.job_title;
        row.website = copy.website;
        row.linkedin_url = copy.linkedin_url;
        row.address_line = copy.address_line;
        row.city = copy.city;
        row.state = copy.state;
        row.postcode = copy.postcode;
        row.country = copy.country;
        row.is_active = true;
        row.account_id = Some(account.id);
        row.lead_id = Some(copy.id);
        (ties, Accounts::default())
    })
    .await
    .map_err(|error| error.at(""))
}

/// First and last name of the lead's person. With an e-mail address alone, its mailbox is the name until somebody knows
/// better; a first name alone makes no contact.
pub(crate) fn names(lead: &lead::Model) -> Option<(String, String)> {
    let first = lead.first_name.clone().unwrap_or_default();
    match (&lead.last_name, &lead.email) {
        (Some(last), _) => Some((first, last.clone())),
        (None, Some(_)) if !first.is_empty() => Some((first, String::new())),
        (None, Some(email)) => Some((String::new(), email.split('@').next().unwrap_or_default().to_owned())),
        (None, None) => None,
    }
}

use accounts::{Account, Entity};
use base::{Error, Fields, IfMatch, Result, Tx, Verb, value::Text};
use notes::living_ties;
use uuid::Uuid;

use super::view::account_name;
use crate::lead;

/// The account that a lead goes to: the one named by id, the one of that name, or a new one.
pub async fn settle(tx: &Tx, lead: &lead::Model, id: Option<Uuid>, name: Option<Text<255>>) -> Result<Account> {
    if let Some(id) = id {
        return join(tx, lead, id).await;
    }
    let name = name.map(Into::into).or_else(|| account_name(lead)).unwrap_or_default();
    match accounts::find_by_name(tx, &name).await? {
        Some(account) => join(tx, lead, account.id).await,
        // One of this name that the actor may not see is a duplicate to the database, which is all they learn.
        None => make(tx, lead, name).await,
    }
}

async fn join(tx: &Tx, lead: &lead::Model, id: Uuid) -> Result<Account> {
    if tx.find::<Entity>().ids([id]).await?.is_empty() {
        return Err(Error::fault("/account_id", "unknown_reference", "There is no such account."));
    }
    let account = tx.open::<Entity>(id, Verb::VIEW, &IfMatch::ANY).await?;
    let after = Account { lead_id: account.lead_id.or(Some(lead.id)), ..account.clone() };
    tx.update::<Entity>(&account, after, Fields::none()).await
}

async fn make(tx: &Tx, lead: &lead::Model, name: String) -> Result<Account> {
    let ties = living_ties::<lead::Entity>(tx, lead.id).await?;
    let copy = lead.clone();
    tx.make::<Entity>(|row| {
        row.name = name;
        row.email = copy.email;
        row.phone_typed = copy.phone_typed;
        row.phone_e164 = copy.phone_e164;
        row.website = copy.website;
        row.linkedin_url = copy.linkedin_url;
        row.industry = copy.industry;
        row.rating = copy.rating;
        row.billing_address_line = copy.address_line;
        row.billing_city = copy.city;
        row.billing_state = copy.state;
        row.billing_postcode = copy.postcode;
        row.billing_country = copy.country;
        row.description = copy.description;
        row.is_active = true;
        row.lead_id = Some(copy.id);
        ties
    })
    .await
    .map_err(|error| error.at("/account_name"))
}

use std::collections::HashMap;

use accounts::Address;
use base::{
    Ref, Result, Stamp, Tx,
    value::{Money, Phone},
};
use contacts::linked;
use notes::tied;
use uuid::Uuid;

use crate::{lead::Model, lead_contact::Entity as LeadContact, view::LeadView};

/// Rows as they are shown, in their order, with a bounded number of statements however many there are.
pub async fn show(tx: &Tx, rows: Vec<Model>) -> Result<Vec<LeadView>> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut ties = tied::<crate::Entity>(tx, &ids).await?;
    let people = linked::<LeadContact>(tx, &ids).await?;
    let converted = rows.iter().filter_map(|row| row.converted_contact_id);
    let contacts = contacts::names(tx, people.values().flatten().copied().chain(converted)).await?;
    let accounts = accounts::names(tx, rows.iter().filter_map(|row| row.converted_account_id)).await?;
    let opportunities = opportunity_names(tx, rows.iter().filter_map(|row| row.converted_opportunity_id)).await?;
    let view = |row: Model| {
        let own = ties.remove(&row.id).unwrap_or_default();
        let people = people.get(&row.id).into_iter().flatten();
        let mut people: Vec<Ref> = people.filter_map(|contact| Ref::of(*contact, &contacts)).collect();
        people.sort_by(|a, b| a.name.cmp(&b.name));
        LeadView {
            stamp: Stamp::of(&row),
            address: Address::read([
                row.address_line.as_ref(),
                row.city.as_ref(),
                row.state.as_ref(),
                row.postcode.as_ref(),
                row.country.as_ref(),
            ]),
            title: row.title,
            salutation: row.salutation,
            first_name: row.first_name,
            last_name: row.last_name,
            email: row.email,
            phone: row.phone_typed.map(|typed| Phone::stored(typed, row.phone_e164).into()),
            job_title: row.job_title,
            company_name: row.company_name,
            website: row.website,
            linkedin_url: row.linkedin_url,
            status: row.status,
            source: row.source,
            industry: row.industry,
            rating: row.rating,
            opportunity_amount: row.opportunity_amount.map(Money::from),
            currency: row.currency,
            probability: row.probability,
            close_date: row.close_date,
            last_contacted: row.last_contacted,
            next_follow_up: row.next_follow_up,
            description: row.description,
            is_active: row.is_active,
            contacts: people,
            assigned_to: own.assigned_to,
            teams: own.teams,
            tags: own.tags,
            created_from_site: row.created_from_site,
            form_id: row.form_id,
            site_ip: row.site_ip,
            site_user_agent: row.site_user_agent,
            site_referrer: row.site_referrer,
            converted_at: row.converted_at,
            converted_account: row.converted_account_id.and_then(|id| Ref::of(id, &accounts)),
            converted_contact: row.converted_contact_id.and_then(|id| Ref::of(id, &contacts)),
            converted_opportunity: row.converted_opportunity_id.and_then(|id| Ref::of(id, &opportunities)),
        }
    };
    Ok(rows.into_iter().map(view).collect())
}

async fn opportunity_names(tx: &Tx, ids: impl Iterator<Item = Uuid>) -> Result<HashMap<Uuid, String>> {
    let rows = tx.find::<opportunities::Entity>().ids(ids).await?;
    Ok(rows.into_iter().map(|row: opportunities::Opportunity| (row.id, row.name)).collect())
}

use accounts::Address;
use base::{
    Result, Stamp, Tx,
    value::{Money, Phone},
};
use notes::tied_and;
use pipelines::StandingView;

use crate::{
    lead::{Column, Model},
    lead_contact::{self, Column as Link},
    view::LeadView,
};

/// Rows as they are shown, in their order, with two more statements however many there are.
pub async fn show(tx: &Tx, rows: Vec<Model>) -> Result<Vec<LeadView>> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let others = tied_and::<crate::Entity>(tx, &ids, |asked| {
        asked
            .through::<lead_contact::Entity, contacts::Entity>(Link::LeadId, Link::ContactId, None)
            .at::<accounts::Entity>(Column::ConvertedAccountId)
            .at::<contacts::Entity>(Column::ConvertedContactId)
            .at::<opportunities::Entity>(Column::ConvertedOpportunityId)
    });
    let mut tied = others.await?;
    let standings = pipelines::standings::<crate::Entity>(tx, &rows).await?;
    let view = |(row, standing): (Model, StandingView)| {
        let mut own = tied.remove(&row.id).unwrap_or_default();
        LeadView {
            stamp: Stamp::of(&row),
            standing,
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
            contacts: own.through("lead_contact").into_iter().map(|(contact, _)| contact).collect(),
            converted_account: own.at("converted_account_id"),
            converted_contact: own.at("converted_contact_id"),
            converted_opportunity: own.at("converted_opportunity_id"),
            assigned_to: own.assigned_to,
            teams: own.teams,
            tags: own.tags,
            created_from_site: row.created_from_site,
            form_id: row.form_id,
            site_ip: row.site_ip,
            site_user_agent: row.site_user_agent,
            site_referrer: row.site_referrer,
            converted_at: row.converted_at,
        }
    };
    Ok(rows.into_iter().zip(standings).map(view).collect())
}

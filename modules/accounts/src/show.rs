use base::{
    Result, Stamp, Tx,
    value::{Money, Phone},
};
use notes::tied_and;

use crate::{
    account::{Column, Model},
    address::Address,
    view::AccountView,
};

/// Rows as they are shown, in their order, with one more statement however many there are.
pub async fn show(tx: &Tx, rows: Vec<Model>) -> Result<Vec<AccountView>> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut ties = tied_and::<crate::Entity>(tx, &ids, |asked| asked.at::<crate::Entity>(Column::ParentId)).await?;
    let view = |row: Model| {
        let mut tied = ties.remove(&row.id).unwrap_or_default();
        AccountView {
            stamp: Stamp::of(&row),
            billing_address: Address::read([
                row.billing_address_line.as_ref(),
                row.billing_city.as_ref(),
                row.billing_state.as_ref(),
                row.billing_postcode.as_ref(),
                row.billing_country.as_ref(),
            ]),
            name: row.name,
            email: row.email,
            phone: row.phone_typed.map(|typed| Phone::stored(typed, row.phone_e164).into()),
            website: row.website,
            linkedin_url: row.linkedin_url,
            industry: row.industry,
            rating: row.rating,
            number_of_employees: row.number_of_employees,
            annual_revenue: row.annual_revenue.map(Money::from),
            currency: row.currency,
            parent: tied.at("parent_id"),
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

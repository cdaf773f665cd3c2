use accounts::Address;
use base::{Ref, Result, Stamp, Tx, value::Phone};
use notes::tied_and;

use crate::{
    account_contact::{self, Column as Link},
    contact::{Column, Model},
    view::{ContactAccount, ContactView},
};

/// Rows as they are shown, in their order, with one more statement however many there are.
pub async fn show(tx: &Tx, rows: Vec<Model>) -> Result<Vec<ContactView>> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let others = tied_and::<crate::Entity>(tx, &ids, |asked| {
        asked.at::<accounts::Entity>(Column::AccountId).through::<account_contact::Entity, accounts::Entity>(
            Link::ContactId,
            Link::AccountId,
            Some(Link::Role),
        )
    });
    let mut tied = others.await?;
    let view = |row: Model| {
        let mut tied = tied.remove(&row.id).unwrap_or_default();
        let beside = tied.through("account_contact").into_iter();
        let accounts = beside.map(|(Ref { id, name }, role)| ContactAccount { id, name, role }).collect();
        ContactView {
            stamp: Stamp::of(&row),
            address: Address::read([
                row.address_line.as_ref(),
                row.city.as_ref(),
                row.state.as_ref(),
                row.postcode.as_ref(),
                row.country.as_ref(),
            ]),
            salutation: row.salutation,
            first_name: row.first_name,
            last_name: row.last_name,
            email: row.email,
            phone: row.phone_typed.map(|typed| Phone::stored(typed, row.phone_e164).into()),
            organization: row.organization,
            title: row.title,
            department: row.department,
            do_not_call: row.do_not_call,
            website: row.website,
            linkedin_url: row.linkedin_url,
            account: tied.at("account_id"),
            accounts,
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

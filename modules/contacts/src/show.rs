use std::collections::HashMap;

use accounts::Address;
use base::{Ref, Result, Stamp, Tx, value::Phone};
use notes::tied;
use uuid::Uuid;

use crate::{
    contact::Model,
    roles,
    view::{ContactAccount, ContactView},
};

/// Rows as they are shown, in their order: three statements, however many there are.
pub async fn show(tx: &Tx, rows: Vec<Model>) -> Result<Vec<ContactView>> {
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    let mut notes = tied::<crate::Entity>(tx, &ids).await?;
    let links = roles::of(tx, &ids).await?;
    let mentioned = rows.iter().filter_map(|row| row.account_id).chain(links.iter().map(|link| link.account_id));
    let names = accounts::names(tx, mentioned).await?;
    let mut beside: HashMap<Uuid, Vec<ContactAccount>> = HashMap::new();
    for link in links {
        if let Some(name) = names.get(&link.account_id) {
            let account = ContactAccount { id: link.account_id, name: name.clone(), role: link.role };
            beside.entry(link.contact_id).or_default().push(account);
        }
    }
    let view = |row: Model| {
        let tied = notes.remove(&row.id).unwrap_or_default();
        let mut accounts = beside.remove(&row.id).unwrap_or_default();
        accounts.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
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
            account: row.account_id.and_then(|account| Ref::of(account, &names)),
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

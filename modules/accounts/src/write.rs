//! Bodies put onto rows. What is beside the row (assignees, teams, tags) goes with it as [`Ties`].

use base::{
    Faults, Result, Tx,
    value::{Country, patch, patch_phone, patch_required, put_phone},
};
use notes::Ties;
use poem_openapi::types::MaybeUndefined;

use crate::{
    account::{Entity, Model},
    address::Address,
    view::{AccountChange, NewAccount},
};

impl NewAccount {
    pub fn write(self, row: &mut Model) -> Ties {
        row.name = self.name.into();
        row.email = self.email.map(Into::into);
        put_phone(self.phone, &mut row.phone_typed, &mut row.phone_e164);
        row.website = self.website.map(Into::into);
        row.linkedin_url = self.linkedin_url.map(Into::into);
        row.industry = self.industry;
        row.rating = self.rating;
        row.number_of_employees = self.number_of_employees;
        row.annual_revenue = self.annual_revenue.map(Into::into);
        row.currency = self.currency.map(Into::into);
        Address::write(self.billing_address, row.billing_address());
        row.parent_id = self.parent_id;
        row.description = self.description.map(Into::into);
        row.is_active = self.is_active;
        row.dial();
        Ties::put(self.assigned_to, self.teams, self.tags)
    }
}

impl AccountChange {
    pub fn write(self, row: &mut Model) -> Ties {
        patch_required(&mut row.name, self.name);
        patch(&mut row.email, self.email);
        patch_phone(self.phone, &mut row.phone_typed, &mut row.phone_e164);
        patch(&mut row.website, self.website);
        patch(&mut row.linkedin_url, self.linkedin_url);
        patch(&mut row.industry, self.industry);
        patch(&mut row.rating, self.rating);
        patch(&mut row.number_of_employees, self.number_of_employees);
        patch(&mut row.annual_revenue, self.annual_revenue);
        patch(&mut row.currency, self.currency);
        match self.billing_address {
            MaybeUndefined::Undefined => {}
            MaybeUndefined::Null => Address::write(None, row.billing_address()),
            MaybeUndefined::Value(address) => Address::write(Some(address), row.billing_address()),
        }
        patch(&mut row.parent_id, self.parent_id);
        patch(&mut row.description, self.description);
        patch_required(&mut row.is_active, self.is_active);
        row.dial();
        Ties::patch(self.assigned_to, self.teams, self.tags)
    }
}

impl Model {
    fn billing_address(&mut self) -> crate::address::Columns<'_> {
        [
            &mut self.billing_address_line,
            &mut self.billing_city,
            &mut self.billing_state,
            &mut self.billing_postcode,
            &mut self.billing_country,
        ]
    }

    /// A number without a country code is dialled from where the account is.
    fn dial(&mut self) {
        if let (Some(typed), None) = (&self.phone_typed, &self.phone_e164) {
            let region = self.billing_country.as_deref().and_then(|code| Country::parse(code).ok());
            let phone = base::value::Phone::stored(typed.clone(), None).in_region(region.as_ref());
            self.phone_e164 = phone.into_parts().1;
        }
    }
}

/// What a row says must hold with the rows it points at.
pub async fn check(tx: &Tx, row: &Model, before: Option<&Model>, faults: &mut Faults) -> Result<()> {
    let Some(parent) = row.parent_id.filter(|parent| before.and_then(|before| before.parent_id) != Some(*parent))
    else {
        return Ok(());
    };
    let mut above = Some(parent);
    for _ in 0..DEEPEST {
        let Some(id) = above else { return Ok(()) };
        if before.is_some_and(|before| before.id == id) {
            faults.add("/parent_id", "circular", "An account cannot belong to itself, not by way of others either.");
            return Ok(());
        }
        let found = tx.find::<Entity>().ids([id]).await?.pop();
        if found.is_none() && id == parent {
            faults.add("/parent_id", "unknown_reference", "There is no such account.");
        }
        above = found.and_then(|account: Model| account.parent_id);
    }
    if above.is_some() {
        faults.add("/parent_id", "too_deep", "Accounts can belong to one another 10 deep.");
    }
    Ok(())
}

const DEEPEST: usize = 10;

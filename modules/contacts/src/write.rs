//! Bodies put onto rows. What is beside the row goes with it: assignees, teams and tags, and the further accounts.

use accounts::Address;
use base::value::{Country, Phone, patch, patch_phone, patch_required, put_phone};
use notes::Ties;
use poem_openapi::types::MaybeUndefined;

use crate::{
    contact::Model,
    roles::Accounts,
    view::{ContactChange, NewContact},
};

impl NewContact {
    pub fn write(self, row: &mut Model) -> (Ties, Accounts) {
        row.salutation = self.salutation;
        row.first_name = self.first_name.into();
        row.last_name = self.last_name.into();
        row.email = self.email.map(Into::into);
        put_phone(self.phone, &mut row.phone_typed, &mut row.phone_e164);
        row.organization = self.organization.map(Into::into);
        row.title = self.title.map(Into::into);
        row.department = self.department.map(Into::into);
        row.do_not_call = self.do_not_call;
        row.website = self.website.map(Into::into);
        row.linkedin_url = self.linkedin_url.map(Into::into);
        row.account_id = self.account_id;
        Address::write(self.address, row.address());
        row.description = self.description.map(Into::into);
        row.is_active = self.is_active;
        row.dial();
        (Ties::put(self.assigned_to, self.teams, self.tags), Accounts(Some(self.accounts)))
    }
}

impl ContactChange {
    pub fn write(self, row: &mut Model) -> (Ties, Accounts) {
        patch(&mut row.salutation, self.salutation);
        patch_required(&mut row.first_name, self.first_name);
        patch_required(&mut row.last_name, self.last_name);
        patch(&mut row.email, self.email);
        patch_phone(self.phone, &mut row.phone_typed, &mut row.phone_e164);
        patch(&mut row.organization, self.organization);
        patch(&mut row.title, self.title);
        patch(&mut row.department, self.department);
        patch_required(&mut row.do_not_call, self.do_not_call);
        patch(&mut row.website, self.website);
        patch(&mut row.linkedin_url, self.linkedin_url);
        patch(&mut row.account_id, self.account_id);
        match self.address {
            MaybeUndefined::Undefined => {}
            MaybeUndefined::Null => Address::write(None, row.address()),
            MaybeUndefined::Value(address) => Address::write(Some(address), row.address()),
        }
        patch(&mut row.description, self.description);
        patch_required(&mut row.is_active, self.is_active);
        row.dial();
        (Ties::patch(self.assigned_to, self.teams, self.tags), Accounts(self.accounts.into_option()))
    }
}

impl Model {
    fn address(&mut self) -> [&mut Option<String>; 5] {
        [&mut self.address_line, &mut self.city, &mut self.state, &mut self.postcode, &mut self.country]
    }

    /// A number without a country code is dialled from where the contact is.
    fn dial(&mut self) {
        if let (Some(typed), None) = (&self.phone_typed, &self.phone_e164) {
            let region = self.country.as_deref().and_then(|code| Country::parse(code).ok());
            let phone = Phone::stored(typed.clone(), None).in_region(region.as_ref());
            self.phone_e164 = phone.into_parts().1;
        }
    }
}

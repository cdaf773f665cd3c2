//! Bodies put onto rows. What is beside the row goes with it: assignees, teams and tags, and the contacts.

use accounts::Address;
use base::value::{Country, Phone, patch, patch_phone, patch_required, put_phone};
use contacts::People;
use notes::Ties;
use poem_openapi::types::MaybeUndefined;

use crate::{
    lead::Model,
    lead_contact,
    status::LeadStatus,
    view::{LeadChange, NewLead},
};

type Beside = (Ties, People<lead_contact::Entity>);

impl NewLead {
    pub fn write(self, row: &mut Model) -> Beside {
        row.title = self.title.into();
        row.salutation = self.salutation;
        row.first_name = self.first_name.map(Into::into);
        row.last_name = self.last_name.map(Into::into);
        row.email = self.email.map(Into::into);
        put_phone(self.phone, &mut row.phone_typed, &mut row.phone_e164);
        row.job_title = self.job_title.map(Into::into);
        row.company_name = self.company_name.map(Into::into);
        row.website = self.website.map(Into::into);
        row.linkedin_url = self.linkedin_url.map(Into::into);
        row.status = self.status.unwrap_or(match row.status {
            LeadStatus::Converted => LeadStatus::Converted,
            _ => LeadStatus::Assigned,
        });
        row.stage_id = self.pipeline_stage_id.unwrap_or(row.stage_id);
        row.source = self.source;
        row.industry = self.industry;
        row.rating = self.rating;
        row.opportunity_amount = self.opportunity_amount.map(Into::into);
        row.currency = self.currency.map(Into::into);
        row.probability = self.probability;
        row.close_date = self.close_date;
        Address::write(self.address, row.address());
        row.last_contacted = self.last_contacted;
        row.next_follow_up = self.next_follow_up;
        row.description = self.description.map(Into::into);
        row.is_active = self.is_active;
        row.dial();
        (Ties::put(self.assigned_to, self.teams, self.tags), Some(self.contacts).into())
    }
}

impl LeadChange {
    pub fn write(self, row: &mut Model) -> Beside {
        patch_required(&mut row.title, self.title);
        patch(&mut row.salutation, self.salutation);
        patch(&mut row.first_name, self.first_name);
        patch(&mut row.last_name, self.last_name);
        patch(&mut row.email, self.email);
        patch_phone(self.phone, &mut row.phone_typed, &mut row.phone_e164);
        patch(&mut row.job_title, self.job_title);
        patch(&mut row.company_name, self.company_name);
        patch(&mut row.website, self.website);
        patch(&mut row.linkedin_url, self.linkedin_url);
        patch_required(&mut row.status, self.status);
        patch_required(&mut row.stage_id, self.pipeline_stage_id);
        patch(&mut row.source, self.source);
        patch(&mut row.industry, self.industry);
        patch(&mut row.rating, self.rating);
        patch(&mut row.opportunity_amount, self.opportunity_amount);
        patch(&mut row.currency, self.currency);
        patch(&mut row.probability, self.probability);
        patch(&mut row.close_date, self.close_date);
        match self.address {
            MaybeUndefined::Undefined => {}
            MaybeUndefined::Null => Address::write(None, row.address()),
            MaybeUndefined::Value(address) => Address::write(Some(address), row.address()),
        }
        patch(&mut row.last_contacted, self.last_contacted);
        patch(&mut row.next_follow_up, self.next_follow_up);
        patch(&mut row.description, self.description);
        patch_required(&mut row.is_active, self.is_active);
        row.dial();
        (Ties::patch(self.assigned_to, self.teams, self.tags), self.contacts.into_option().into())
    }
}

impl Model {
    fn address(&mut self) -> [&mut Option<String>; 5] {
        [&mut self.address_line, &mut self.city, &mut self.state, &mut self.postcode, &mut self.country]
    }

    /// A number without a country code is dialled from where the lead is.
    fn dial(&mut self) {
        if let (Some(typed), None) = (&self.phone_typed, &self.phone_e164) {
            let region = self.country.as_deref().and_then(|code| Country::parse(code).ok());
            let phone = Phone::stored(typed.clone(), None).in_region(region.as_ref());
            self.phone_e164 = phone.into_parts().1;
        }
    }
}

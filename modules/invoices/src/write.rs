//! Bodies put onto rows; assignees, teams and tags go beside.

use base::value::{patch, patch_required};
use notes::Ties;
use poem_openapi::types::MaybeUndefined;

use crate::{
    invoice::Model,
    party::Party,
    settings::Model as Settings,
    state::Terms,
    view::{InvoiceChange, NewInvoice},
};

impl NewInvoice {
    /// What it leaves out is as the settings say.
    pub fn write(self, row: &mut Model, settings: &Settings) -> Ties {
        row.title = self.title.map(Into::into);
        row.account_id = self.account_id;
        row.contact_id = self.contact_id;
        row.opportunity_id = self.opportunity_id;
        row.currency = self.currency.into();
        row.prices_include_tax = self.prices_include_tax;
        row.terms = self.terms.unwrap_or(settings.terms);
        row.due_date = self.due_date;
        row.service_from = self.service_from;
        row.service_to = self.service_to;
        row.buyer_reference = self.buyer_reference.map(Into::into);
        row.order_reference = self.order_reference.map(Into::into);
        row.notes = self.notes.map(Into::into).or_else(|| settings.notes.clone());
        row.internal_notes = self.internal_notes.map(Into::into);
        row.buyer = Party { fill: true, ..self.buyer.unwrap_or_default().into() };
        Ties::put(self.assigned_to, self.teams, self.tags)
    }
}

impl InvoiceChange {
    pub fn write(self, row: &mut Model) -> Ties {
        let (account, terms) = (row.account_id, row.terms);
        patch(&mut row.title, self.title);
        patch_required(&mut row.account_id, self.account_id);
        patch(&mut row.contact_id, self.contact_id);
        patch(&mut row.opportunity_id, self.opportunity_id);
        patch_required(&mut row.currency, self.currency);
        patch_required(&mut row.prices_include_tax, self.prices_include_tax);
        patch_required(&mut row.terms, self.terms);
        if terms == Terms::Custom && row.terms != terms && self.due_date == MaybeUndefined::Undefined {
            row.due_date = None;
        }
        patch(&mut row.due_date, self.due_date);
        patch(&mut row.service_from, self.service_from);
        patch(&mut row.service_to, self.service_to);
        patch(&mut row.buyer_reference, self.buyer_reference);
        patch(&mut row.order_reference, self.order_reference);
        patch(&mut row.notes, self.notes);
        patch(&mut row.internal_notes, self.internal_notes);
        // Another account is another buyer.
        if row.account_id != account {
            row.buyer = Party { fill: true, ..Party::default() };
        }
        if let Some(buyer) = self.buyer.into_option() {
            buyer.write(&mut row.buyer);
        }
        Ties::patch(self.assigned_to, self.teams, self.tags)
    }
}

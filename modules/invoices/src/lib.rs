//! An invoice asks for money: a draft until it is issued, and from then on as it is.
//!
//! What it comes to is reckoned in one place, [`mod@reckon`], by the rules of [`einvoice`], whenever its lines change. Issuing gives it
//! the next number of a series ([`numbering`]), keeps who sold it, and hashes what it says.

mod invoice;
mod state;
mod party;
mod access;
mod tax;
mod view;
mod examples;
mod write;
mod check;
mod resource;
mod show;
mod list;
mod reckon;
mod lines;
mod settings;
mod issue;
mod from_opportunity;
mod api;
#[cfg(test)]
mod tests;

pub use api::InvoicesApi;
pub use from_opportunity::{FromOpportunityApi, NewOpportunityInvoice, invoice_opportunity};
pub use invoice::{Column, Entity, Model as Invoice};
pub use issue::{IssueApi, NewIssue, content_hash, issue};
pub use lines::{AdjustmentKind, InvoiceLinesApi, NewInvoiceAdjustment, NewInvoiceLine, NewInvoiceLines, put_lines};
pub use party::PartyChange;
pub use settings::{
    Entity as InvoiceSetting, InvoiceSettingsApi, InvoiceSettingsChange, NewBankAccount, change_settings,
};
pub use state::{InvoiceState, Terms};

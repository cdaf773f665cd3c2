//! What stands on all invoices of an organisation.

mod row;
mod bank;
mod view;
mod change;
mod api;

pub use api::InvoiceSettingsApi;
pub use bank::{BankAccount, NewBankAccount};
pub use change::{change as change_settings, current};
pub use row::{Entity, Model};
pub use view::InvoiceSettingsChange;

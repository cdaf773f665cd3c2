//! What an invoice is made of: its lines, and the discounts and charges on all of it.

mod row;
mod adjustment;
mod view;
mod desk;
mod whole;
mod put;
mod show;
mod api;

pub use adjustment::{AdjustmentKind, Model as AdjustmentRow};
pub use api::InvoiceLinesApi;
pub use put::{put as put_lines, replace};
pub use row::Model as LineRow;
pub use show::{Made, made};
pub use view::{NewInvoiceAdjustment, NewInvoiceLine, NewInvoiceLines};

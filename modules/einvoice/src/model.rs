//! What an invoice says, in business terms. Each field names its term (`BT-`) or group (`BG-`) of EN 16931-1.
//!
//! Amounts are in the invoice's currency ([`Invoice::currency`]) unless they say otherwise; quantities are in the line's unit.

mod adjustment;
mod code;
mod document;
mod identity;
mod invoice;
mod kind;
mod line;
mod party;
mod payment;
mod tax;
mod totals;

pub use adjustment::{Adjustment, DocumentAdjustment};
pub use code::{Country, Currency, TaxPoint, TaxPointEvent, UnknownCode};
pub use document::{Attachment, Delivery, File, Note, Period, Preceding, References};
pub use identity::{Identifier, Schemed};
pub use invoice::{Invoice, TaxCurrency};
pub use kind::{Kind, OtherKind};
pub use line::{BaseQuantity, Classification, Gross, Item, Line, Price};
pub use party::{Address, Buyer, Contact, Payee, Seller, TaxRepresentative};
pub use payment::{Account, Card, DirectDebit, Payment};
pub use tax::{Category, Exemption, Tax};
pub use totals::{TaxBreakdown, Totals};

use base::{
    Ref, Stamp, View,
    value::{Amount, Change, CurrencyCode, Note, Text},
};
use chrono::{DateTime, NaiveDate, Utc};
use notes::TagRef;
use poem_openapi::{Object, types::MaybeUndefined};
use uuid::Uuid;

use crate::{
    party::{NewParty, Party, PartyChange},
    settings::BankAccount,
    state::{InvoiceState, Terms},
    tax::TaxPart,
};

/// An invoice.
#[derive(Clone, Debug, Object)]
pub struct InvoiceView {
    #[oai(flatten)]
    pub stamp: Stamp,
    #[oai(flatten)]
    pub totals: InvoiceTotals,
    pub title: Option<String>,
    /// A draft has none.
    pub number: Option<String>,
    pub state: InvoiceState,
    /// `null` when you may not see it; so are the next two.
    pub account: Option<Ref>,
    pub contact: Option<Ref>,
    pub opportunity: Option<Ref>,
    /// That its number is from.
    pub series: Option<Ref>,
    pub currency: String,
    /// Whether the prices of the lines, and the amounts of its discounts and charges, are with tax.
    pub prices_include_tax: bool,
    pub terms: Terms,
    pub issue_date: Option<NaiveDate>,
    /// Of a draft only with the terms `custom`; otherwise they say it when it is issued.
    pub due_date: Option<NaiveDate>,
    /// Whether the day on which it was due is over, where the organisation is.
    pub is_overdue: bool,
    /// When it was delivered or done.
    pub service_from: Option<NaiveDate>,
    pub service_to: Option<NaiveDate>,
    /// What the buyer wants to find its way by.
    pub buyer_reference: Option<String>,
    /// The number of the buyer's order.
    pub order_reference: Option<String>,
    /// For the buyer to read.
    pub notes: Option<String>,
    pub internal_notes: Option<String>,
    pub buyer: Party,
    /// As the settings had them when it was issued; a draft has none.
    pub seller: Option<Party>,
    pub bank_account: Option<BankAccount>,
    pub issued_at: Option<DateTime<Utc>>,
    /// A user id.
    pub issued_by: Option<Uuid>,
    /// SHA-256 of all that is issued, in hexadecimal digits.
    pub content_hash: Option<String>,
    pub line_count: i32,
    pub assigned_to: Vec<Ref>,
    pub teams: Vec<Ref>,
    pub tags: Vec<TagRef>,
}

/// What an invoice comes to, in its currency: each amount to the currency's minor unit.
#[derive(Clone, Debug, Object)]
pub struct InvoiceTotals {
    /// The sum of the lines, without tax (BT-106).
    pub line_total: Amount,
    /// Those of the whole document, without tax (BT-107, BT-108).
    pub discounts: Amount,
    pub charges: Amount,
    /// `line_total` less `discounts` plus `charges` (BT-109).
    pub net_total: Amount,
    /// By category and rate.
    pub taxes: Vec<TaxPart>,
    /// The sum of these taxes (BT-110).
    pub tax_total: Amount,
    /// Where prices include the tax: what is added so that the total is what they promise (BT-114).
    pub rounding: Amount,
    /// What is to be paid: `net_total` plus `tax_total` plus `rounding` (BT-115).
    pub total: Amount,
}

/// A draft to make, or to put in the place of one.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct NewInvoice {
    pub title: Option<Text<255>>,
    pub account_id: Uuid,
    pub contact_id: Option<Uuid>,
    pub opportunity_id: Option<Uuid>,
    pub currency: CurrencyCode,
    #[oai(default)]
    pub prices_include_tax: bool,
    /// As the settings say when absent.
    pub terms: Option<Terms>,
    /// With the terms `custom`, and only then.
    pub due_date: Option<NaiveDate>,
    /// When it was delivered or done.
    pub service_from: Option<NaiveDate>,
    pub service_to: Option<NaiveDate>,
    /// What the buyer wants to find its way by.
    pub buyer_reference: Option<Text<200>>,
    /// The number of the buyer's order.
    pub order_reference: Option<Text<200>>,
    /// For the buyer to read; those of the settings when absent.
    pub notes: Option<Note<10_000>>,
    pub internal_notes: Option<Note<10_000>>,
    /// What it does not say, the account does.
    pub buyer: Option<NewParty>,
    /// User ids of members.
    #[oai(default, validator(max_items = 50))]
    pub assigned_to: Vec<Uuid>,
    #[oai(default, validator(max_items = 50))]
    pub teams: Vec<Uuid>,
    #[oai(default, validator(max_items = 50))]
    pub tags: Vec<Uuid>,
}

/// What to change of an invoice.
#[derive(Clone, Debug, Default, Object)]
#[oai(deny_unknown_fields, example)]
pub struct InvoiceChange {
    pub title: MaybeUndefined<Text<255>>,
    /// Another one is the buyer, too, as far as `buyer` does not say otherwise.
    pub account_id: Change<Uuid>,
    pub contact_id: MaybeUndefined<Uuid>,
    pub opportunity_id: MaybeUndefined<Uuid>,
    /// With the lines, where there are any.
    pub currency: Change<CurrencyCode>,
    /// With the lines, where there are any.
    pub prices_include_tax: Change<bool>,
    pub terms: Change<Terms>,
    /// With the terms `custom`, and only then.
    pub due_date: MaybeUndefined<NaiveDate>,
    /// When it was delivered or done.
    pub service_from: MaybeUndefined<NaiveDate>,
    pub service_to: MaybeUndefined<NaiveDate>,
    pub buyer_reference: MaybeUndefined<Text<200>>,
    pub order_reference: MaybeUndefined<Text<200>>,
    pub notes: MaybeUndefined<Note<10_000>>,
    pub internal_notes: MaybeUndefined<Note<10_000>>,
    pub buyer: Change<PartyChange>,
    #[oai(validator(max_items = 50))]
    pub assigned_to: Change<Vec<Uuid>>,
    #[oai(validator(max_items = 50))]
    pub teams: Change<Vec<Uuid>>,
    #[oai(validator(max_items = 50))]
    pub tags: Change<Vec<Uuid>>,
}

impl View for InvoiceView {
    fn id(&self) -> Uuid {
        self.stamp.id
    }

    fn version(&self) -> i64 {
        self.stamp.version
    }
}

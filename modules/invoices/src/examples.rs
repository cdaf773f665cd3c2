//! The bodies that the document shows.

use base::value::{Change, Country, CurrencyCode, Email, Text};
use chrono::NaiveDate;
use poem_openapi::types::{Example, MaybeUndefined};
use uuid::Uuid;

use crate::{
    party::NewParty,
    state::Terms,
    view::{InvoiceChange, NewInvoice},
};

/// In place of an id that is there.
pub const SOME: Uuid = Uuid::from_u128(0x0190_f3c2_0000_7000_8000_0000_0000_0001);

impl Example for NewInvoice {
    fn example() -> Self {
        let buyer = NewParty {
            city: Text::parse("Leeds").ok(),
            country: Country::parse("GB").ok(),
            email: Email::parse("accounts@bluekettle.example").ok(),
            ..NewParty::default()
        };
        Self {
            title: Text::parse("Fleet of 12 electric vans").ok(),
            account_id: SOME,
            contact_id: None,
            opportunity_id: None,
            currency: CurrencyCode::parse("EUR").expect("a currency"),
            prices_include_tax: false,
            terms: Some(Terms::Net15),
            due_date: None,
            service_from: NaiveDate::from_ymd_opt(2026, 10, 1),
            service_to: NaiveDate::from_ymd_opt(2026, 10, 31),
            buyer_reference: None,
            order_reference: Text::parse("PO-4711").ok(),
            notes: None,
            internal_notes: None,
            buyer: Some(buyer),
            assigned_to: vec![],
            teams: vec![],
            tags: vec![],
        }
    }
}

impl Example for InvoiceChange {
    fn example() -> Self {
        Self {
            order_reference: Text::parse("PO-4712").map_or(MaybeUndefined::Undefined, MaybeUndefined::Value),
            terms: Change::To(Terms::Net30),
            ..Self::default()
        }
    }
}

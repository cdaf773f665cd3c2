//! The bodies that the document shows.

use accounts::Address;
use base::value::{Change, Email, Phone, Text, WebUrl};
use poem_openapi::types::{Example, MaybeUndefined};

use crate::view::{ContactChange, NewContact, Salutation};

impl Example for NewContact {
    fn example() -> Self {
        Self {
            salutation: Some(Salutation::Ms),
            first_name: Text::parse("Ingrid").expect("a name"),
            last_name: Text::parse("Paulsen").expect("a name"),
            email: Email::parse("i.paulsen@harbour-pine.example").ok(),
            phone: Phone::parse("+49 40 30998878").ok(),
            organization: Text::parse("Harbour & Pine GmbH").ok(),
            title: Text::parse("Head of purchasing").ok(),
            department: Text::parse("Purchasing").ok(),
            do_not_call: false,
            website: None,
            linkedin_url: WebUrl::parse("https://www.linkedin.com/in/ingrid-paulsen-example/").ok(),
            account_id: None,
            accounts: vec![],
            address: Some(Address::example()),
            description: None,
            is_active: true,
            assigned_to: vec![],
            teams: vec![],
            tags: vec![],
        }
    }
}

impl Example for ContactChange {
    fn example() -> Self {
        Self {
            salutation: MaybeUndefined::Undefined,
            first_name: Change::Keep,
            last_name: Change::Keep,
            email: MaybeUndefined::Undefined,
            phone: MaybeUndefined::Null,
            organization: MaybeUndefined::Undefined,
            title: MaybeUndefined::Undefined,
            department: MaybeUndefined::Undefined,
            do_not_call: Change::To(true),
            website: MaybeUndefined::Undefined,
            linkedin_url: MaybeUndefined::Undefined,
            account_id: MaybeUndefined::Undefined,
            accounts: Change::Keep,
            address: MaybeUndefined::Undefined,
            description: MaybeUndefined::Undefined,
            is_active: Change::Keep,
            assigned_to: Change::Keep,
            teams: Change::Keep,
            tags: Change::Keep,
        }
    }
}

use base::value::{Change, Country, Note, Percent, Text};
use poem_openapi::{
    Object,
    types::{Example, MaybeUndefined},
};

use super::bank::{BankAccount, NewBankAccount};
use crate::{
    party::{Party, PartyChange},
    state::Terms,
};

/// What stands on all invoices.
#[derive(Clone, Debug, Object)]
pub struct InvoiceSettings {
    /// You. An invoice keeps it as it is when it is issued.
    pub seller: Party,
    pub bank_account: Option<BankAccount>,
    /// In per cent: for products of the tax class `standard`, and for what is no product.
    pub standard_rate: Option<Percent>,
    /// In per cent: for products of the tax class `reduced`.
    pub reduced_rate: Option<Percent>,
    /// Of a new invoice that says none.
    pub terms: Terms,
    /// Of a new invoice that says none, for the buyer to read.
    pub notes: Option<String>,
}

/// What to change of that.
#[derive(Clone, Debug, Default, Object)]
#[oai(deny_unknown_fields, example)]
pub struct InvoiceSettingsChange {
    pub seller: Change<PartyChange>,
    pub bank_account: MaybeUndefined<NewBankAccount>,
    /// In per cent, above nought.
    pub standard_rate: MaybeUndefined<Percent>,
    /// In per cent, above nought.
    pub reduced_rate: MaybeUndefined<Percent>,
    /// Not `custom`.
    pub terms: Change<Terms>,
    pub notes: MaybeUndefined<Note<10_000>>,
}

impl Example for InvoiceSettingsChange {
    fn example() -> Self {
        let text = |text: &str| Text::parse(text).map_or(MaybeUndefined::Undefined, MaybeUndefined::Value);
        let seller = PartyChange {
            address_line: text("Am Hafen 1"),
            city: text("Hamburg"),
            country: Country::parse("DE").map_or(MaybeUndefined::Undefined, MaybeUndefined::Value),
            vat_id: Text::parse("DE123456788").map_or(MaybeUndefined::Undefined, MaybeUndefined::Value),
            ..PartyChange::default()
        };
        let bank_account = NewBankAccount {
            iban: Text::parse("DE89 3704 0044 0532 0130 00").expect("an account"),
            bic: Text::parse("COBADEFFXXX").ok(),
            name: None,
        };
        Self {
            seller: Change::To(seller),
            bank_account: MaybeUndefined::Value(bank_account),
            standard_rate: Percent::parse("19").map_or(MaybeUndefined::Undefined, MaybeUndefined::Value),
            ..Self::default()
        }
    }
}

//! Who sells and who buys, as an invoice names them.

use base::value::{Change, Country, Email, Text, patch, patch_required};
use einvoice::model::{Address, Country as InvoiceCountry};
use poem_openapi::{Object, types::MaybeUndefined};
use sea_orm::FromJsonQueryResult;
use serde::{Deserialize, Serialize};

/// Who sells or buys.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult, Object)]
#[oai(rename = "InvoiceParty")]
pub struct Party {
    pub name: String,
    pub address_line: Option<String>,
    pub city: Option<String>,
    pub postcode: Option<String>,
    pub region: Option<String>,
    /// ISO 3166-1 alpha-2
    pub country: Option<String>,
    /// With the country before it.
    pub vat_id: Option<String>,
    /// The number in the register of companies, or of the tax office.
    pub legal_id: Option<String>,
    pub email: Option<String>,
    /// Whether what is missing is still to come from elsewhere; never kept.
    #[serde(skip)]
    #[oai(skip)]
    pub fill: bool,
}

/// Who sells or buys; what is absent comes from the account.
#[derive(Clone, Debug, Default, Object)]
#[oai(rename = "NewInvoiceParty", deny_unknown_fields)]
pub struct NewParty {
    pub name: Option<Text<255>>,
    pub address_line: Option<Text<255>>,
    pub city: Option<Text<255>>,
    pub postcode: Option<Text<64>>,
    pub region: Option<Text<255>>,
    pub country: Option<Country>,
    /// With the country before it.
    pub vat_id: Option<Text<32>>,
    /// The number in the register of companies, or of the tax office.
    pub legal_id: Option<Text<64>>,
    pub email: Option<Email>,
}

/// What to change of who sells or buys.
#[derive(Clone, Debug, Default, Object)]
#[oai(rename = "InvoicePartyChange", deny_unknown_fields)]
pub struct PartyChange {
    pub name: Change<Text<255>>,
    pub address_line: MaybeUndefined<Text<255>>,
    pub city: MaybeUndefined<Text<255>>,
    pub postcode: MaybeUndefined<Text<64>>,
    pub region: MaybeUndefined<Text<255>>,
    pub country: MaybeUndefined<Country>,
    /// With the country before it.
    pub vat_id: MaybeUndefined<Text<32>>,
    /// The number in the register of companies, or of the tax office.
    pub legal_id: MaybeUndefined<Text<64>>,
    pub email: MaybeUndefined<Email>,
}

impl From<NewParty> for Party {
    fn from(new: NewParty) -> Self {
        Self {
            name: new.name.map(Into::into).unwrap_or_default(),
            address_line: new.address_line.map(Into::into),
            city: new.city.map(Into::into),
            postcode: new.postcode.map(Into::into),
            region: new.region.map(Into::into),
            country: new.country.map(Into::into),
            vat_id: new.vat_id.map(Into::into),
            legal_id: new.legal_id.map(Into::into),
            email: new.email.map(Into::into),
            fill: false,
        }
    }
}

impl PartyChange {
    pub fn write(self, party: &mut Party) {
        patch_required(&mut party.name, self.name);
        patch(&mut party.address_line, self.address_line);
        patch(&mut party.city, self.city);
        patch(&mut party.postcode, self.postcode);
        patch(&mut party.region, self.region);
        patch(&mut party.country, self.country);
        patch(&mut party.vat_id, self.vat_id);
        patch(&mut party.legal_id, self.legal_id);
        patch(&mut party.email, self.email);
    }
}

impl From<accounts::Account> for Party {
    fn from(account: accounts::Account) -> Self {
        Self {
            name: account.name,
            address_line: account.billing_address_line,
            city: account.billing_city,
            postcode: account.billing_postcode,
            region: account.billing_state,
            country: account.billing_country,
            vat_id: None,
            legal_id: None,
            email: account.email,
            fill: false,
        }
    }
}

impl Party {
    /// What is missing, from another.
    pub fn fill_from(&mut self, other: Self) {
        if self.name.is_empty() {
            self.name = other.name;
        }
        for (own, other) in [
            (&mut self.address_line, other.address_line),
            (&mut self.city, other.city),
            (&mut self.postcode, other.postcode),
            (&mut self.region, other.region),
            (&mut self.country, other.country),
            (&mut self.vat_id, other.vat_id),
            (&mut self.legal_id, other.legal_id),
            (&mut self.email, other.email),
        ] {
            if own.is_none() {
                *own = other;
            }
        }
    }

    /// `None` without a country.
    pub fn address(&self) -> Option<Address> {
        let country = InvoiceCountry::parse(self.country.as_deref()?).ok()?;
        Some(Address {
            line1: self.address_line.clone(),
            line2: None,
            line3: None,
            city: self.city.clone(),
            post_code: self.postcode.clone(),
            subdivision: self.region.clone(),
            country,
        })
    }
}

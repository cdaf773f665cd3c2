use base::{
    View,
    people::Ref,
    value::{Change, Country, CurrencyCode, Email, Phone, PhoneView, Text, Timezone, WebUrl},
};
use chrono::{DateTime, Utc};
use poem_openapi::{
    Object,
    types::{Example, MaybeUndefined},
};
use uuid::Uuid;

use super::organisation::Model;
use crate::address::{patch, patch_phone, phone};

/// An organisation, as its members see it.
#[derive(Clone, Debug, PartialEq, Eq, Object)]
#[oai(rename = "Org", example)]
pub struct OrgView {
    pub id: Uuid,
    pub name: String,
    pub address_line: Option<String>,
    pub city: Option<String>,
    pub state: Option<String>,
    pub postcode: Option<String>,
    /// ISO 3166-1 alpha-2; from where numbers without a `+` are dialled.
    pub country: Option<String>,
    pub phone: Option<PhoneView>,
    pub email: Option<String>,
    pub website: Option<String>,
    pub tax_id: Option<String>,
    /// ISO 4217
    pub default_currency: String,
    /// IANA time zone
    pub timezone: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// 1 when new, one more with each change.
    pub version: i64,
}

/// An organisation that I am in.
#[derive(Clone, Debug, PartialEq, Eq, Object)]
#[oai(example)]
pub struct MyOrg {
    /// What goes into the `org` header.
    pub id: Uuid,
    pub name: String,
    /// Mine.
    pub role: Ref,
    pub created_at: DateTime<Utc>,
}

/// An organisation to be.
#[derive(Clone, Debug, PartialEq, Eq, Object)]
#[oai(deny_unknown_fields, example)]
pub struct NewOrg {
    pub name: Text<255>,
    pub country: Option<Country>,
    /// `USD` when absent.
    pub default_currency: Option<CurrencyCode>,
    /// `UTC` when absent.
    pub timezone: Option<Timezone>,
}

/// What to change of an organisation.
#[derive(Clone, Debug, Default, PartialEq, Eq, Object)]
#[oai(deny_unknown_fields, example)]
pub struct OrgChange {
    pub name: Change<Text<255>>,
    pub address_line: MaybeUndefined<Text<255>>,
    pub city: MaybeUndefined<Text<255>>,
    pub state: MaybeUndefined<Text<255>>,
    pub postcode: MaybeUndefined<Text<64>>,
    pub country: MaybeUndefined<Country>,
    pub phone: MaybeUndefined<Phone>,
    pub email: MaybeUndefined<Email>,
    pub website: MaybeUndefined<WebUrl<500>>,
    pub tax_id: MaybeUndefined<Text<64>>,
    pub default_currency: Change<CurrencyCode>,
    pub timezone: Change<Timezone>,
}

impl NewOrg {
    pub fn write(self, org: &mut Model) {
        org.name = self.name.into_inner();
        org.country = self.country.map(Country::into_inner);
        org.default_currency = self.default_currency.map_or_else(|| "USD".to_owned(), CurrencyCode::into_inner);
        org.timezone = self.timezone.unwrap_or(Timezone::UTC).into_inner();
    }
}

impl OrgChange {
    pub fn write(self, org: &mut Model) {
        if let Change::To(name) = self.name {
            org.name = name.into_inner();
        }
        patch(&mut org.address_line, self.address_line, Text::into_inner);
        patch(&mut org.city, self.city, Text::into_inner);
        patch(&mut org.state, self.state, Text::into_inner);
        patch(&mut org.postcode, self.postcode, Text::into_inner);
        patch(&mut org.country, self.country, Country::into_inner);
        patch_phone(&mut org.phone_typed, &mut org.phone_e164, self.phone, org.country.as_deref());
        patch(&mut org.email, self.email, Into::into);
        patch(&mut org.website, self.website, Into::into);
        patch(&mut org.tax_id, self.tax_id, Text::into_inner);
        if let Change::To(currency) = self.default_currency {
            org.default_currency = currency.into_inner();
        }
        if let Change::To(timezone) = self.timezone {
            org.timezone = timezone.into_inner();
        }
    }
}

impl From<Model> for OrgView {
    fn from(org: Model) -> Self {
        Self {
            id: org.id,
            name: org.name,
            address_line: org.address_line,
            city: org.city,
            state: org.state,
            postcode: org.postcode,
            country: org.country,
            phone: phone(org.phone_typed, org.phone_e164),
            email: org.email,
            website: org.website,
            tax_id: org.tax_id,
            default_currency: org.default_currency,
            timezone: org.timezone,
            created_at: org.created_at,
            updated_at: org.updated_at,
            version: org.version,
        }
    }
}

impl View for OrgView {
    fn id(&self) -> Uuid {
        self.id
    }

    fn version(&self) -> i64 {
        self.version
    }
}

const ID: Uuid = Uuid::from_u128(0x0190_7c1e_52a0_7b30_9c11_3f6a_2d8e_0100);

impl Example for OrgView {
    fn example() -> Self {
        let mut org = Model { id: ID, version: 1, ..Model::default() };
        NewOrg::example().write(&mut org);
        org.into()
    }
}

impl Example for MyOrg {
    fn example() -> Self {
        let role = Ref { id: Uuid::from_u128(ID.as_u128() + 1), name: "Admin".to_owned() };
        Self { id: ID, name: "Nordlicht Ltd".to_owned(), role, created_at: DateTime::UNIX_EPOCH }
    }
}

impl Example for NewOrg {
    #[expect(clippy::unwrap_used, reason = "a constant that is a text")]
    fn example() -> Self {
        Self {
            name: Text::parse("Nordlicht Ltd").unwrap(),
            country: Country::parse("DE").ok(),
            default_currency: CurrencyCode::parse("EUR").ok(),
            timezone: Timezone::parse("Europe/Berlin").ok(),
        }
    }
}

impl Example for OrgChange {
    fn example() -> Self {
        Self {
            email: Email::parse("hello@nordlicht.example").map_or(MaybeUndefined::Null, MaybeUndefined::Value),
            ..Self::default()
        }
    }
}

use base::{
    Ref, Stamp, View,
    value::{Change, CurrencyCode, Email, Industry, Money, Note, Phone, PhoneView, Text, WebUrl},
};
use notes::TagRef;
use poem_openapi::{
    Enum, Object,
    types::{Example, MaybeUndefined},
};
use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::address::Address;

/// How promising it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Enum, EnumIter, DeriveActiveEnum)]
#[serde(rename_all = "snake_case")]
#[oai(rename_all = "snake_case")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))", rename_all = "snake_case")]
pub enum Rating {
    Hot,
    Warm,
    Cold,
}

/// An account.
#[derive(Clone, Debug, Object)]
pub struct AccountView {
    #[oai(flatten)]
    pub stamp: Stamp,
    pub name: String,
    pub email: Option<String>,
    pub phone: Option<PhoneView>,
    pub website: Option<String>,
    pub linkedin_url: Option<String>,
    pub industry: Option<Industry>,
    pub rating: Option<Rating>,
    pub number_of_employees: Option<i32>,
    /// In `currency`.
    pub annual_revenue: Option<Money>,
    pub currency: Option<String>,
    pub billing_address: Option<Address>,
    /// The account that this one belongs to; `null` too when you may not see it.
    pub parent: Option<Ref>,
    /// The lead that it came from.
    pub lead_id: Option<Uuid>,
    pub description: Option<String>,
    /// An inactive account is kept and no longer worked on.
    pub is_active: bool,
    pub assigned_to: Vec<Ref>,
    pub teams: Vec<Ref>,
    pub tags: Vec<TagRef>,
}

/// An account to make, or to put in the place of one.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct NewAccount {
    /// Unique in the organisation, whatever its case.
    pub name: Text<255>,
    pub email: Option<Email>,
    pub phone: Option<Phone>,
    pub website: Option<WebUrl<500>>,
    pub linkedin_url: Option<WebUrl<500>>,
    pub industry: Option<Industry>,
    pub rating: Option<Rating>,
    #[oai(validator(minimum(value = "0")))]
    pub number_of_employees: Option<i32>,
    pub annual_revenue: Option<Money>,
    pub currency: Option<CurrencyCode>,
    pub billing_address: Option<Address>,
    pub parent_id: Option<Uuid>,
    pub description: Option<Note<20_000>>,
    #[oai(default = "yes")]
    pub is_active: bool,
    /// User ids of members.
    #[oai(default, validator(max_items = 50))]
    pub assigned_to: Vec<Uuid>,
    #[oai(default, validator(max_items = 50))]
    pub teams: Vec<Uuid>,
    #[oai(default, validator(max_items = 50))]
    pub tags: Vec<Uuid>,
}

/// What to change of an account.
#[derive(Clone, Debug, Default, Object)]
#[oai(deny_unknown_fields, example)]
pub struct AccountChange {
    pub name: Change<Text<255>>,
    pub email: MaybeUndefined<Email>,
    pub phone: MaybeUndefined<Phone>,
    pub website: MaybeUndefined<WebUrl<500>>,
    pub linkedin_url: MaybeUndefined<WebUrl<500>>,
    pub industry: MaybeUndefined<Industry>,
    pub rating: MaybeUndefined<Rating>,
    #[oai(validator(minimum(value = "0")))]
    pub number_of_employees: MaybeUndefined<i32>,
    pub annual_revenue: MaybeUndefined<Money>,
    pub currency: MaybeUndefined<CurrencyCode>,
    pub billing_address: MaybeUndefined<Address>,
    pub parent_id: MaybeUndefined<Uuid>,
    pub description: MaybeUndefined<Note<20_000>>,
    pub is_active: Change<bool>,
    #[oai(validator(max_items = 50))]
    pub assigned_to: Change<Vec<Uuid>>,
    #[oai(validator(max_items = 50))]
    pub teams: Change<Vec<Uuid>>,
    #[oai(validator(max_items = 50))]
    pub tags: Change<Vec<Uuid>>,
}

fn yes() -> bool {
    true
}

impl View for AccountView {
    fn id(&self) -> Uuid {
        self.stamp.id
    }

    fn version(&self) -> i64 {
        self.stamp.version
    }
}

impl Example for NewAccount {
    fn example() -> Self {
        Self {
            name: Text::parse("Harbour & Pine GmbH").expect("a name"),
            email: Email::parse("office@harbour-pine.example").ok(),
            phone: Phone::parse("+49 40 30998877").ok(),
            website: WebUrl::parse("https://harbour-pine.example/").ok(),
            linkedin_url: None,
            industry: Some(Industry::Transportation),
            rating: Some(Rating::Warm),
            number_of_employees: Some(120),
            annual_revenue: Money::parse("2500000.00").ok(),
            currency: CurrencyCode::parse("EUR").ok(),
            billing_address: Some(Address::example()),
            parent_id: None,
            description: None,
            is_active: true,
            assigned_to: vec![],
            teams: vec![],
            tags: vec![],
        }
    }
}

impl Example for AccountChange {
    fn example() -> Self {
        Self { email: MaybeUndefined::Null, rating: MaybeUndefined::Value(Rating::Hot), ..Self::default() }
    }
}

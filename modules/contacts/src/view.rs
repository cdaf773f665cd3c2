use accounts::Address;
use base::{
    Ref, Stamp, View,
    value::{Change, Email, Note, Phone, PhoneView, Text, WebUrl},
};
use notes::TagRef;
use poem_openapi::{Enum, Object, types::MaybeUndefined};
use sea_orm::entity::prelude::*;
use serde::Serialize;

/// How they are addressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Enum, EnumIter, DeriveActiveEnum)]
#[serde(rename_all = "snake_case")]
#[oai(rename_all = "snake_case")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))", rename_all = "snake_case")]
pub enum Salutation {
    Mr,
    Mrs,
    Ms,
    Mx,
    Dr,
    Prof,
}

/// A contact.
#[derive(Clone, Debug, Object)]
pub struct ContactView {
    #[oai(flatten)]
    pub stamp: Stamp,
    pub salutation: Option<Salutation>,
    pub first_name: String,
    pub last_name: String,
    pub email: Option<String>,
    pub phone: Option<PhoneView>,
    /// Where they work, as they say it.
    pub organization: Option<String>,
    /// What they are there.
    pub title: Option<String>,
    pub department: Option<String>,
    /// They asked not to be called.
    pub do_not_call: bool,
    pub website: Option<String>,
    pub linkedin_url: Option<String>,
    /// The account that they belong to; `null` too when you may not see it.
    pub account: Option<Ref>,
    /// Accounts that they have to do with beside their own, of those that you may see.
    pub accounts: Vec<ContactAccount>,
    pub address: Option<Address>,
    /// The lead that they came from.
    pub lead_id: Option<Uuid>,
    pub description: Option<String>,
    /// An inactive contact is kept and no longer worked on.
    pub is_active: bool,
    pub assigned_to: Vec<Ref>,
    pub teams: Vec<Ref>,
    pub tags: Vec<TagRef>,
}

/// An account that a contact has to do with.
#[derive(Clone, Debug, PartialEq, Eq, Object)]
pub struct ContactAccount {
    pub id: Uuid,
    pub name: String,
    /// What the contact is there.
    pub role: Option<String>,
}

/// An account that a contact is to have to do with.
#[derive(Clone, Debug, PartialEq, Eq, Object)]
#[oai(deny_unknown_fields)]
pub struct NewContactAccount {
    pub account_id: Uuid,
    /// What the contact is there: adviser, tax consultant.
    pub role: Option<Text<50>>,
}

/// A contact to make, or to put in the place of one.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct NewContact {
    pub salutation: Option<Salutation>,
    pub first_name: Text<255>,
    pub last_name: Text<255>,
    /// Unique in the organisation, whatever its case.
    pub email: Option<Email>,
    pub phone: Option<Phone>,
    /// Where they work, as they say it.
    pub organization: Option<Text<255>>,
    /// What they are there.
    pub title: Option<Text<255>>,
    pub department: Option<Text<255>>,
    /// They asked not to be called.
    #[oai(default)]
    pub do_not_call: bool,
    pub website: Option<WebUrl<500>>,
    pub linkedin_url: Option<WebUrl<500>>,
    /// The account that they belong to.
    pub account_id: Option<Uuid>,
    /// Accounts that they have to do with beside their own, each once.
    #[oai(default, validator(max_items = 50))]
    pub accounts: Vec<NewContactAccount>,
    pub address: Option<Address>,
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

/// What to change of a contact.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct ContactChange {
    pub salutation: MaybeUndefined<Salutation>,
    pub first_name: Change<Text<255>>,
    pub last_name: Change<Text<255>>,
    pub email: MaybeUndefined<Email>,
    pub phone: MaybeUndefined<Phone>,
    pub organization: MaybeUndefined<Text<255>>,
    pub title: MaybeUndefined<Text<255>>,
    pub department: MaybeUndefined<Text<255>>,
    pub do_not_call: Change<bool>,
    pub website: MaybeUndefined<WebUrl<500>>,
    pub linkedin_url: MaybeUndefined<WebUrl<500>>,
    pub account_id: MaybeUndefined<Uuid>,
    /// The whole list; links to accounts that you may not see stay.
    #[oai(validator(max_items = 50))]
    pub accounts: Change<Vec<NewContactAccount>>,
    pub address: MaybeUndefined<Address>,
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

impl View for ContactView {
    fn id(&self) -> Uuid {
        self.stamp.id
    }

    fn version(&self) -> i64 {
        self.stamp.version
    }
}

use accounts::{Address, Rating};
use base::{
    Ref, Stamp, View,
    value::{Change, CurrencyCode, Email, Industry, Money, Note, Phone, PhoneView, Text, WebUrl},
};
use chrono::{DateTime, NaiveDate, Utc};
use contacts::Salutation;
use notes::TagRef;
use opportunities::LeadSource;
use pipelines::StandingView;
use poem_openapi::{Object, types::MaybeUndefined};
use uuid::Uuid;

use crate::status::LeadStatus;

/// A lead.
#[derive(Clone, Debug, Object)]
pub struct LeadView {
    #[oai(flatten)]
    pub stamp: Stamp,
    #[oai(flatten)]
    pub standing: StandingView,
    pub title: String,
    pub salutation: Option<Salutation>,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub email: Option<String>,
    pub phone: Option<PhoneView>,
    pub job_title: Option<String>,
    pub company_name: Option<String>,
    pub website: Option<String>,
    pub linkedin_url: Option<String>,
    pub status: LeadStatus,
    pub source: Option<LeadSource>,
    pub industry: Option<Industry>,
    pub rating: Option<Rating>,
    /// In `currency`.
    pub opportunity_amount: Option<Money>,
    pub currency: Option<String>,
    /// How likely a sale is, in percent.
    pub probability: Option<i32>,
    /// When it may be won.
    pub close_date: Option<NaiveDate>,
    pub address: Option<Address>,
    pub last_contacted: Option<NaiveDate>,
    pub next_follow_up: Option<NaiveDate>,
    pub description: Option<String>,
    /// An inactive lead is kept and no longer worked on.
    pub is_active: bool,
    /// Those whom you may see.
    pub contacts: Vec<Ref>,
    pub assigned_to: Vec<Ref>,
    pub teams: Vec<Ref>,
    pub tags: Vec<TagRef>,
    /// Whether a form on a website made it.
    pub created_from_site: bool,
    pub form_id: Option<Uuid>,
    /// Where its visitor came from.
    pub site_ip: Option<String>,
    pub site_user_agent: Option<String>,
    pub site_referrer: Option<String>,
    pub converted_at: Option<DateTime<Utc>>,
    /// What it became; `null` too when you may not see it.
    pub converted_account: Option<Ref>,
    pub converted_contact: Option<Ref>,
    pub converted_opportunity: Option<Ref>,
}

/// A lead to make, or to put in the place of one.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct NewLead {
    /// What it is about.
    pub title: Text<255>,
    pub salutation: Option<Salutation>,
    pub first_name: Option<Text<255>>,
    pub last_name: Option<Text<255>>,
    pub email: Option<Email>,
    pub phone: Option<Phone>,
    pub job_title: Option<Text<255>>,
    pub company_name: Option<Text<255>>,
    pub website: Option<WebUrl<500>>,
    pub linkedin_url: Option<WebUrl<500>>,
    /// `assigned` when left out. Not `converted`: that is what a conversion is for.
    pub status: Option<LeadStatus>,
    /// The stage of a pipeline that it is to stand in; it says the status, whatever else is given. The first stage of the status when
    /// absent, in the pipeline where it stands or else in the built-in one.
    pub pipeline_stage_id: Option<Uuid>,
    pub source: Option<LeadSource>,
    pub industry: Option<Industry>,
    pub rating: Option<Rating>,
    /// In `currency`.
    pub opportunity_amount: Option<Money>,
    pub currency: Option<CurrencyCode>,
    /// How likely a sale is, in percent.
    #[oai(validator(minimum(value = "0"), maximum(value = "100")))]
    pub probability: Option<i32>,
    pub close_date: Option<NaiveDate>,
    pub address: Option<Address>,
    pub last_contacted: Option<NaiveDate>,
    pub next_follow_up: Option<NaiveDate>,
    pub description: Option<Note<20_000>>,
    #[oai(default = "yes")]
    pub is_active: bool,
    /// Contacts that have to do with it.
    #[oai(default, validator(max_items = 50))]
    pub contacts: Vec<Uuid>,
    /// User ids of members.
    #[oai(default, validator(max_items = 50))]
    pub assigned_to: Vec<Uuid>,
    #[oai(default, validator(max_items = 50))]
    pub teams: Vec<Uuid>,
    #[oai(default, validator(max_items = 50))]
    pub tags: Vec<Uuid>,
}

/// What to change of a lead.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct LeadChange {
    pub title: Change<Text<255>>,
    pub salutation: MaybeUndefined<Salutation>,
    pub first_name: MaybeUndefined<Text<255>>,
    pub last_name: MaybeUndefined<Text<255>>,
    pub email: MaybeUndefined<Email>,
    pub phone: MaybeUndefined<Phone>,
    pub job_title: MaybeUndefined<Text<255>>,
    pub company_name: MaybeUndefined<Text<255>>,
    pub website: MaybeUndefined<WebUrl<500>>,
    pub linkedin_url: MaybeUndefined<WebUrl<500>>,
    pub status: Change<LeadStatus>,
    /// It says the status, whatever else is given.
    pub pipeline_stage_id: Change<Uuid>,
    pub source: MaybeUndefined<LeadSource>,
    pub industry: MaybeUndefined<Industry>,
    pub rating: MaybeUndefined<Rating>,
    pub opportunity_amount: MaybeUndefined<Money>,
    pub currency: MaybeUndefined<CurrencyCode>,
    #[oai(validator(minimum(value = "0"), maximum(value = "100")))]
    pub probability: MaybeUndefined<i32>,
    pub close_date: MaybeUndefined<NaiveDate>,
    pub address: MaybeUndefined<Address>,
    pub last_contacted: MaybeUndefined<NaiveDate>,
    pub next_follow_up: MaybeUndefined<NaiveDate>,
    pub description: MaybeUndefined<Note<20_000>>,
    pub is_active: Change<bool>,
    #[oai(validator(max_items = 50))]
    pub contacts: Change<Vec<Uuid>>,
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

impl View for LeadView {
    fn id(&self) -> Uuid {
        self.stamp.id
    }

    fn version(&self) -> i64 {
        self.stamp.version
    }
}

use base::{
    Ref, Stamp, View,
    value::{Change, CurrencyCode, Money, Note, Text},
};
use chrono::NaiveDate;
use notes::TagRef;
use pipelines::StandingView;
use poem_openapi::{Enum, Object, types::MaybeUndefined};
use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::{
    closing::CloseReason,
    forecast::{ForecastCategory, ForecastOverride},
    stage::Stage,
};

/// What kind of business it would be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Enum, EnumIter, DeriveActiveEnum)]
#[serde(rename_all = "snake_case")]
#[oai(rename_all = "snake_case")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))", rename_all = "snake_case")]
pub enum OpportunityType {
    NewBusiness,
    ExistingBusiness,
    Renewal,
    Upsell,
    CrossSell,
}

/// How one came to hear of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Enum, EnumIter, DeriveActiveEnum)]
#[serde(rename_all = "snake_case")]
#[oai(rename_all = "snake_case")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))", rename_all = "snake_case")]
pub enum LeadSource {
    Call,
    Email,
    ExistingCustomer,
    Partner,
    PublicRelations,
    Campaign,
    Website,
    Other,
}

/// An opportunity.
#[derive(Clone, Debug, Object)]
pub struct OpportunityView {
    #[oai(flatten)]
    pub stamp: Stamp,
    #[oai(flatten)]
    pub standing: StandingView,
    pub name: String,
    /// `null` too when you may not see it.
    pub account: Option<Ref>,
    /// Who has a say in it, of those that you may see.
    pub contacts: Vec<Ref>,
    pub stage: Stage,
    /// In per cent.
    pub probability: i32,
    pub opportunity_type: Option<OpportunityType>,
    pub currency: Option<String>,
    /// In `currency`.
    pub amount: Option<Money>,
    /// When it was closed; while it is open, when it is expected to be.
    pub closed_on: Option<NaiveDate>,
    /// The user id of whoever closed it; `null` while it is open.
    pub closed_by: Option<Uuid>,
    pub lead_source: Option<LeadSource>,
    /// The lead that it came from.
    pub lead_id: Option<Uuid>,
    pub description: Option<String>,
    /// How many lines it is made of; while there are any, they make the amount.
    pub line_count: i32,
    /// Where the forecast counts it: `won` or `lost` once it is closed; before that as `forecast_override` says, and else left
    /// out when it is inactive or its probability is 0, `pipeline` below 50 per cent, `best_case` below 75 and `commit` from
    /// there on.
    pub forecast_category: ForecastCategory,
    pub forecast_override: Option<ForecastOverride>,
    /// What decided it; `null` while it is open.
    pub close_reason: Option<CloseReason>,
    pub close_note: Option<String>,
    /// An inactive opportunity is kept and no longer worked on.
    pub is_active: bool,
    pub assigned_to: Vec<Ref>,
    pub teams: Vec<Ref>,
    pub tags: Vec<TagRef>,
}

/// An opportunity to make, or to put in the place of one.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct NewOpportunity {
    pub name: Text<255>,
    pub account_id: Option<Uuid>,
    /// Who has a say in it: ids of contacts.
    #[oai(default, validator(max_items = 50))]
    pub contacts: Vec<Uuid>,
    /// `closed_won` needs an `amount`, both closed ones a `closed_on`.
    #[oai(default)]
    pub stage: Stage,
    /// The stage of a pipeline that it is to stand in; it says the stage, whatever else is given. The first stage of the stage when
    /// absent, in the pipeline where it stands or else in the built-in one.
    pub pipeline_stage_id: Option<Uuid>,
    /// In per cent; that of the stage of its pipeline when absent. A won one always has 100, a lost one 0.
    #[oai(validator(minimum(value = "0"), maximum(value = "100")))]
    pub probability: Option<i32>,
    pub opportunity_type: Option<OpportunityType>,
    /// Needed with an `amount`.
    pub currency: Option<CurrencyCode>,
    /// In the place of an opportunity with lines: leave it out, for they make it.
    pub amount: Option<Money>,
    /// When it was closed; while it is open, when it is expected to be.
    pub closed_on: Option<NaiveDate>,
    /// The user id of the member who closed it: whoever asks, when absent. Only of a closed one.
    pub closed_by: Option<Uuid>,
    pub lead_source: Option<LeadSource>,
    pub description: Option<Note<20_000>>,
    /// Says what the forecast takes it to be while it is open, in place of the rule.
    pub forecast_override: Option<ForecastOverride>,
    /// Only of a closed one, as `close_note`.
    pub close_reason: Option<CloseReason>,
    pub close_note: Option<Note<2_000>>,
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

/// What to change of an opportunity.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct OpportunityChange {
    pub name: Change<Text<255>>,
    pub account_id: MaybeUndefined<Uuid>,
    /// The whole list; contacts that you may not see stay.
    #[oai(validator(max_items = 50))]
    pub contacts: Change<Vec<Uuid>>,
    /// A new stage brings its probability with it unless one is given; opening a closed opportunity again clears
    /// `closed_by`, and `closed_on` unless one is given.
    pub stage: Change<Stage>,
    /// It says the stage, whatever else is given. A closed one closes it today unless `closed_on` says when.
    pub pipeline_stage_id: Change<Uuid>,
    /// In per cent.
    #[oai(validator(minimum(value = "0"), maximum(value = "100")))]
    pub probability: Change<i32>,
    pub opportunity_type: MaybeUndefined<OpportunityType>,
    pub currency: MaybeUndefined<CurrencyCode>,
    pub amount: MaybeUndefined<Money>,
    pub closed_on: MaybeUndefined<NaiveDate>,
    pub closed_by: MaybeUndefined<Uuid>,
    pub lead_source: MaybeUndefined<LeadSource>,
    pub description: MaybeUndefined<Note<20_000>>,
    pub forecast_override: MaybeUndefined<ForecastOverride>,
    /// Opening a closed opportunity again clears it and `close_note`.
    pub close_reason: MaybeUndefined<CloseReason>,
    pub close_note: MaybeUndefined<Note<2_000>>,
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

impl View for OpportunityView {
    fn id(&self) -> Uuid {
        self.stamp.id
    }

    fn version(&self) -> i64 {
        self.stamp.version
    }
}

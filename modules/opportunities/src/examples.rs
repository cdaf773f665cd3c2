//! The bodies that the document shows.

use base::value::{Change, CurrencyCode, Money, Text};
use chrono::NaiveDate;
use poem_openapi::types::{Example, MaybeUndefined};

use crate::{
    closing::CloseReason,
    stage::Stage,
    view::{LeadSource, NewOpportunity, OpportunityChange, OpportunityType},
};

impl Example for NewOpportunity {
    fn example() -> Self {
        Self {
            name: Text::parse("Fleet of 12 electric vans").expect("a name"),
            account_id: None,
            contacts: vec![],
            stage: Stage::Proposal,
            pipeline_stage_id: None,
            probability: Some(60),
            opportunity_type: Some(OpportunityType::NewBusiness),
            currency: CurrencyCode::parse("EUR").ok(),
            amount: Money::parse("48000.00").ok(),
            closed_on: NaiveDate::from_ymd_opt(2027, 3, 31),
            closed_by: None,
            lead_source: Some(LeadSource::Website),
            description: None,
            forecast_override: None,
            close_reason: None,
            close_note: None,
            is_active: true,
            assigned_to: vec![],
            teams: vec![],
            tags: vec![],
        }
    }
}

impl Example for OpportunityChange {
    fn example() -> Self {
        Self {
            name: Change::Keep,
            account_id: MaybeUndefined::Undefined,
            contacts: Change::Keep,
            stage: Change::To(Stage::ClosedWon),
            pipeline_stage_id: Change::Keep,
            probability: Change::Keep,
            opportunity_type: MaybeUndefined::Undefined,
            currency: CurrencyCode::parse("EUR").map_or(MaybeUndefined::Undefined, MaybeUndefined::Value),
            amount: Money::parse("45500.00").map_or(MaybeUndefined::Undefined, MaybeUndefined::Value),
            closed_on: NaiveDate::from_ymd_opt(2027, 2, 15).map_or(MaybeUndefined::Undefined, MaybeUndefined::Value),
            closed_by: MaybeUndefined::Undefined,
            lead_source: MaybeUndefined::Undefined,
            description: MaybeUndefined::Undefined,
            forecast_override: MaybeUndefined::Undefined,
            close_reason: MaybeUndefined::Value(CloseReason::Product),
            close_note: MaybeUndefined::Undefined,
            is_active: Change::Keep,
            assigned_to: Change::Keep,
            teams: Change::Keep,
            tags: Change::Keep,
        }
    }
}

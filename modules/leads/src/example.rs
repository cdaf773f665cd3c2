use accounts::{Address, Rating};
use base::value::{Change, CurrencyCode, Email, Industry, Money, Phone, Text, WebUrl};
use chrono::NaiveDate;
use contacts::Salutation;
use opportunities::LeadSource;
use poem_openapi::types::{Example, MaybeUndefined};

use crate::{
    status::LeadStatus,
    view::{LeadChange, NewLead},
};

impl Example for NewLead {
    fn example() -> Self {
        Self {
            title: Text::parse("Espresso bar, 3 sites").expect("a title"),
            salutation: Some(Salutation::Ms),
            first_name: Text::parse("Nadia").ok(),
            last_name: Text::parse("Okafor").ok(),
            email: Email::parse("nadia@bluekettle.example").ok(),
            phone: Phone::parse("+44 113 496 0000").ok(),
            job_title: Text::parse("Owner").ok(),
            company_name: Text::parse("Blue Kettle Ltd").ok(),
            website: WebUrl::parse("https://bluekettle.example/").ok(),
            linkedin_url: None,
            status: Some(LeadStatus::Assigned),
            pipeline_stage_id: None,
            source: Some(LeadSource::Email),
            industry: Some(Industry::FoodAndBeverage),
            rating: Some(Rating::Hot),
            opportunity_amount: Money::parse("18000.00").ok(),
            currency: CurrencyCode::parse("GBP").ok(),
            probability: Some(40),
            close_date: NaiveDate::from_ymd_opt(2027, 3, 31),
            address: Some(Address::example()),
            last_contacted: None,
            next_follow_up: NaiveDate::from_ymd_opt(2027, 1, 11),
            description: None,
            is_active: true,
            contacts: vec![],
            assigned_to: vec![],
            teams: vec![],
            tags: vec![],
        }
    }
}

impl Example for LeadChange {
    fn example() -> Self {
        Self {
            title: Change::Keep,
            salutation: MaybeUndefined::Undefined,
            first_name: MaybeUndefined::Undefined,
            last_name: MaybeUndefined::Undefined,
            email: MaybeUndefined::Undefined,
            phone: MaybeUndefined::Null,
            job_title: MaybeUndefined::Undefined,
            company_name: MaybeUndefined::Undefined,
            website: MaybeUndefined::Undefined,
            linkedin_url: MaybeUndefined::Undefined,
            status: Change::To(LeadStatus::InProcess),
            pipeline_stage_id: Change::Keep,
            source: MaybeUndefined::Undefined,
            industry: MaybeUndefined::Undefined,
            rating: MaybeUndefined::Value(Rating::Warm),
            opportunity_amount: MaybeUndefined::Undefined,
            currency: MaybeUndefined::Undefined,
            probability: MaybeUndefined::Undefined,
            close_date: MaybeUndefined::Undefined,
            address: MaybeUndefined::Undefined,
            last_contacted: MaybeUndefined::Undefined,
            next_follow_up: MaybeUndefined::Undefined,
            description: MaybeUndefined::Undefined,
            is_active: Change::Keep,
            contacts: Change::Keep,
            assigned_to: Change::Keep,
            teams: Change::Keep,
            tags: Change::Keep,
        }
    }
}

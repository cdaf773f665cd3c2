//! The bodies that the document shows.

use base::value::{Change, CurrencyCode, Money, Text};
use chrono::NaiveDate;
use poem_openapi::types::{Example, MaybeUndefined};

use super::{
    period::GoalPeriod,
    view::{GoalChange, GoalMetric, NewGoal},
};

impl Example for NewGoal {
    fn example() -> Self {
        Self {
            name: Text::parse("Revenue in the fourth quarter").expect("a name"),
            metric: GoalMetric::Revenue,
            period: GoalPeriod::Quarterly,
            starts_on: NaiveDate::from_ymd_opt(2026, 10, 1).expect("a day"),
            ends_on: None,
            member_id: None,
            team_id: None,
            target_amount: Money::parse("250000.00").ok(),
            currency: CurrencyCode::parse("EUR").ok(),
            target_count: None,
        }
    }
}

impl Example for GoalChange {
    fn example() -> Self {
        Self {
            name: Text::parse("Revenue before Christmas").map_or(Change::Keep, Change::To),
            ends_on: MaybeUndefined::Undefined,
            ..Self::default()
        }
    }
}

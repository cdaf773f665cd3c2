use base::{
    Ref, Stamp, View,
    value::{Change, CurrencyCode, Money, MoneyTotal, Share, Text},
};
use chrono::NaiveDate;
use poem_openapi::{Enum, Object, types::MaybeUndefined};
use sea_orm::entity::prelude::*;
use serde::Serialize;

use super::{period::GoalPeriod, status::GoalStatus};

/// What is counted of the opportunities won in a goal's time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Enum, EnumIter, DeriveActiveEnum)]
#[serde(rename_all = "snake_case")]
#[oai(rename_all = "snake_case")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))", rename_all = "snake_case")]
pub enum GoalMetric {
    /// Their amounts, of those in the goal's currency.
    #[default]
    Revenue,
    /// How many they are.
    Deals,
}

/// An amount in a currency.
#[derive(Clone, Debug, PartialEq, Eq, Object)]
pub struct AmountOf {
    pub currency: String,
    pub amount: MoneyTotal,
}

/// How far a goal is: opportunities that were won in its time and that you may see.
#[derive(Clone, Debug, Object)]
pub struct GoalProgress {
    /// Of a goal of revenue, in its currency.
    pub amount: Option<MoneyTotal>,
    /// How many opportunities.
    pub count: u64,
    /// What was won in other currencies: it is not counted, and not added up either.
    pub other_currencies: Vec<AmountOf>,
    /// Of the target, cut after two places.
    pub percent: Share,
    /// Of the time, by days that have passed; today has not.
    pub elapsed_percent: Share,
    pub status: GoalStatus,
}

/// A goal.
#[derive(Clone, Debug, Object)]
pub struct GoalView {
    #[oai(flatten)]
    pub stamp: Stamp,
    pub name: String,
    pub metric: GoalMetric,
    pub period: GoalPeriod,
    pub starts_on: NaiveDate,
    /// The last day that counts.
    pub ends_on: NaiveDate,
    /// Whose it is; without either, the whole organisation's.
    pub member: Option<Ref>,
    pub team: Option<Ref>,
    pub target_amount: Option<Money>,
    pub currency: Option<String>,
    pub target_count: Option<i32>,
    pub progress: GoalProgress,
}

/// A goal to set, or to put in the place of one.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct NewGoal {
    pub name: Text<255>,
    pub metric: GoalMetric,
    pub period: GoalPeriod,
    /// A month, quarter or year begins with this day, whichever it is.
    pub starts_on: NaiveDate,
    /// Of a `custom` one, and only of that: the last day that counts.
    pub ends_on: Option<NaiveDate>,
    /// Whose it is: the user id of a member, whose it counts what is assigned to.
    pub member_id: Option<Uuid>,
    /// Or a team: it counts what is assigned to the team or to somebody who is in it now. Without either, the goal is the
    /// whole organisation's.
    pub team_id: Option<Uuid>,
    /// Of revenue, with its `currency`; more than 0.
    pub target_amount: Option<Money>,
    pub currency: Option<CurrencyCode>,
    /// Of deals.
    #[oai(validator(minimum(value = "1"), maximum(value = "1000000")))]
    pub target_count: Option<i32>,
}

/// What to change of a goal.
#[derive(Clone, Debug, Default, Object)]
#[oai(deny_unknown_fields, example)]
pub struct GoalChange {
    pub name: Change<Text<255>>,
    pub metric: Change<GoalMetric>,
    pub period: Change<GoalPeriod>,
    pub starts_on: Change<NaiveDate>,
    pub ends_on: MaybeUndefined<NaiveDate>,
    /// Clears `team_id`.
    pub member_id: MaybeUndefined<Uuid>,
    /// Clears `member_id`.
    pub team_id: MaybeUndefined<Uuid>,
    pub target_amount: MaybeUndefined<Money>,
    pub currency: MaybeUndefined<CurrencyCode>,
    #[oai(validator(minimum(value = "1"), maximum(value = "1000000")))]
    pub target_count: MaybeUndefined<i32>,
}

impl View for GoalView {
    fn id(&self) -> Uuid {
        self.stamp.id
    }

    fn version(&self) -> i64 {
        self.stamp.version
    }
}

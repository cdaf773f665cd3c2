use base::record;
use chrono::NaiveDate;
use rust_decimal::Decimal;
use sea_orm::entity::prelude::*;
use serde::Serialize;

use super::{period::GoalPeriod, view::GoalMetric};

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "goal")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub org_id: Uuid,
    pub created_at: DateTimeUtc,
    pub created_by: Option<Uuid>,
    pub updated_at: DateTimeUtc,
    pub updated_by: Option<Uuid>,
    pub version: i64,
    pub deleted_at: Option<DateTimeUtc>,

    pub name: String,
    pub metric: GoalMetric,
    pub period: GoalPeriod,
    /// Both days are in it.
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    /// Whose it is: one of these two at most, and the organisation's without.
    pub member_user_id: Option<Uuid>,
    pub team_id: Option<Uuid>,
    /// Of revenue, in `currency`.
    #[serde(serialize_with = "base::value::two_places")]
    pub target_amount: Option<Decimal>,
    pub currency: Option<String>,
    /// Of deals.
    pub target_count: Option<i32>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

record!("goal");

impl Model {
    /// What is to be reached, of either metric.
    pub fn target(&self) -> Decimal {
        match self.metric {
            GoalMetric::Revenue => self.target_amount.unwrap_or_default(),
            GoalMetric::Deals => self.target_count.unwrap_or_default().into(),
        }
    }
}

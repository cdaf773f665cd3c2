use chrono::NaiveDate;
use poem_openapi::Enum;
use rust_decimal::Decimal;

use super::row::Model;

/// How a goal stands: reached or not, held against the share of its time that has passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename_all = "snake_case")]
pub enum GoalStatus {
    /// At least that share of the target is reached.
    OnTrack,
    /// At least three quarters of that share.
    AtRisk,
    /// Less than that, or the time is over.
    Behind,
    /// The target is reached.
    Done,
}

/// Days that have passed before `today`, and all days.
pub fn elapsed(goal: &Model, today: NaiveDate) -> (i64, i64) {
    let all = (goal.ends_on - goal.starts_on).num_days() + 1;
    ((today - goal.starts_on).num_days().clamp(0, all), all)
}

impl GoalStatus {
    pub fn of(goal: &Model, achieved: Decimal, today: NaiveDate) -> Self {
        let target = goal.target();
        if achieved >= target {
            return Self::Done;
        }
        let (passed, all) = elapsed(goal, today);
        // Shares as products, so that nothing is rounded: achieved / target against passed / all.
        let (reached, due) = (achieved * Decimal::from(all), target * Decimal::from(passed));
        match () {
            () if passed == all => Self::Behind,
            () if reached >= due => Self::OnTrack,
            () if reached * Decimal::from(4) >= due * Decimal::from(3) => Self::AtRisk,
            () => Self::Behind,
        }
    }
}

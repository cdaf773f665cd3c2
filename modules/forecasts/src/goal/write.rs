//! Bodies put onto rows, with what could not be put there.

use base::{
    Faults,
    value::{patch, patch_required},
};
use chrono::NaiveDate;
use poem_openapi::types::MaybeUndefined;

use super::{
    period::GoalPeriod,
    row::Model,
    view::{GoalChange, NewGoal},
};

impl NewGoal {
    pub fn write(self, row: &mut Model) -> Faults {
        row.name = self.name.into();
        row.metric = self.metric;
        row.period = self.period;
        row.starts_on = self.starts_on;
        row.member_user_id = self.member_id;
        row.team_id = self.team_id;
        row.target_amount = self.target_amount.map(Into::into);
        row.currency = self.currency.map(Into::into);
        row.target_count = self.target_count;
        row.end(self.ends_on)
    }
}

impl GoalChange {
    pub fn write(self, row: &mut Model) -> Faults {
        let was_custom = row.period == GoalPeriod::Custom;
        patch_required(&mut row.name, self.name);
        patch_required(&mut row.metric, self.metric);
        patch_required(&mut row.period, self.period);
        patch_required(&mut row.starts_on, self.starts_on);
        if self.member_id.is_value() {
            row.team_id = None;
        } else if self.team_id.is_value() {
            row.member_user_id = None;
        }
        patch(&mut row.member_user_id, self.member_id);
        patch(&mut row.team_id, self.team_id);
        patch(&mut row.target_amount, self.target_amount);
        patch(&mut row.currency, self.currency);
        patch(&mut row.target_count, self.target_count);
        let ends_on = match self.ends_on {
            MaybeUndefined::Undefined => Some(row.ends_on).filter(|_| was_custom && row.period == GoalPeriod::Custom),
            MaybeUndefined::Null => None,
            MaybeUndefined::Value(day) => Some(day),
        };
        row.end(ends_on)
    }
}

impl Model {
    /// A month, quarter or year ends by itself.
    fn end(&mut self, said: Option<NaiveDate>) -> Faults {
        let mut faults = Faults::new();
        let reckoned = self.period.last_day(self.starts_on);
        match (self.period, said.or(reckoned)) {
            (GoalPeriod::Custom, None) => {
                faults.add("/ends_on", "required", "A custom period needs its last day.");
            }
            (_, None) => {
                faults.add("/starts_on", "out_of_range", "The calendar ends before that.");
            }
            (GoalPeriod::Custom, Some(day)) if day < self.starts_on => {
                faults.add("/ends_on", "ends_before_start", "The last day is before the first.");
            }
            (GoalPeriod::Custom, Some(day)) => self.ends_on = day,
            (_, Some(day)) if Some(day) != reckoned => {
                faults.add("/ends_on", "not_custom", "A month, quarter or year ends by itself; another end is custom.");
            }
            (_, Some(day)) => self.ends_on = day,
        }
        faults
    }
}

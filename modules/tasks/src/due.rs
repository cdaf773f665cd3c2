//! When a task is due: on a day, or at a moment.

use base::zone::first_moment;
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;

use crate::task::Model;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// All of that day, wherever one is.
    On(NaiveDate),
    At(DateTime<Utc>),
}

impl Due {
    /// Behind everything that has a date.
    pub const NEVER: DateTime<Utc> = match DateTime::from_timestamp(253_402_214_400, 0) {
        Some(end) => end,
        None => DateTime::UNIX_EPOCH,
    };

    pub fn of(task: &Model) -> Option<Self> {
        task.due_at.map(Self::At).or(task.due_on.map(Self::On))
    }

    /// The moment, or the day's beginning in UTC.
    pub fn moment(self) -> DateTime<Utc> {
        match self {
            Self::On(day) => day.and_time(NaiveTime::MIN).and_utc(),
            Self::At(moment) => moment,
        }
    }

    /// When it begins to be due for somebody in `zone`: reminders count back from there.
    pub fn begins_in(self, zone: Tz) -> DateTime<Utc> {
        match self {
            Self::On(day) => first_moment(day, zone),
            Self::At(moment) => moment,
        }
    }
}

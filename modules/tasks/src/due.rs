//! When a task is due: on a day, or at a moment.

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

/// The first moment of a day. Where clocks go forward at midnight that is one o'clock.
pub fn first_moment(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    let midnight = day.and_time(NaiveTime::MIN);
    let mut halves = (0..=48).map(|half| midnight + chrono::Duration::minutes(30 * half));
    let first = halves.find_map(|local| local.and_local_timezone(zone).earliest());
    first.map_or_else(|| midnight.and_utc(), |moment| moment.with_timezone(&Utc))
}

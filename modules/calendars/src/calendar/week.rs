//! A week of work, as it is written down.

use base::Faults;
use chrono::NaiveDate;
use poem_openapi::{Enum, Object};
use serde::{Deserialize, Serialize};

use crate::hours::Period;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Enum)]
#[serde(rename_all = "snake_case")]
#[oai(rename = "BusinessWeekday", rename_all = "snake_case")]
pub enum Weekday {
    #[default]
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

impl From<Weekday> for chrono::Weekday {
    fn from(weekday: Weekday) -> Self {
        match weekday {
            Weekday::Monday => Self::Mon,
            Weekday::Tuesday => Self::Tue,
            Weekday::Wednesday => Self::Wed,
            Weekday::Thursday => Self::Thu,
            Weekday::Friday => Self::Fri,
            Weekday::Saturday => Self::Sat,
            Weekday::Sunday => Self::Sun,
        }
    }
}

/// A part of a day in which work is done. A night shift is two: one up to 24:00, and one of the next day from 00:00.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Object)]
#[oai(deny_unknown_fields)]
pub struct BusinessPeriod {
    pub weekday: Weekday,
    /// By the clock on the wall: `09:00`.
    #[oai(validator(pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$", max_length = 5))]
    pub opens: String,
    /// Later than it opens; `24:00` is the end of the day. The first moment at which no work is done any more.
    #[oai(validator(pattern = "^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$", max_length = 5))]
    pub closes: String,
}

/// A date on which no work is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Object)]
pub struct Holiday {
    pub date: NaiveDate,
    pub name: String,
}

impl BusinessPeriod {
    /// `None` when the times are not the document's.
    pub fn minutes(&self) -> Option<Period> {
        Some(Period { opens: minute(&self.opens)?, closes: minute(&self.closes)? })
    }
}

fn minute(time: &str) -> Option<u16> {
    let (hours, minutes) = time.split_once(':')?;
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours <= 24 && minutes < 60).then_some(hours * 60 + minutes)
}

/// Each opens before it closes, and no two of a day overlap.
pub fn check(week: &[BusinessPeriod], faults: &mut Faults) {
    let mut kept: Vec<(Weekday, Period)> = Vec::new();
    for (place, period) in week.iter().enumerate() {
        let Some(minutes) = period.minutes().filter(|minutes| minutes.opens < minutes.closes) else {
            let detail = "A period closes after it opens; one that goes past midnight is two.";
            faults.add(format!("/business_hours/{place}/closes"), "not_after", detail);
            continue;
        };
        let overlaps = |(weekday, other): &(Weekday, Period)| {
            *weekday == period.weekday && other.opens < minutes.closes && minutes.opens < other.closes
        };
        if kept.iter().any(overlaps) {
            faults.add(format!("/business_hours/{place}"), "overlapping", "Another period of this day covers it.");
        }
        kept.push((period.weekday, minutes));
    }
}

//! The time that a report is about.

use base::{Error, Result, Tx, zone::first_moment};
use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Utc};
use chrono_tz::Tz;

use super::period::{GroupBy, Period, periods};

/// As it was asked, nothing filled in.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub group_by: Option<GroupBy>,
}

/// The same, period by period.
#[derive(Clone, Debug)]
pub struct Ask {
    /// The organisation's: by its clocks days begin.
    pub zone: Tz,
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// In order, at least one.
    pub periods: Vec<Period>,
}

/// The most periods: a year has fewer days.
const MOST: usize = 400;

impl Asked {
    /// The twelve months up to today, where nothing else is said.
    ///
    /// # Errors
    /// 400 `invalid_span` for an end before the beginning, or years that are not from 1970 to 2199; `too_many_groups`.
    pub async fn on(self, tx: &Tx) -> Result<Ask> {
        let zone = tx.org_time_zone().await?;
        self.at(tx.now().with_timezone(&zone).date_naive(), zone)
    }

    pub(super) fn at(self, today: NaiveDate, zone: Tz) -> Result<Ask> {
        let to = self.to.unwrap_or_else(|| self.from.map_or(today, |from| from.max(today)));
        let wrong = || Error::bad_request("invalid_span", "`to` is on or after `from`, from 1970 to 2199.");
        let known = |day: &NaiveDate| (1970..=2199).contains(&day.year());
        let to = Some(to).filter(known).ok_or_else(wrong)?;
        let a_year_before = || to.with_day(1).and_then(|first| first.checked_sub_months(Months::new(11)));
        let from = self.from.or_else(a_year_before).filter(known).filter(|from| *from <= to).ok_or_else(wrong)?;
        let periods = match self.group_by {
            None => Some(vec![Period::whole(from, to)]),
            Some(group_by) => periods(from, to, group_by, MOST),
        };
        let too_many = || Error::bad_request("too_many_groups", "`group_by` makes more than 400 periods of this time.");
        Ok(Ask { zone, from, to, periods: periods.ok_or_else(too_many)? })
    }
}

impl Ask {
    pub fn start(&self) -> DateTime<Utc> {
        first_moment(self.from, self.zone)
    }

    /// The first moment after.
    pub fn end(&self) -> DateTime<Utc> {
        first_moment(self.to + Days::new(1), self.zone)
    }

    /// The first days of all periods but the first.
    pub fn later_days(&self) -> Vec<NaiveDate> {
        self.periods.iter().skip(1).map(|period| period.from).collect()
    }

    /// The same as moments.
    pub fn later_moments(&self) -> Vec<DateTime<Utc>> {
        self.later_days().into_iter().map(|day| first_moment(day, self.zone)).collect()
    }
}

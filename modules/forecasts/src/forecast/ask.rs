//! What a forecast is asked for.

use base::{Error, Result, value::CurrencyCode};
use chrono::{Datelike, NaiveDate};
use poem_openapi::Enum;
use uuid::Uuid;

use super::period::{Period, Span};

/// How long the periods are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Enum)]
#[oai(rename_all = "snake_case", rename = "ForecastGroupBy")]
pub enum GroupBy {
    #[default]
    Month,
    Quarter,
}

/// Of whom each line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename_all = "snake_case", rename = "ForecastBy")]
pub enum By {
    Owner,
    Team,
}

/// As it was asked, nothing filled in.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub group_by: GroupBy,
    pub by: Option<By>,
    pub owner: Option<Uuid>,
    pub team: Option<Uuid>,
    pub into: Option<CurrencyCode>,
    pub rates_on: Option<NaiveDate>,
}

/// The same with a beginning and an end.
#[derive(Clone, Debug)]
pub struct Ask {
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub today: NaiveDate,
    pub asked: Asked,
}

/// The most days of one forecast: five years.
const LONGEST: i64 = 5 * 366;

impl Asked {
    /// From the beginning of this quarter to its end, where nothing else is said.
    ///
    /// # Errors
    /// 400 for an end before the beginning, more than five years, or years that are not from 1900 to 9999.
    pub fn on(self, today: NaiveDate) -> Result<Ask> {
        let wrong = |detail: &str| Err(Error::bad_request("invalid_parameter", detail));
        let (from, to) = match (self.from, self.to) {
            (None, None) => {
                let quarter = Span::around(today, GroupBy::Quarter);
                (quarter.first, quarter.last)
            }
            (Some(from), None) => (from, Span::around(from, GroupBy::Quarter).last),
            (None, Some(to)) => (Span::around(to, GroupBy::Quarter).first, to),
            (Some(from), Some(to)) => (from, to),
        };
        if [from, to].iter().any(|day| !(1900..=9999).contains(&day.year())) {
            return wrong("`from` and `to` are days of the years 1900 to 9999.");
        }
        if to < from {
            return wrong("`to` is before `from`.");
        }
        if (to - from).num_days() >= LONGEST {
            return wrong("`from` and `to` are more than five years apart.");
        }
        Ok(Ask { from, to, today, asked: self })
    }
}

impl Ask {
    /// The period in which a day is, as far as it is asked for.
    pub fn period(&self, day: NaiveDate) -> Period {
        Span::around(day, self.asked.group_by).cut(self.from, self.to)
    }
}

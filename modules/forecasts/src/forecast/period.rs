use chrono::{Datelike, Months, NaiveDate};
use poem_openapi::Object;

use super::ask::GroupBy;

/// A month or a quarter, as far as it was asked for.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Object)]
#[oai(rename = "ForecastPeriod")]
pub struct Period {
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// `2026-11` or `2026-Q4`.
    pub name: String,
}

/// A whole month or quarter of the calendar.
#[derive(Clone, Debug)]
pub struct Span {
    pub first: NaiveDate,
    pub last: NaiveDate,
    name: String,
}

impl Span {
    pub fn around(day: NaiveDate, group_by: GroupBy) -> Self {
        let (month, months, name) = match group_by {
            GroupBy::Month => (day.month(), 1, format!("{:04}-{:02}", day.year(), day.month())),
            GroupBy::Quarter => {
                let quarter = day.month0() / 3;
                (quarter * 3 + 1, 3, format!("{:04}-Q{}", day.year(), quarter + 1))
            }
        };
        let first = NaiveDate::from_ymd_opt(day.year(), month, 1).unwrap_or(day);
        let last = first.checked_add_months(Months::new(months)).and_then(|next| next.pred_opt());
        Self { first, last: last.unwrap_or(NaiveDate::MAX), name }
    }

    pub fn cut(self, from: NaiveDate, to: NaiveDate) -> Period {
        Period { from: self.first.max(from), to: self.last.min(to), name: self.name }
    }
}

use chrono::{Datelike, Days, Months, NaiveDate};
use poem_openapi::Enum;

/// How long the periods are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename_all = "snake_case", rename = "ReportGroupBy")]
pub enum GroupBy {
    Day,
    /// From Monday to Sunday (ISO 8601).
    Week,
    Month,
    Quarter,
    Year,
}

/// A period of the calendar, as far as it was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Period {
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// `2026-11-05`, `2026-W45`, `2026-11`, `2026-Q4` or `2026`; an interval of ISO 8601 where no periods were asked for.
    pub name: String,
}

impl Period {
    pub fn whole(from: NaiveDate, to: NaiveDate) -> Self {
        Self { from, to, name: format!("{from}/{to}") }
    }

    /// All of the one in which a day is.
    fn around(day: NaiveDate, group_by: GroupBy) -> Self {
        let year = day.year();
        let months = |month: u32, months: u32, name: String| {
            let from = NaiveDate::from_ymd_opt(year, month, 1).unwrap_or(day);
            let next = from.checked_add_months(Months::new(months));
            Self { from, to: next.and_then(|next| next.pred_opt()).unwrap_or(NaiveDate::MAX), name }
        };
        match group_by {
            GroupBy::Day => Self { from: day, to: day, name: day.to_string() },
            GroupBy::Week => {
                let (from, week) = (day - Days::new(day.weekday().num_days_from_monday().into()), day.iso_week());
                Self { from, to: from + Days::new(6), name: format!("{:04}-W{:02}", week.year(), week.week()) }
            }
            GroupBy::Month => months(day.month(), 1, format!("{year:04}-{:02}", day.month())),
            GroupBy::Quarter => {
                let quarter = day.month0() / 3;
                months(quarter * 3 + 1, 3, format!("{year:04}-Q{}", quarter + 1))
            }
            GroupBy::Year => months(1, 12, format!("{year:04}")),
        }
    }
}

/// The periods from one day to another, at most `most`; `None` when there are more.
pub fn periods(from: NaiveDate, to: NaiveDate, group_by: GroupBy, most: usize) -> Option<Vec<Period>> {
    let mut periods = Vec::new();
    let mut day = from;
    while day <= to {
        if periods.len() == most {
            return None;
        }
        let Period { from: first, to: last, name } = Period::around(day, group_by);
        periods.push(Period { from: first.max(from), to: last.min(to), name });
        day = last.succ_opt()?;
    }
    Some(periods)
}

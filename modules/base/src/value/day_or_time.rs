use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use poem_openapi::registry::MetaSchema;

use super::{Refused, text_type::text_type};

const PATTERN: &str = r"^(19[7-9][0-9]|2[01][0-9][0-9])-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2})?)?$";

const REFUSED: Refused = Refused::new(
    "invalid_day_or_time",
    "Not a day (2030-12-31) or a time of a day (2030-12-31T09:00:00) of the years 1970 to 2199.",
);

/// A day, or a time that the clocks of some place show, as ISO 8601 writes them: `2030-12-31`, `2030-12-31T09:00:00`. What place
/// that is stands beside it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DayOrTime(String);

impl DayOrTime {
    /// # Errors
    /// `invalid_day_or_time`.
    pub fn parse(typed: &str) -> Result<Self, Refused> {
        let years = typed.get(..4).and_then(|year| year.parse::<u16>().ok());
        years.filter(|year| (1970..=2199).contains(year)).ok_or(REFUSED)?;
        match typed.len() {
            10 => typed.parse().map(Self::day).map_err(|_| REFUSED),
            16 => NaiveDateTime::parse_from_str(typed, "%Y-%m-%dT%H:%M").map(Self::time).map_err(|_| REFUSED),
            19 if !typed.ends_with("60") => {
                NaiveDateTime::parse_from_str(typed, "%Y-%m-%dT%H:%M:%S").map(Self::time).map_err(|_| REFUSED)
            }
            _ => Err(REFUSED),
        }
    }

    #[must_use]
    pub fn day(day: NaiveDate) -> Self {
        Self(day.format("%Y-%m-%d").to_string())
    }

    #[must_use]
    pub fn time(time: NaiveDateTime) -> Self {
        Self(time.format("%Y-%m-%dT%H:%M:%S").to_string())
    }

    /// Whether it is a day as a whole.
    #[must_use]
    pub fn is_day(&self) -> bool {
        self.0.len() == 10
    }

    /// The time, or the day's beginning.
    #[must_use]
    pub fn local(&self) -> NaiveDateTime {
        if self.is_day() {
            return self.0.parse::<NaiveDate>().unwrap_or_default().and_time(NaiveTime::MIN);
        }
        self.0.parse().unwrap_or_default()
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    #[must_use]
    pub fn into_inner(self) -> String {
        self.0
    }

    fn schema() -> MetaSchema {
        MetaSchema {
            pattern: Some(PATTERN.into()),
            max_length: Some(19),
            example: Some("2030-12-31T09:00:00".into()),
            ..MetaSchema::new_with_format("string", "day-or-time")
        }
    }
}

text_type!([] DayOrTime, inline);

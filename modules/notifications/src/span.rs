//! How often gathered notifications are sent.

use base::zone::moment;
use chrono::{DateTime, Days, DurationRound, NaiveTime, TimeDelta, Utc, Weekday};
use chrono_tz::Tz;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, EnumIter, DeriveActiveEnum)]
#[serde(rename_all = "snake_case")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))", rename_all = "snake_case")]
pub enum Span {
    Hourly,
    Daily,
    Weekly,
}

/// When the daily and the weekly mail go out, by the member's clock.
const MORNING: NaiveTime = NaiveTime::from_hms_opt(7, 0, 0).expect("a time");

impl Span {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hourly => "hourly",
            Self::Daily => "daily",
            Self::Weekly => "weekly",
        }
    }

    /// The end of the last whole span: what was told before it is due now. On the hour; at seven in the morning where the
    /// member is; on Mondays at that time.
    pub fn ended(self, now: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
        let today = now.with_timezone(&zone).date_naive();
        let (first, step) = match self {
            Self::Hourly => return now.duration_trunc(TimeDelta::hours(1)).unwrap_or(now),
            Self::Daily => (today, 1),
            Self::Weekly => (today.week(Weekday::Mon).first_day(), 7),
        };
        let morning = moment(first.and_time(MORNING), zone);
        if morning <= now { morning } else { moment((first - Days::new(step)).and_time(MORNING), zone) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().expect("a time")
    }

    #[test]
    fn a_span_ends_by_the_members_clock() {
        let berlin: Tz = "Europe/Berlin".parse().expect("a zone");
        let now = at("2026-11-05T12:34:56Z");
        assert_eq!(Span::Hourly.ended(now, berlin), at("2026-11-05T12:00:00Z"));
        assert_eq!(Span::Daily.ended(now, berlin), at("2026-11-05T06:00:00Z"));
        assert_eq!(Span::Daily.ended(at("2026-11-05T05:59:59Z"), berlin), at("2026-11-04T06:00:00Z"));
        assert_eq!(Span::Weekly.ended(now, berlin), at("2026-11-02T06:00:00Z"));
        assert_eq!(Span::Weekly.ended(at("2026-11-02T05:00:00Z"), berlin), at("2026-10-26T06:00:00Z"));
        // Clocks went back in Berlin on 25 October 2026, a Sunday.
        assert_eq!(Span::Daily.ended(at("2026-10-24T05:30:00Z"), berlin), at("2026-10-24T05:00:00Z"));
        assert_eq!(Span::Daily.ended(at("2026-10-25T06:30:00Z"), berlin), at("2026-10-25T06:00:00Z"));
    }
}

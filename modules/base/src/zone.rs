//! What clocks show, as moments.

use chrono::{DateTime, Duration, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeZone, Utc};
use chrono_tz::Tz;

/// When clocks in `zone` show `local`, as RFC 5545 (3.3.5) reads it: a time that comes twice is the first of them, and one that
/// clocks jump over is meant by the offset from before they jump.
#[must_use]
pub fn moment(local: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    match zone.from_local_datetime(&local) {
        LocalResult::Single(moment) | LocalResult::Ambiguous(moment, _) => moment.to_utc(),
        LocalResult::None => {
            // No clock has ever jumped over a whole day within the day before it.
            let before = zone.offset_from_utc_datetime(&(local - Duration::days(1)));
            let offset = Duration::seconds(before.fix().local_minus_utc().into());
            (local - offset).and_utc()
        }
    }
}

/// When a day begins. Where clocks go forward at midnight that is one o'clock.
#[must_use]
pub fn first_moment(day: NaiveDate, zone: Tz) -> DateTime<Utc> {
    moment(day.and_time(NaiveTime::MIN), zone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_when_its_clocks_have_begun() {
        let first = |day: &str, zone: Tz| first_moment(day.parse().expect("a day"), zone).to_rfc3339();
        assert_eq!(first("2026-11-21", Tz::Europe__Berlin), "2026-11-20T23:00:00+00:00");
        // Beirut's clocks went forward at midnight.
        assert_eq!(first("2026-03-29", Tz::Asia__Beirut), "2026-03-28T22:00:00+00:00");
        // Samoa went over the date line, and had no such day.
        assert_eq!(first("2011-12-30", Tz::Pacific__Apia), first("2011-12-31", Tz::Pacific__Apia));
    }

    #[test]
    fn a_time_that_comes_twice_is_the_first_of_them() {
        let local = "2026-10-25T02:30:00".parse().expect("a time");
        assert_eq!(moment(local, Tz::Europe__Berlin).to_rfc3339(), "2026-10-25T00:30:00+00:00");
    }
}

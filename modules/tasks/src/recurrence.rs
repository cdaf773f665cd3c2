//! Tasks that come again.

use base::zone::moment;
use chrono::{DateTime, Duration, NaiveTime, Utc};
use chrono_tz::Tz;
use recurrence::Rule;

use crate::due::Due;

/// When the series that began with `first` is due next, after `due` and not before `now`; `None` when it has ended.
///
/// What was missed is not made up for: whoever completes last week's task late has the coming one next.
pub fn next(rule: &Rule, first: DateTime<Utc>, due: Due, zone: Tz, now: DateTime<Utc>) -> Option<Due> {
    let (zone, not_before) = match due {
        Due::On(_) => (Tz::UTC, now.date_naive().and_time(NaiveTime::MIN).and_utc()),
        Due::At(_) => (zone, now),
    };
    let after = (due.moment() + Duration::seconds(1)).max(not_before);
    let local = |moment: DateTime<Utc>| moment.with_timezone(&zone).naive_local();
    // A day early, for clocks that are put back show the same time twice.
    let mut coming = rule.series(local(first), zone).from(local(after) - Duration::days(1));
    let found = coming.find(|time| moment(*time, zone) >= after)?;
    Some(match due {
        Due::On(_) => Due::On(found.date()),
        Due::At(_) => Due::At(moment(found, zone)),
    })
}

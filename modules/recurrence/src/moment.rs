use chrono::{DateTime, LocalResult, NaiveDateTime, Offset, TimeZone, Utc};
use chrono_tz::Tz;

/// When clocks in `zone` show `local`, as RFC 5545 (3.3.5) reads it: a time that comes twice is the first of them, and one that
/// clocks jump over is meant by the offset from before they jump.
pub fn moment(local: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    match zone.from_local_datetime(&local) {
        LocalResult::Single(moment) | LocalResult::Ambiguous(moment, _) => moment.to_utc(),
        LocalResult::None => {
            // No clock has ever jumped over a whole day within the day before it.
            let before = zone.offset_from_utc_datetime(&(local - chrono::Duration::days(1)));
            let offset = chrono::Duration::seconds(before.fix().local_minus_utc().into());
            (local - offset).and_utc()
        }
    }
}

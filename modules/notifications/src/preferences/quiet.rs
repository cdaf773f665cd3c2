//! Hours in which nobody wants a mail.

use base::zone::moment;
use chrono::{DateTime, Days, NaiveTime, Utc};
use chrono_tz::Tz;

/// From one time of the day to another by the clocks of a zone, over midnight when the second is the smaller one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quiet {
    pub from: NaiveTime,
    pub to: NaiveTime,
    pub zone: Tz,
}

impl Quiet {
    /// When they end, if it is quiet now.
    pub fn ends(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let local = now.with_timezone(&self.zone);
        let (day, time) = (local.date_naive(), local.time());
        let over_midnight = self.from > self.to;
        let is_quiet =
            if over_midnight { time >= self.from || time < self.to } else { (self.from..self.to).contains(&time) };
        let last = if over_midnight && time >= self.from { day + Days::new(1) } else { day };
        // Where clocks go back, the end may show twice: it is quiet until the later one is over, and never for ever.
        is_quiet
            .then(|| moment(last.and_time(self.to), self.zone))
            .map(|end| if end > now { end } else { moment((last + Days::new(1)).and_time(self.to), self.zone) })
    }
}

/// `HH:MM`.
pub fn time(text: &str) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(text, "%H:%M").ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_end_when_they_end() {
        let quiet = |from, to, zone: &str| Quiet {
            from: time(from).expect("a time"),
            to: time(to).expect("a time"),
            zone: zone.parse().expect("a zone"),
        };
        let night = quiet("22:00", "07:30", "Europe/Berlin");
        let noon = quiet("12:00", "13:00", "America/New_York");
        for (quiet, now, end) in [
            (night, "2026-11-05T20:59:59Z", None),
            (night, "2026-11-05T21:00:00Z", Some("2026-11-06T06:30:00Z")),
            (night, "2026-11-05T23:30:00Z", Some("2026-11-06T06:30:00Z")),
            (night, "2026-11-06T06:29:59Z", Some("2026-11-06T06:30:00Z")),
            (night, "2026-11-06T06:30:00Z", None),
            // Clocks go forward on 28 March 2027: half past seven comes an hour sooner.
            (night, "2027-03-27T22:00:00Z", Some("2027-03-28T05:30:00Z")),
            (noon, "2026-11-05T16:59:59Z", None),
            (noon, "2026-11-05T17:00:00Z", Some("2026-11-05T18:00:00Z")),
            (noon, "2026-11-05T18:00:00Z", None),
            // Two o'clock to three is left out on that day: half past two is meant by winter's clock.
            (quiet("01:00", "02:30", "Europe/Berlin"), "2027-03-28T00:30:00Z", Some("2027-03-28T01:30:00Z")),
        ] {
            let end: Option<DateTime<Utc>> = end.map(|end| end.parse().expect("a time"));
            assert_eq!(quiet.ends(now.parse().expect("a time")), end, "{quiet:?} at {now}");
        }
    }
}

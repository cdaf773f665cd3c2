//! When an event takes place, by the clocks of its zone.

use base::value::DayOrTime;
use base::zone::moment;
use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;
use recurrence::{End, Rule};

use crate::event::Days;

/// When an event takes place: once, or again and again.
#[derive(Clone, Debug)]
pub struct When {
    pub start: DayOrTime,
    /// Of days, the last one.
    pub end: DayOrTime,
    pub zone: Tz,
    pub rule: Option<Rule>,
    excluded: Days,
}

/// One time at which it takes place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// The day by which it is known in its series: the one on which it starts.
    pub on: NaiveDate,
    pub start: DayOrTime,
    pub end: DayOrTime,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
}

/// Behind the end of every series.
pub const NEVER: DateTime<Utc> = match DateTime::from_timestamp(253_402_214_400, 0) {
    Some(end) => end,
    None => DateTime::UNIX_EPOCH,
};

/// Times of a series with a `COUNT`.
pub const MOST_COUNTED: usize = 2_000;

impl When {
    /// Of a row that was checked; of one that was not, anything.
    pub fn of(start: &str, end: &str, zone: &str, rule: Option<&str>, excluded: &Days) -> Self {
        let parsed = |text: &str| DayOrTime::parse(text).unwrap_or_else(|_| DayOrTime::day(NaiveDate::default()));
        Self {
            start: parsed(start),
            end: parsed(end),
            zone: zone.parse().unwrap_or(Tz::UTC),
            rule: rule.and_then(|rule| Rule::parse(rule).ok()),
            excluded: excluded.clone(),
        }
    }

    pub fn is_all_day(&self) -> bool {
        self.start.is_day()
    }

    /// Of the first, if it comes again.
    pub fn starts_at(&self) -> DateTime<Utc> {
        moment(self.start.local(), self.zone)
    }

    pub fn ends_at(&self) -> DateTime<Utc> {
        self.at(self.start.local().date()).ends_at
    }

    /// How long it takes: exactly so long each time (RFC 5545, 3.8.5.3). Of days, their number.
    fn length(&self) -> Duration {
        if self.is_all_day() {
            return self.end.local() - self.start.local();
        }
        moment(self.end.local(), self.zone) - self.starts_at()
    }

    /// The end of the last, or later.
    pub fn until(&self) -> DateTime<Utc> {
        let Some(rule) = &self.rule else { return self.ends_at() };
        let last = match rule.end() {
            End::Never => None,
            End::After(_) => {
                rule.series(self.start.local(), self.zone).last(MOST_COUNTED).map(|last| self.at(last.date()))
            }
            End::With(day) => Some(self.at(day)),
            End::At(moment) => Some(self.at(moment.with_timezone(&self.zone).date_naive())),
        };
        last.map_or(NEVER, |last| last.ends_at).min(NEVER)
    }

    /// Those that are under way at some time between the two moments, in their order.
    pub fn between(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> impl Iterator<Item = Occurrence> {
        let first = self.start.local();
        // A day more for the clocks, which may be put back in between.
        let early = (from - self.length() - Duration::days(2)).with_timezone(&self.zone).naive_local().max(first);
        let days: Box<dyn Iterator<Item = NaiveDate> + '_> = match &self.rule {
            None => Box::new(std::iter::once(first.date())),
            Some(rule) => Box::new(rule.series(first, self.zone).from(early).map(|time| time.date())),
        };
        days.map(|day| self.at(day))
            .take_while(move |one| one.starts_at < to)
            .filter(move |one| one.ends_at > from || one.starts_at >= from)
            .filter(|one| !self.excluded.0.contains(&one.on))
    }

    /// The one that its rule has on this day, whether it was left out or not.
    pub fn ruled(&self, day: NaiveDate) -> Option<Occurrence> {
        let rule = self.rule.as_ref()?;
        rule.series(self.start.local(), self.zone).at(day).map(|_| self.at(day))
    }

    pub fn is_excluded(&self, day: NaiveDate) -> bool {
        self.excluded.0.contains(&day)
    }

    /// The one of this day, if there is one.
    fn at(&self, on: NaiveDate) -> Occurrence {
        let first = self.start.local();
        let start = on.and_time(first.time());
        let starts_at = moment(start, self.zone);
        if self.is_all_day() {
            let last = start + self.length();
            let ends_at = moment((last + Duration::days(1)).date().and_time(NaiveTime::MIN), self.zone);
            let (start, end) = (DayOrTime::day(on), DayOrTime::day(last.date()));
            return Occurrence { on, start, end, starts_at, ends_at };
        }
        let ends_at = starts_at + self.length();
        let end = DayOrTime::time(ends_at.with_timezone(&self.zone).naive_local());
        Occurrence { on, start: DayOrTime::time(start), end, starts_at, ends_at }
    }
}

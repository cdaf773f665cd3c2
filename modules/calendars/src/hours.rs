//! Business hours: when somebody works, and time that runs only then.
//!
//! A moment is business time if the clock on the wall of the calendar's zone shows a time within a period of that weekday, and
//! the date there is no holiday. Everything else follows from that, changes of clocks too: an hour that is skipped is not
//! worked, and one that comes twice is worked twice.

use std::{collections::BTreeSet, iter};

use chrono::{
    DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, TimeZone, Utc, Weekday,
};
use chrono_tz::Tz;

/// A part of a day by the clock on the wall, in minutes from midnight: from `opens` up to but without `closes`, which is 1440
/// for the end of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    pub opens: u16,
    pub closes: u16,
}

/// When somebody works.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BusinessHours {
    zone: Tz,
    /// From Monday on; each day's in order, none touching the next.
    week: [Vec<Period>; 7],
    holidays: BTreeSet<NaiveDate>,
}

/// A stretch of time: from the first up to but without the second.
type Span = (DateTime<Utc>, DateTime<Utc>);

/// How far ahead a deadline is looked for.
const FARTHEST: TimeDelta = TimeDelta::days(10 * 366);

impl BusinessHours {
    /// Periods in any order; what overlaps counts once, and what is empty or beyond the day not at all.
    pub fn new(
        zone: Tz,
        periods: impl IntoIterator<Item = (Weekday, Period)>,
        holidays: impl IntoIterator<Item = NaiveDate>,
    ) -> Self {
        let mut week: [Vec<Period>; 7] = Default::default();
        for (weekday, Period { opens, closes }) in periods {
            let period = Period { opens, closes: closes.min(MINUTES_OF_A_DAY) };
            if period.opens < period.closes {
                week[day_of(weekday)].push(period);
            }
        }
        Self { zone, week: week.map(joined), holidays: holidays.into_iter().collect() }
    }

    /// Every moment.
    #[must_use]
    pub fn around_the_clock() -> Self {
        let all_day = Period { opens: 0, closes: MINUTES_OF_A_DAY };
        Self { zone: Tz::UTC, week: std::array::from_fn(|_| vec![all_day]), holidays: BTreeSet::new() }
    }

    /// The first moment by which `seconds` of business time have passed since `from`: `from` itself for none, and for a day's
    /// last second the moment it closes, not the next morning. `None` when that is more than ten years away.
    ///
    /// Takes time by the days in between.
    #[must_use]
    pub fn deadline(&self, from: DateTime<Utc>, seconds: i64) -> Option<DateTime<Utc>> {
        let mut left = TimeDelta::try_seconds(seconds)?;
        if left <= TimeDelta::zero() {
            return Some(from);
        }
        for (begins, ends) in self.open(from, from.checked_add_signed(FARTHEST)?) {
            if left <= ends - begins {
                return Some(begins + left);
            }
            left -= ends - begins;
        }
        None
    }

    /// The whole seconds of business time from `from` up to `to`; 0 when that is not later.
    ///
    /// Takes time by the days in between.
    #[must_use]
    pub fn between(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> i64 {
        self.open(from, to).fold(TimeDelta::zero(), |sum, (begins, ends)| sum + (ends - begins)).num_seconds()
    }

    /// The stretches of business time, in order.
    fn open(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> impl Iterator<Item = Span> {
        self.days(from, to).flat_map(move |(begins, ends)| {
            let offset = self.offset(begins);
            // With one offset, the wall's clock is UTC moved by it.
            let (first, last) = (begins.naive_utc() + offset, ends.naive_utc() + offset);
            let dates = iter::successors(Some(first.date()), |date| date.checked_add_days(Days::new(1)));
            dates.take_while(move |date| *date <= last.date()).flat_map(|date| self.periods(date)).filter_map(
                move |(opens, closes)| {
                    let (opens, closes) = (opens.max(first) - offset, closes.min(last) - offset);
                    (opens < closes).then(|| (opens.and_utc(), closes.and_utc()))
                },
            )
        })
    }

    /// The stretch cut into such of a day at most that have one offset from UTC each. No zone changes its clocks twice a day.
    fn days(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> impl Iterator<Item = Span> {
        let mut at = from;
        iter::from_fn(move || {
            let begins = at;
            if begins >= to {
                return None;
            }
            let day = begins.checked_add_signed(TimeDelta::days(1)).map_or(to, |end| end.min(to));
            at = self.change_within(begins, day).unwrap_or(day);
            Some((begins, at))
        })
    }

    /// When clocks change between the two, which they do on a second.
    fn change_within(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let offset = self.offset(from);
        if self.offset(to) == offset {
            return None;
        }
        let (mut before, mut after) = (from.timestamp(), to.timestamp());
        while after - before > 1 {
            let middle = before.midpoint(after);
            let is_before = DateTime::from_timestamp(middle, 0).is_some_and(|moment| self.offset(moment) == offset);
            *if is_before { &mut before } else { &mut after } = middle;
        }
        DateTime::from_timestamp(after, 0).filter(|change| *change > from)
    }

    fn offset(&self, moment: DateTime<Utc>) -> TimeDelta {
        let offset = self.zone.offset_from_utc_datetime(&moment.naive_utc()).fix();
        TimeDelta::seconds(offset.local_minus_utc().into())
    }

    /// What is open on this date, by the wall's clock.
    fn periods(&self, date: NaiveDate) -> impl Iterator<Item = (NaiveDateTime, NaiveDateTime)> {
        let worked = !self.holidays.contains(&date);
        let midnight = date.and_time(NaiveTime::MIN);
        let at = move |minute: u16| midnight + TimeDelta::minutes(minute.into());
        let periods = self.week[day_of(date.weekday())].iter().filter(move |_| worked);
        periods.map(move |period| (at(period.opens), at(period.closes)))
    }
}

const MINUTES_OF_A_DAY: u16 = 24 * 60;

fn day_of(weekday: Weekday) -> usize {
    weekday.num_days_from_monday() as usize
}

fn joined(mut periods: Vec<Period>) -> Vec<Period> {
    periods.sort_unstable();
    let mut joined: Vec<Period> = Vec::with_capacity(periods.len());
    for period in periods {
        match joined.last_mut() {
            Some(last) if period.opens <= last.closes => last.closes = last.closes.max(period.closes),
            _ => joined.push(period),
        }
    }
    joined
}

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike, NaiveDate, Offset, TimeDelta, TimeZone, Timelike, Utc, Weekday};
use chrono_tz::Tz;
use rand::{Rng, RngExt, SeedableRng, rngs::StdRng, seq::IndexedRandom};

use crate::hours::{BusinessHours, Period};

/// Both hemispheres, changes by half an hour and by two, at midnight, of a whole day, by decree, twice a year for Ramadan.
const ZONES: [&str; 26] = [
    "Europe/Berlin",
    "Europe/London",
    "Europe/Dublin",
    "Europe/Moscow",
    "America/New_York",
    "America/St_Johns",
    "America/Sao_Paulo",
    "America/Santiago",
    "America/Asuncion",
    "America/Havana",
    "America/Caracas",
    "America/Mexico_City",
    "Australia/Lord_Howe",
    "Australia/Adelaide",
    "Pacific/Auckland",
    "Pacific/Chatham",
    "Pacific/Apia",
    "Pacific/Kwajalein",
    "Africa/Casablanca",
    "Africa/Cairo",
    "Asia/Tehran",
    "Asia/Beirut",
    "Asia/Gaza",
    "Asia/Pyongyang",
    "Asia/Kathmandu",
    "Antarctica/Troll",
];

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Monday to Friday from nine to five.
fn office(zone: &str, holidays: &[&str]) -> BusinessHours {
    let week = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];
    let nine_to_five = week.map(|weekday| (weekday, Period { opens: 540, closes: 1020 }));
    BusinessHours::new(zone.parse().unwrap(), nine_to_five, holidays.iter().map(|day| date(day)))
}

const HOUR: i64 = 3600;

#[test]
fn a_deadline_waits_for_the_next_morning() {
    let office = office("Europe/Berlin", &[]);
    // A Thursday, at four in the afternoon there.
    let asked = at("2026-11-05T15:00:00Z");
    assert_eq!(office.deadline(asked, 2 * HOUR), Some(at("2026-11-06T09:00:00Z")));
    assert_eq!(office.deadline(asked, 8 * HOUR + HOUR), Some(at("2026-11-06T16:00:00Z")), "the moment it closes");
    assert_eq!(office.deadline(asked, 9 * HOUR + 1), Some(at("2026-11-09T08:00:01Z")), "over the weekend");
    assert_eq!(office.deadline(asked, 0), Some(asked));
    assert_eq!(office.between(asked, at("2026-11-09T08:00:01Z")), 9 * HOUR + 1);
    assert_eq!(office.between(asked, asked), 0);
    assert_eq!(office.between(at("2026-11-09T08:00:01Z"), asked), 0, "backwards");
}

#[test]
fn a_holiday_is_not_worked() {
    let office = office("America/New_York", &["2026-11-26", "2026-11-27"]);
    assert_eq!(office.deadline(at("2026-11-25T21:30:00Z"), HOUR), Some(at("2026-11-30T14:30:00Z")));
}

#[test]
fn what_never_comes_has_no_deadline() {
    let never = BusinessHours::new(Tz::UTC, [], []);
    assert_eq!(never.deadline(at("2026-11-05T15:00:00Z"), 1), None);
    assert_eq!(never.between(at("2026-11-05T15:00:00Z"), at("2036-11-05T15:00:00Z")), 0);
    let minute_a_week = BusinessHours::new(Tz::UTC, [(Weekday::Mon, Period { opens: 0, closes: 1 })], []);
    assert_eq!(minute_a_week.deadline(at("2026-11-05T15:00:00Z"), 365 * 24 * HOUR), None);
    assert_eq!(minute_a_week.deadline(at("2026-11-05T15:00:00Z"), i64::MAX), None);
}

#[test]
fn around_the_clock_is_every_second() {
    let always = BusinessHours::around_the_clock();
    let from = at("2026-03-28T22:59:59.5Z");
    assert_eq!(always.deadline(from, 72 * HOUR), Some(from + TimeDelta::hours(72)));
    assert_eq!(always.between(from, from + TimeDelta::days(365)), 365 * 24 * HOUR);
}

#[test]
fn an_hour_that_is_skipped_is_not_worked_and_one_that_comes_twice_is_worked_twice() {
    let night = Period { opens: 60, closes: 240 };
    let nights = BusinessHours::new(Tz::Europe__Berlin, [(Weekday::Sun, night)], []);
    let worked = |from: &str, to: &str| nights.between(at(from), at(to));
    assert_eq!(worked("2027-03-20T00:00:00Z", "2027-03-22T00:00:00Z"), 3 * HOUR);
    assert_eq!(worked("2027-03-27T00:00:00Z", "2027-03-29T00:00:00Z"), 2 * HOUR, "02:00 to 03:00 is skipped");
    assert_eq!(worked("2027-10-30T00:00:00Z", "2027-11-01T00:00:00Z"), 4 * HOUR, "02:00 to 03:00 comes twice");
    assert_eq!(nights.deadline(at("2027-03-28T00:00:00Z"), 2 * HOUR), Some(at("2027-03-28T02:00:00Z")));
    // Samoa had no 30th of December 2011.
    let friday = BusinessHours::new(Tz::Pacific__Apia, [(Weekday::Fri, Period { opens: 0, closes: 1440 })], []);
    assert_eq!(friday.between(at("2011-12-28T00:00:00Z"), at("2012-01-04T00:00:00Z")), 0);
}

#[test]
fn what_overlaps_counts_once() {
    let periods = [(540, 720), (600, 660), (660, 1020), (1020, 1020), (900, 9000)];
    let periods = periods.map(|(opens, closes)| (Weekday::Mon, Period { opens, closes }));
    let hours = BusinessHours::new(Tz::UTC, periods, []);
    assert_eq!(hours.between(at("2026-11-09T00:00:00Z"), at("2026-11-10T00:00:00Z")), 15 * HOUR);
}

/// The same, found out by looking at the clock on the wall in every single step.
struct Wall {
    zone: Tz,
    periods: Vec<(Weekday, Period)>,
    holidays: BTreeSet<NaiveDate>,
}

impl Wall {
    fn is_open(&self, moment: DateTime<Utc>) -> bool {
        let wall = moment.with_timezone(&self.zone);
        let minute = u16::try_from(wall.hour() * 60 + wall.minute()).unwrap();
        let within = |(weekday, period): &(Weekday, Period)| {
            *weekday == wall.weekday() && (period.opens..period.closes).contains(&minute)
        };
        !self.holidays.contains(&wall.date_naive()) && self.periods.iter().any(within)
    }

    fn random(zone: Tz, near: DateTime<Utc>, random: &mut impl Rng) -> Self {
        let weekdays =
            [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
        let mut period = || {
            let opens = random.random_range(0..1440);
            let closes = if random.random_ratio(1, 5) { 1440 } else { random.random_range(opens + 1..=1440) };
            (*weekdays.choose(random).unwrap(), Period { opens, closes })
        };
        let periods = (0..12).map(|_| period()).collect();
        let holidays = (0..2).map(|_| (near + TimeDelta::days(random.random_range(-4..=4))).date_naive()).collect();
        Self { zone, periods, holidays }
    }

    fn hours(&self) -> BusinessHours {
        BusinessHours::new(self.zone, self.periods.clone(), self.holidays.clone())
    }
}

/// The moments between 1990 and 2036 at which clocks change there.
fn changes(zone: Tz) -> Vec<DateTime<Utc>> {
    let offset = |moment: DateTime<Utc>| zone.offset_from_utc_datetime(&moment.naive_utc()).fix();
    let (first, days) = (at("1990-01-01T00:00:00Z"), 46 * 365);
    let days = (0..days).map(|day| first + TimeDelta::days(day));
    let changed = days.filter(|day| offset(*day) != offset(*day + TimeDelta::days(1)));
    let to_the_minute = changed.map(|day| {
        let minutes = (0..1440).map(|minute| day + TimeDelta::minutes(minute));
        minutes.take_while(|minute| offset(*minute) == offset(day)).last().unwrap() + TimeDelta::minutes(1)
    });
    to_the_minute.collect()
}

/// From the wall's own count: how much is open of so many steps, and by which step the first so much of it has passed.
fn count(wall: &Wall, from: DateTime<Utc>, steps: i64, step: TimeDelta) -> (i64, Vec<i64>) {
    let open = (0..steps).filter(|n| wall.is_open(from + step * i32::try_from(*n).unwrap())).collect::<Vec<_>>();
    (i64::try_from(open.len()).unwrap(), open)
}

#[test]
fn ten_thousand_cases_are_counted_like_a_counter_of_minutes_counts_them() {
    let mut random = StdRng::seed_from_u64(20_261_121);
    let zones: Vec<(Tz, Vec<DateTime<Utc>>)> = ZONES
        .iter()
        .map(|name| {
            let zone: Tz = name.parse().unwrap();
            (zone, changes(zone))
        })
        .collect();
    assert!(zones.iter().filter(|(_, changes)| !changes.is_empty()).count() >= 20);
    let mut across = 0;
    for case in 0..10_400 {
        let (zone, changes) = &zones[case % zones.len()];
        let near = changes.choose(&mut random).copied().unwrap_or_else(|| at("2026-11-05T00:00:00Z"));
        let wall = Wall::random(*zone, near, &mut random);
        let hours = wall.hours();
        let steps = if case.is_multiple_of(10) { 4_000 } else { 900 };
        let from = near - TimeDelta::minutes(random.random_range(0..steps));
        let to = from + TimeDelta::minutes(random.random_range(1..=steps));
        let (sum, open) = count(&wall, from, (to - from).num_minutes(), TimeDelta::minutes(1));
        across += usize::from(from < near && near < to);
        assert_eq!(hours.between(from, to), sum * 60, "{zone}, {:?}, {from} to {to}", wall.periods);
        if let Some(wanted) = (sum > 0).then(|| random.random_range(1..=sum)) {
            let last = open[usize::try_from(wanted).unwrap() - 1];
            let passed = from + TimeDelta::minutes(last + 1);
            assert_eq!(hours.deadline(from, wanted * 60), Some(passed), "{zone}, {:?}, {from}", wall.periods);
        }
    }
    assert!(across > 3_000, "{across}");
}

#[test]
fn seconds_are_counted_like_a_counter_of_seconds_counts_them() {
    let mut random = StdRng::seed_from_u64(5);
    for case in 0..260 {
        let zone: Tz = ZONES[case % ZONES.len()].parse().unwrap();
        let near = changes(zone).choose(&mut random).copied().unwrap_or_else(|| at("2026-11-05T00:00:00Z"));
        let wall = Wall::random(zone, near, &mut random);
        let from = near - TimeDelta::seconds(random.random_range(0..5_000));
        let steps = random.random_range(1..10_000);
        let (sum, open) = count(&wall, from, steps, TimeDelta::seconds(1));
        let hours = wall.hours();
        assert_eq!(hours.between(from, from + TimeDelta::seconds(steps)), sum, "{zone}, {from}");
        if let Some(last) = open.last() {
            let passed = from + TimeDelta::seconds(last + 1);
            assert_eq!(hours.deadline(from, sum), Some(passed), "{zone}, {from}");
        }
    }
}

#[test]
fn a_deadline_is_when_just_that_much_has_passed() {
    let mut random = StdRng::seed_from_u64(7);
    for case in 0..5_000 {
        let zone: Tz = ZONES[case % ZONES.len()].parse().unwrap();
        let near = at("2026-11-05T00:00:00Z") + TimeDelta::milliseconds(random.random_range(0..100_000_000_000));
        let hours = Wall::random(zone, near, &mut random).hours();
        let seconds = random.random_range(1..90 * 24 * HOUR);
        let deadline = hours.deadline(near, seconds).unwrap();
        assert_eq!(hours.between(near, deadline), seconds, "{zone}, {near}");
        assert_eq!(hours.between(near, deadline - TimeDelta::seconds(1)), seconds - 1, "{zone}, {near}");
    }
}

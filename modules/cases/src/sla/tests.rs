use calendars::{BusinessHours, Target, hours::Period};
use chrono::{DateTime, Datelike, TimeDelta, Timelike, Utc, Weekday};
use chrono_tz::Tz;
use rand::{Rng, RngExt, SeedableRng, rngs::StdRng, seq::IndexedRandom};

use super::promise::{Goal, Phase, Promise, Situation};

/// With a day near one on which clocks change there.
const ZONES: [(&str, &str); 24] = [
    ("Europe/Berlin", "2027-03-28T00:00:00Z"),
    ("Europe/London", "2027-10-31T00:00:00Z"),
    ("Europe/Dublin", "2027-03-28T00:00:00Z"),
    ("America/New_York", "2027-11-07T05:00:00Z"),
    ("America/St_Johns", "2027-03-14T05:00:00Z"),
    ("America/Santiago", "2027-04-04T03:00:00Z"),
    ("America/Asuncion", "2022-10-02T04:00:00Z"),
    ("America/Havana", "2027-03-14T05:00:00Z"),
    ("America/Caracas", "2016-05-01T07:00:00Z"),
    ("America/Sao_Paulo", "2018-11-04T03:00:00Z"),
    ("Australia/Lord_Howe", "2027-04-03T15:00:00Z"),
    ("Australia/Adelaide", "2027-10-02T16:00:00Z"),
    ("Pacific/Auckland", "2027-09-25T14:00:00Z"),
    ("Pacific/Chatham", "2027-04-03T14:00:00Z"),
    ("Pacific/Apia", "2011-12-30T10:00:00Z"),
    ("Africa/Casablanca", "2027-02-07T02:00:00Z"),
    ("Africa/Cairo", "2027-04-29T22:00:00Z"),
    ("Asia/Tehran", "2022-03-21T20:00:00Z"),
    ("Asia/Beirut", "2027-03-27T22:00:00Z"),
    ("Asia/Gaza", "2027-03-27T00:00:00Z"),
    ("Asia/Pyongyang", "2018-05-04T15:00:00Z"),
    ("Asia/Kathmandu", "2027-01-01T00:00:00Z"),
    ("Antarctica/Troll", "2027-03-28T01:00:00Z"),
    ("UTC", "2027-01-01T00:00:00Z"),
];

const WEEK: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

/// A business calendar that is found out by looking at the clock on the wall.
struct Wall {
    zone: Tz,
    periods: Vec<(Weekday, Period)>,
    holiday: chrono::NaiveDate,
}

impl Wall {
    fn random(random: &mut impl Rng, zone: Tz, near: DateTime<Utc>) -> Self {
        let mut period = || {
            let opens = random.random_range(0..1_440);
            (*WEEK.choose(random).unwrap(), Period { opens, closes: random.random_range(opens + 1..=1_440) })
        };
        let periods = (0..14).map(|_| period()).collect();
        Self { zone, periods, holiday: (near + TimeDelta::days(random.random_range(-2..=2))).date_naive() }
    }

    fn hours(&self) -> BusinessHours {
        BusinessHours::new(self.zone, self.periods.clone(), [self.holiday])
    }

    fn is_open(&self, moment: DateTime<Utc>) -> bool {
        let wall = moment.with_timezone(&self.zone);
        let minute = u16::try_from(wall.hour() * 60 + wall.minute()).unwrap();
        let now = |(day, period): &(Weekday, Period)| {
            *day == wall.weekday() && (period.opens..period.closes).contains(&minute)
        };
        wall.date_naive() != self.holiday && self.periods.iter().any(now)
    }
}

/// A counter that is looked at every minute: what `Promise` computes, it waits for.
struct Counter {
    used: i64,
    missed: [Option<DateTime<Utc>>; 2],
}

impl Counter {
    /// A minute passes: `wanted` says which of the promises still are to be kept.
    fn tick(&mut self, wall: &Wall, from: DateTime<Utc>, targets: [i64; 2], wanted: [bool; 2]) {
        self.used += if wall.is_open(from) { 60 } else { 0 };
        for which in 0..2 {
            if wanted[which] && self.missed[which].is_none() && self.used >= targets[which] {
                self.missed[which] = Some(from + TimeDelta::minutes(1));
            }
        }
    }
}

#[test]
fn ten_thousand_cases_are_due_when_a_counter_of_minutes_says() {
    let mut random = StdRng::seed_from_u64(20_261_121);
    let (mut missed, mut forecast, mut paused) = (0, 0, 0);
    for case in 0..10_080 {
        let (zone, near) = ZONES[case % ZONES.len()];
        let near: DateTime<Utc> = near.parse().unwrap();
        let wall = Wall::random(&mut random, zone.parse().unwrap(), near);
        let hours = wall.hours();
        let first = random.random_range(1..=300) * 60;
        let target = Target { first_response: first, resolution: first + random.random_range(0..=400) * 60 };
        let targets = [target.first_response, target.resolution];

        let mut now = near - TimeDelta::minutes(random.random_range(0..1_440));
        let mut is = Situation { phase: Phase::Running, is_answered: false };
        let nothing = Situation { phase: Phase::Paused, is_answered: false };
        let mut promise = Promise::default().turn(&hours, target, nothing, is, now);
        let mut counter = Counter { used: 0, missed: [None; 2] };
        for _ in 0..random.random_range(1..=6) {
            for _ in 0..random.random_range(1..=200) {
                if is.phase == Phase::Running {
                    counter.tick(&wall, now, targets, [!is.is_answered, true]);
                }
                now += TimeDelta::minutes(1);
            }
            let was = is;
            match random.random_range(0..6) {
                0 => is.is_answered |= !matches!(is.phase, Phase::Stopped(_)),
                1 | 2 => is.phase = Phase::Paused,
                3 if !matches!(is.phase, Phase::Stopped(_)) => is.phase = Phase::Stopped(now),
                3 => {}
                _ => is.phase = Phase::Running,
            }
            paused += usize::from(is.phase != Phase::Running);
            // Seconds that have begun do not count yet.
            promise =
                promise.turn(&hours, target, was, is, now + TimeDelta::milliseconds(random.random_range(0..1_000)));
        }
        assert_eq!(promise.used, counter.used, "{zone} {:?}", wall.periods);
        let goals = [promise.first_response, promise.resolution];
        for (goal, (missed_at, is_wanted)) in goals.iter().zip(counter.missed.iter().zip([!is.is_answered, true])) {
            if let Some(at) = missed_at {
                missed += 1;
                assert_eq!(goal.due, Some(*at), "{zone}: missed");
            } else if is_wanted {
                assert!(!goal.is_missed(is.phase, now), "{zone}: {goal:?} at {now}");
            }
        }
        // From here on it goes on as it is, and the counter waits until the time is up.
        if is.phase == Phase::Running && counter.missed[1].is_none() {
            let mut risk = None;
            for _ in 0..4 * 7 * 1_440 {
                if counter.missed[1].is_some() {
                    break;
                }
                counter.tick(&wall, now, targets, [false, true]);
                now += TimeDelta::minutes(1);
                if risk.is_none() && counter.used >= targets[1] * 3 / 4 {
                    risk = Some(now);
                }
            }
            if counter.missed[1].is_some() {
                forecast += 1;
                assert_eq!(goals[1].due, counter.missed[1], "{zone}: forecast");
                let at_risk = goals[1].risk_at.unwrap();
                assert!(risk.is_some_and(|risk| at_risk <= risk), "{zone}: {at_risk} and {risk:?}");
            }
        }
    }
    assert!(missed > 2_000 && forecast > 2_000 && paused > 10_000, "{missed} {forecast} {paused}");
}

const ALWAYS: Situation = Situation { phase: Phase::Running, is_answered: false };
const NOTHING: Situation = Situation { phase: Phase::Paused, is_answered: false };

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn hours(first_response: i64, resolution: i64) -> Target {
    Target { first_response: first_response * 3_600, resolution: resolution * 3_600 }
}

#[test]
fn what_was_missed_stays_missed_and_what_was_not_goes_on() {
    let always = BusinessHours::around_the_clock();
    let opened = Promise::default().turn(&always, hours(8, 48), NOTHING, ALWAYS, at("2026-11-05T12:00:00Z"));
    let due = |goal: Goal| goal.due.map(|due| due.to_rfc3339());
    assert_eq!(due(opened.first_response).as_deref(), Some("2026-11-05T20:00:00+00:00"));
    assert_eq!(opened.resolution.risk_at, Some(at("2026-11-07T00:00:00Z")));
    // More urgent two hours later: an hour was promised, which is over; four were, of which two are left.
    let urgent = opened.turn(&always, hours(1, 4), ALWAYS, ALWAYS, at("2026-11-05T14:00:00Z"));
    assert_eq!(
        urgent.first_response.due,
        Some(at("2026-11-05T14:00:00Z")),
        "late from now on, not before it was promised"
    );
    assert_eq!(urgent.resolution.due, Some(at("2026-11-05T16:00:00Z")));
    // Less urgent again: what was missed stays missed.
    let low = urgent.turn(&always, hours(24, 72), ALWAYS, ALWAYS, at("2026-11-05T15:00:00Z"));
    assert_eq!(low.first_response.due, Some(at("2026-11-05T14:00:00Z")));
    assert_eq!(low.resolution.due, Some(at("2026-11-08T12:00:00Z")));
}

#[test]
fn opened_again_it_goes_on_from_where_it_stood() {
    let always = BusinessHours::around_the_clock();
    let opened = Promise::default().turn(&always, hours(8, 48), NOTHING, ALWAYS, at("2026-11-05T12:00:00Z"));
    let closed_at = at("2026-11-06T12:00:00Z");
    let closed = Situation { phase: Phase::Stopped(closed_at), is_answered: true };
    let answered = Situation { is_answered: true, ..ALWAYS };
    let closed_one = opened.turn(&always, hours(8, 48), ALWAYS, closed, closed_at);
    assert!(!closed_one.resolution.is_missed(closed.phase, at("2027-01-01T00:00:00Z")), "closed in time");
    let again = closed_one.turn(&always, hours(8, 48), closed, answered, at("2026-12-01T00:00:00Z"));
    assert_eq!((again.used, again.resolution.due), (86_400, Some(at("2026-12-02T00:00:00Z"))));
}

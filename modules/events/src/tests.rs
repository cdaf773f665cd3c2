use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    event::Days,
    when::{NEVER, When},
};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn when(start: &str, end: &str, rule: Option<&str>, excluded: &[&str]) -> When {
    let excluded = Days(excluded.iter().copied().map(day).collect());
    When::of(start, end, "Europe/Berlin", rule, &excluded)
}

fn starts(when: &When, from: &str, to: &str) -> Vec<String> {
    when.between(at(from), at(to)).map(|one| one.starts_at.to_rfc3339()).collect()
}

#[test]
fn an_hour_stays_when_the_clocks_change() {
    let weekly = when("2027-03-22T09:00:00", "2027-03-22T10:00:00", Some("FREQ=WEEKLY"), &[]);
    let both = starts(&weekly, "2027-03-22T00:00:00Z", "2027-04-01T00:00:00Z");
    assert_eq!(both, ["2027-03-22T08:00:00+00:00", "2027-03-29T07:00:00+00:00"]);
    assert_eq!(weekly.until(), NEVER);
}

#[test]
fn it_takes_exactly_as_long_each_time() {
    // Through the night in which an hour is left out, and the one before.
    let night = when("2027-03-26T23:00:00", "2027-03-27T05:00:00", Some("FREQ=DAILY;COUNT=2"), &[]);
    let ends: Vec<_> = night.between(at("2027-03-26T00:00:00Z"), at("2027-03-30T00:00:00Z")).collect();
    assert_eq!(ends[0].end.as_str(), "2027-03-27T05:00:00");
    assert_eq!(ends[1].end.as_str(), "2027-03-28T06:00:00");
    assert_eq!(night.until(), ends[1].ends_at);
}

#[test]
fn a_day_is_as_long_as_its_clocks_make_it() {
    let days = when("2027-03-27", "2027-03-28", None, &[]);
    assert_eq!((days.starts_at(), days.ends_at()), (at("2027-03-26T23:00:00Z"), at("2027-03-28T22:00:00Z")));
}

#[test]
fn what_is_under_way_is_there_and_what_ends_is_not() {
    let one = when("2027-01-11T09:00:00", "2027-01-11T10:00:00", None, &[]);
    assert_eq!(starts(&one, "2027-01-11T08:59:59Z", "2027-01-12T00:00:00Z").len(), 1);
    assert_eq!(starts(&one, "2027-01-11T09:00:00Z", "2027-01-12T00:00:00Z").len(), 0, "it is over");
    assert_eq!(starts(&one, "2027-01-10T09:00:00Z", "2027-01-11T08:00:00Z").len(), 0, "it begins");
    let instant = when("2027-01-11T09:00:00", "2027-01-11T09:00:00", None, &[]);
    assert_eq!(starts(&instant, "2027-01-11T08:00:00Z", "2027-01-11T08:00:01Z").len(), 1);
}

#[test]
fn a_day_that_was_left_out_is_not_there() {
    let daily = when("2027-01-11T09:00:00", "2027-01-11T10:00:00", Some("FREQ=DAILY"), &["2027-01-12"]);
    let found = starts(&daily, "2027-01-11T00:00:00Z", "2027-01-14T00:00:00Z");
    assert_eq!(found, ["2027-01-11T08:00:00+00:00", "2027-01-13T08:00:00+00:00"]);
    assert!(daily.ruled(day("2027-01-12")).is_some() && daily.is_excluded(day("2027-01-12")));
    assert!(daily.ruled(day("2027-01-10")).is_none());
}

#[test]
fn far_ahead_is_not_far_to_walk() {
    let daily = when("1990-01-01T09:00:00", "1990-01-01T10:00:00", Some("FREQ=DAILY"), &[]);
    let began = std::time::Instant::now();
    for _ in 0..100 {
        assert_eq!(starts(&daily, "2190-01-11T00:00:00Z", "2190-01-14T00:00:00Z").len(), 3);
    }
    assert!(began.elapsed() < std::time::Duration::from_secs(2), "{:?}", began.elapsed());
}

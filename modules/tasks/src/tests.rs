use chrono::{DateTime, Utc};
use chrono_tz::{Europe::Berlin, Tz};
use recurrence::Rule;

use crate::{due::Due, recurrence::next};

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn day(text: &str) -> Due {
    Due::On(text.parse().unwrap())
}

/// The days on which a series is due that began with the first, each completed on its day.
fn series(rule: &str, first: &str, how_many: usize) -> Vec<String> {
    let rule = Rule::parse(rule).unwrap();
    let (anchor, mut due, mut days) = (day(first).moment(), day(first), Vec::new());
    for _ in 0..how_many {
        let Some(next) = next(&rule, anchor, due, Tz::UTC, due.moment()) else { break };
        let Due::On(date) = next else { panic!("a day has a next day") };
        days.push(date.to_string());
        due = next;
    }
    days
}

#[test]
fn the_last_day_of_a_month_stays_the_last() {
    assert_eq!(series("FREQ=MONTHLY;BYMONTHDAY=-1", "2027-01-31", 3), ["2027-02-28", "2027-03-31", "2027-04-30"]);
    // RFC 5545, 3.3.10: a day that a month does not have is left out.
    assert_eq!(series("FREQ=MONTHLY", "2027-01-31", 2), ["2027-03-31", "2027-05-31"]);
}

#[test]
fn a_rule_is_counted_from_where_it_began() {
    assert_eq!(series("FREQ=WEEKLY;COUNT=3", "2026-11-23", 9), ["2026-11-30", "2026-12-07"]);
    assert_eq!(series("FREQ=DAILY;INTERVAL=2;UNTIL=20261128T000000Z", "2026-11-23", 9), ["2026-11-25", "2026-11-27"]);
    assert_eq!(series("FREQ=WEEKLY;BYDAY=MO,TH", "2026-11-23", 3), ["2026-11-26", "2026-11-30", "2026-12-03"]);
}

#[test]
fn what_was_missed_is_not_made_up_for() {
    let rule = Rule::parse("FREQ=WEEKLY").unwrap();
    let (first, late) = (day("2026-11-02"), at("2026-11-24T15:00:00Z"));
    assert_eq!(next(&rule, first.moment(), first, Tz::UTC, late), Some(day("2026-11-30")));
    let today = at("2026-11-23T15:00:00Z");
    assert_eq!(next(&rule, first.moment(), first, Tz::UTC, today), Some(day("2026-11-23")), "today is not over");
}

#[test]
fn an_hour_is_kept_over_both_changes_of_clocks() {
    let rule = Rule::parse("FREQ=DAILY").unwrap();
    for (before, after) in
        [("2027-03-27T08:00:00Z", "2027-03-28T07:00:00Z"), ("2027-10-30T07:00:00Z", "2027-10-31T08:00:00Z")]
    {
        let (before, after) = (at(before), at(after));
        assert_eq!(next(&rule, before, Due::At(before), Berlin, before), Some(Due::At(after)));
    }
}

#[test]
fn what_is_no_rule_for_a_task_is_refused() {
    for text in [
        "",
        "daily",
        "FREQ=HOURLY",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;FREQ=WEEKLY",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=DAILY;BYHOUR=9,17",
        "FREQ=DAILY;COUNT=2;UNTIL=20270101T000000Z",
        "FREQ=WEEKLY;BYMONTHDAY=3",
    ] {
        assert_eq!(Rule::parse(text).err().map(|refused| refused.code), Some("invalid_recurrence"), "{text}");
    }
}

#[test]
fn a_day_that_never_comes_ends_the_series() {
    assert_eq!(series("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "2026-11-23", 1), [""; 0]);
}

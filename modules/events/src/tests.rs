use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    event::{Answered, Days},
    said::{Extent, OccurrenceAnswers},
    view::Answer,
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

fn said(answer: Answer, at_: &str) -> Answered {
    Answered { answer, at: at(at_) }
}

#[test]
fn an_answer_to_one_time_stands_above_one_to_that_and_all_after_it() {
    let (mut all, monday) = (OccurrenceAnswers::default(), day("2027-01-11"));
    all.say("a", monday, Extent::AndFollowing, said(Answer::Declined, "2027-01-01T10:00:00Z"));
    all.say("a", monday, Extent::Alone, said(Answer::Accepted, "2027-01-01T11:00:00Z"));
    let on = |all: &OccurrenceAnswers, on: &str| all.on("a", day(on)).map(|said| said.answer);
    assert_eq!((on(&all, "2027-01-10"), on(&all, "2027-01-11")), (None, Some(Answer::Accepted)));
    assert_eq!(on(&all, "2029-01-11"), Some(Answer::Declined));
    assert_eq!(all.on("b", monday), None);
    // One that comes late leaves what was said since.
    all.say("a", day("2027-01-04"), Extent::AndFollowing, said(Answer::Tentative, "2027-01-01T10:30:00Z"));
    assert_eq!((on(&all, "2027-01-05"), on(&all, "2027-01-11")), (Some(Answer::Tentative), Some(Answer::Accepted)));
    assert_eq!(on(&all, "2029-01-11"), Some(Answer::Tentative));
    assert_eq!(on(&all.clone().before(monday), "2027-01-11"), Some(Answer::Tentative));
    assert_eq!(on(&all.clone().after(monday), "2027-01-12"), None);
    all.said_to_all("a", at("2027-01-01T10:30:00Z"));
    assert_eq!((on(&all, "2027-01-11"), on(&all, "2027-01-12")), (Some(Answer::Accepted), None));
    all.said_to_all("a", at("2027-01-01T11:00:00Z"));
    assert_eq!(all, OccurrenceAnswers::default());
}

#[test]
fn a_series_keeps_so_many_answers_and_no_more() {
    let (mut all, first) = (OccurrenceAnswers::default(), day("2020-01-01"));
    all.say("b", first, Extent::AndFollowing, said(Answer::Tentative, "2020-01-01T10:00:00Z"));
    for n in 0..2_100 {
        let on = first + chrono::Days::new(n);
        all.say("a", on, Extent::Alone, said(Answer::Declined, "2020-01-01T10:00:00Z"));
    }
    assert_eq!(all.0["a"].alone.len(), 1_999);
    assert_eq!(all.0["a"].alone.keys().next(), Some(&(first + chrono::Days::new(101))), "the earliest are forgotten");
    assert_eq!(
        all.on("b", day("2027-01-01")).map(|said| said.answer),
        Some(Answer::Tentative),
        "what still holds is not"
    );
}

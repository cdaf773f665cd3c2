use chrono::{DateTime, Duration, NaiveDateTime, Utc};
use chrono_tz::Tz;
use serde::Deserialize;

use base::zone::moment;

use crate::{End, Rule};

/// What `app/tests/scripts/recurrence.py` has of python-dateutil.
#[derive(Deserialize)]
struct Case {
    rule: String,
    zone: String,
    first: NaiveDateTime,
    times: Vec<NaiveDateTime>,
    moments: Vec<DateTime<Utc>>,
}

impl Case {
    fn zone(&self) -> Tz {
        self.zone.parse().unwrap()
    }
}

fn cases() -> Vec<Case> {
    serde_json::from_str(include_str!("tests/series.json")).unwrap()
}

#[test]
fn it_comes_when_dateutil_says() {
    let mut wrong = Vec::new();
    let all = cases();
    for case in &all {
        let rule = Rule::parse(&case.rule).unwrap_or_else(|refused| panic!("{}: {}", case.rule, refused.detail));
        let times: Vec<_> = rule.series(case.first, case.zone()).all().take(case.times.len().max(1)).collect();
        if times != case.times {
            wrong.push(format!("{} from {}: {times:?}, not {:?}", case.rule, case.first, case.times));
        }
        let moments: Vec<_> = times.iter().map(|time| moment(*time, case.zone())).collect();
        if times == case.times && moments != case.moments {
            wrong.push(format!("{} in {}: {moments:?}, not {:?}", case.rule, case.zone, case.moments));
        }
    }
    let zones: std::collections::BTreeSet<_> = all.iter().map(|case| case.zone.as_str()).collect();
    assert!(all.len() > 1_000 && zones.len() > 20, "{} {}", all.len(), zones.len());
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), all.len(), wrong.join("\n"));
}

/// What is asked from the middle on is the rest of what is asked from the beginning on.
#[test]
fn it_comes_the_same_from_wherever_one_looks() {
    for case in cases() {
        let rule = Rule::parse(&case.rule).unwrap();
        let series = rule.series(case.first, case.zone());
        for (place, time) in case.times.iter().enumerate() {
            let rest = &case.times[place..];
            for from in [*time, *time - Duration::minutes(1)] {
                let found: Vec<_> = series.from(from).take(rest.len()).collect();
                assert_eq!(found, rest, "{} from {from}", case.rule);
            }
            assert_eq!(series.at(time.date()), Some(*time), "{}", case.rule);
        }
        assert_eq!(series.begins(), case.times[0] == case.first, "{}", case.rule);
    }
}

#[test]
fn what_is_counted_is_over_wherever_one_looks() {
    let first: NaiveDateTime = "2026-01-05T09:00:00".parse().unwrap();
    for (text, last) in [
        ("FREQ=WEEKLY;COUNT=52", "2026-12-28"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;COUNT=3", "2026-02-02"),
        ("FREQ=WEEKLY;BYDAY=TU;COUNT=3", "2026-01-20"),
        ("FREQ=WEEKLY;BYDAY=MO,TH;COUNT=5", "2026-01-19"),
        ("FREQ=DAILY;INTERVAL=3;COUNT=10", "2026-02-01"),
        ("FREQ=DAILY;BYDAY=MO;COUNT=3", "2026-01-19"),
        ("FREQ=DAILY;BYMONTH=1;COUNT=30", "2027-01-03"),
    ] {
        let rule = Rule::parse(text).unwrap();
        let series = rule.series(first, Tz::UTC);
        let last = format!("{last}T09:00:00").parse::<NaiveDateTime>().unwrap();
        assert_eq!(series.all().last(), Some(last), "{text}");
        assert_eq!(series.from(last).collect::<Vec<_>>(), [last], "{text}");
        for days in [1, 6, 7, 8, 400, 4_000] {
            assert_eq!(series.from(last + Duration::days(days)).next(), None, "{text} {days} days later");
        }
    }
}

#[test]
fn a_rule_is_written_as_it_was_read() {
    for text in [
        "FREQ=DAILY",
        "FREQ=WEEKLY;BYDAY=MO,TH;COUNT=3",
        "FREQ=DAILY;UNTIL=20271231",
        "FREQ=DAILY;UNTIL=20271231T225959Z",
    ] {
        assert_eq!(Rule::parse(text).unwrap().to_string(), text);
    }
    assert_eq!(Rule::parse("count=3;freq=daily").unwrap().to_string(), "FREQ=DAILY;COUNT=3");
    let ended = Rule::parse("FREQ=DAILY;COUNT=9").unwrap().ending(End::After(2));
    assert_eq!(ended.to_string(), "FREQ=DAILY;COUNT=2");
}

#[test]
fn the_last_is_known_where_there_is_an_end() {
    let first: NaiveDateTime = "2027-03-27T08:00:00".parse().unwrap();
    let last = |text: &str, most| Rule::parse(text).unwrap().series(first, Tz::Europe__Berlin).last(most);
    assert_eq!(last("FREQ=DAILY;COUNT=3", 9), "2027-03-29T08:00:00".parse().ok());
    // Clocks go forward in between: 08:00 is 06:00 in UTC then.
    assert_eq!(last("FREQ=DAILY;UNTIL=20270329T060000Z", 9), "2027-03-29T08:00:00".parse().ok());
    assert_eq!(last("FREQ=DAILY;UNTIL=20270329T055959Z", 9), "2027-03-28T08:00:00".parse().ok());
    assert_eq!(last("FREQ=DAILY;UNTIL=20270328", 9), "2027-03-28T08:00:00".parse().ok());
    assert_eq!(last("FREQ=DAILY;COUNT=3", 2), None, "further than one looks");
    assert_eq!(last("FREQ=DAILY", 9), None, "never");
}

#[test]
fn what_is_no_rule_is_refused() {
    for text in [
        "",
        "daily",
        "FREQ=HOURLY",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;INTERVAL=-1",
        "FREQ=DAILY;FREQ=WEEKLY",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=DAILY;BYHOUR=9,17",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;COUNT=2;COUNT=3",
        "FREQ=DAILY;COUNT=2;UNTIL=20270101T000000Z",
        "FREQ=DAILY;UNTIL=20270101T000000",
        "FREQ=DAILY;UNTIL=20270230",
        "FREQ=WEEKLY;BYMONTHDAY=3",
        "FREQ=WEEKLY;BYDAY=1MO",
        "FREQ=YEARLY;BYWEEKNO=3;BYDAY=1MO",
        "FREQ=DAILY\r\nATTENDEE:mailto:x@evil.example",
    ] {
        assert_eq!(Rule::parse(text).err().map(|refused| refused.code), Some("invalid_recurrence"), "{text}");
    }
}

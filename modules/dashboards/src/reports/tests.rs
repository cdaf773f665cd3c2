use chrono::NaiveDate;
use chrono_tz::{Pacific::Apia, Tz};

use super::{
    answer::guarded,
    ask::Asked,
    period::{GroupBy, periods},
};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn named(from: &str, to: &str, group_by: GroupBy) -> Vec<String> {
    let periods = periods(day(from), day(to), group_by, 100).expect("not too many");
    periods.into_iter().map(|period| format!("{} {}..{}", period.name, period.from, period.to)).collect()
}

#[test]
fn periods_are_those_of_the_calendar() {
    assert_eq!(
        named("2026-12-30", "2027-01-04", GroupBy::Week),
        [
            // ISO 8601: a week belongs to the year of its Thursday.
            "2026-W53 2026-12-30..2027-01-03",
            "2027-W01 2027-01-04..2027-01-04",
        ]
    );
    assert_eq!(named("2028-02-28", "2028-03-01", GroupBy::Day).len(), 3);
    assert_eq!(
        named("2028-01-31", "2028-03-01", GroupBy::Month),
        ["2028-01 2028-01-31..2028-01-31", "2028-02 2028-02-01..2028-02-29", "2028-03 2028-03-01..2028-03-01",]
    );
    assert_eq!(
        named("2026-12-31", "2027-01-01", GroupBy::Quarter),
        ["2026-Q4 2026-12-31..2026-12-31", "2027-Q1 2027-01-01..2027-01-01",]
    );
    assert_eq!(named("2026-12-31", "2027-01-01", GroupBy::Year).len(), 2);
    assert_eq!(periods(day("2026-01-01"), day("2026-01-03"), GroupBy::Day, 2), None);
}

fn asked(from: Option<&str>, to: Option<&str>, zone: Tz) -> Option<(String, String)> {
    let asked = Asked { from: from.map(day), to: to.map(day), group_by: None };
    asked.at(day("2026-11-05"), zone).ok().map(|ask| (ask.start().to_rfc3339(), ask.end().to_rfc3339()))
}

#[test]
fn a_report_is_of_whole_days_where_the_organisation_is() {
    let span = |from: &str, to: &str| Some((format!("{from}:00+00:00"), format!("{to}:00+00:00")));
    assert_eq!(asked(None, None, Tz::UTC), span("2025-12-01T00:00", "2026-11-06T00:00"));
    assert_eq!(asked(Some("2026-11-05"), None, Tz::UTC), span("2026-11-05T00:00", "2026-11-06T00:00"));
    assert_eq!(asked(Some("2026-12-05"), None, Tz::UTC), span("2026-12-05T00:00", "2026-12-06T00:00"));
    assert_eq!(asked(None, Some("2026-01-31"), Tz::UTC), span("2025-02-01T00:00", "2026-02-01T00:00"));
    // Berlin has two more hours than UTC until the last Sunday in October.
    let berlin = asked(Some("2026-10-25"), Some("2026-10-25"), Tz::Europe__Berlin);
    assert_eq!(berlin, span("2026-10-24T22:00", "2026-10-25T23:00"));
    // Samoa had no 30 December 2011.
    assert_eq!(asked(Some("2011-12-30"), Some("2011-12-30"), Apia), span("2011-12-30T10:00", "2011-12-30T10:00"));
    assert_eq!(asked(Some("2026-02-02"), Some("2026-02-01"), Tz::UTC), None);
    assert_eq!(asked(Some("1969-12-31"), None, Tz::UTC), None);
    assert_eq!(asked(None, Some("+10000-01-01"), Tz::UTC), None);
}

#[test]
fn no_cell_is_a_formula() {
    for text in ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\n=1", "\0=1"] {
        assert_eq!(guarded(text), format!("'{text}"));
    }
    for text in ["Ada King", "website", "", "'=1", "1-2", "ada@example.com"] {
        assert_eq!(guarded(text), text);
    }
}

use chrono::NaiveDate;

use super::{
    ask::{Asked, GroupBy},
    period::Span,
};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

#[test]
fn a_forecast_is_of_this_quarter_unless_it_is_of_another_time() {
    let on = |from: Option<&str>, to: Option<&str>| {
        let asked = Asked { from: from.map(day), to: to.map(day), ..Asked::default() };
        asked.on(day("2026-11-05")).map(|ask| (ask.from.to_string(), ask.to.to_string())).map_err(|_| ())
    };
    let span = |from: &str, to: &str| Ok((from.to_owned(), to.to_owned()));
    assert_eq!(on(None, None), span("2026-10-01", "2026-12-31"));
    assert_eq!(on(Some("2027-02-03"), None), span("2027-02-03", "2027-03-31"));
    assert_eq!(on(None, Some("2027-02-03")), span("2027-01-01", "2027-02-03"));
    assert_eq!(on(Some("2027-02-03"), Some("2027-02-02")), Err(()));
    assert_eq!(on(Some("2020-01-01"), Some("2024-12-31")), span("2020-01-01", "2024-12-31"));
    assert_eq!(on(Some("2020-01-01"), Some("2026-01-01")), Err(()));
    assert_eq!(on(Some("9999-12-01"), None), span("9999-12-01", "9999-12-31"));
}

#[test]
fn periods_are_those_of_the_calendar() {
    let leap = Span::around(day("2028-02-11"), GroupBy::Month);
    assert_eq!((leap.first, leap.last), (day("2028-02-01"), day("2028-02-29")));
    let cut = Span::around(day("2026-11-05"), GroupBy::Quarter).cut(day("2026-11-02"), day("2027-01-01"));
    assert_eq!((cut.name.as_str(), cut.from, cut.to), ("2026-Q4", day("2026-11-02"), day("2026-12-31")));
}

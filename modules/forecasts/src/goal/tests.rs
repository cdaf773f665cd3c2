use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{Goal, GoalMetric, GoalPeriod, GoalStatus, show::share, status::elapsed};

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// A hundred days, and a hundred deals.
fn goal() -> Goal {
    Goal {
        metric: GoalMetric::Deals,
        target_count: Some(100),
        starts_on: day("2026-01-01"),
        ends_on: day("2026-04-10"),
        ..Goal::default()
    }
}

#[test]
fn a_period_ends_on_the_day_before_the_next() {
    let end = |period: GoalPeriod, first: &str| period.last_day(day(first)).map(|day| day.to_string());
    assert_eq!(end(GoalPeriod::Monthly, "2028-02-01").as_deref(), Some("2028-02-29"));
    assert_eq!(end(GoalPeriod::Quarterly, "2026-10-01").as_deref(), Some("2026-12-31"));
    assert_eq!(end(GoalPeriod::Yearly, "2026-04-06").as_deref(), Some("2027-04-05"), "a year of somebody's own");
    assert_eq!(end(GoalPeriod::Custom, "2026-04-06"), None);
}

#[test]
fn the_status_goes_by_the_share_of_the_time_that_has_passed() {
    let on = |today: &str, achieved: i64| GoalStatus::of(&goal(), achieved.into(), day(today));
    assert_eq!(on("2025-12-01", 0), GoalStatus::OnTrack, "not begun");
    assert_eq!(on("2026-01-01", 0), GoalStatus::OnTrack, "today has not passed");
    // Forty of a hundred days.
    let told = [40, 39, 30, 29].map(|achieved| on("2026-02-10", achieved));
    assert_eq!(told, [GoalStatus::OnTrack, GoalStatus::AtRisk, GoalStatus::AtRisk, GoalStatus::Behind]);
    assert_eq!(on("2026-04-10", 99), GoalStatus::OnTrack, "the last day counts");
    assert_eq!([on("2026-04-11", 99), on("2026-04-11", 100)], [GoalStatus::Behind, GoalStatus::Done]);
    assert_eq!(on("2026-01-02", 250), GoalStatus::Done);
}

#[test]
fn days_are_counted_within_the_time() {
    let days = |today: &str| elapsed(&goal(), day(today));
    assert_eq!([days("2020-01-01"), days("2026-02-10"), days("2030-01-01")], [(0, 100), (40, 100), (100, 100)]);
}

#[test]
fn a_share_is_cut_and_never_says_all_too_soon() {
    let told = |part: i64, of: i64| share(Decimal::new(part, 2), Decimal::new(of, 2)).to_string();
    assert_eq!(told(999_999, 1_000_000), "99.99");
    assert_eq!([told(1, 1), told(3, 2), told(1, 0), told(1, 3)], ["100", "150", "0", "33.33"]);
}

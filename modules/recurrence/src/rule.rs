use base::value::Refused;
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc, Weekday};
use chrono_tz::Tz;
use rrule::{Frequency, NWeekday, RRule, RRuleSet, Unvalidated};

use crate::Series;

/// A recurrence rule (RFC 5545, 3.3.10), checked: no finer than daily, so that it comes on a day once at most.
///
/// The crate `rrule` makes out the days. It takes some rules that are none, which are refused here; and the end of a rule, like the
/// clocks of a place, is seen to here, so that to it all times are plain.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Without its end.
    text: String,
    /// The same, understood.
    pattern: RRule<Unvalidated>,
    end: End,
}

/// When a rule ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Never,
    After(u32),
    /// With this day, by the clocks of the place.
    With(NaiveDate),
    At(DateTime<Utc>),
}

impl Rule {
    /// `FREQ=WEEKLY;BYDAY=MO`, without the name of the property.
    ///
    /// # Errors
    /// `invalid_recurrence`.
    pub fn parse(text: &str) -> Result<Self, Refused> {
        let text = text.to_ascii_uppercase();
        let (mut kept, mut ends) = (Vec::new(), Vec::new());
        for part in text.split(';') {
            match part.split_once('=') {
                Some(("COUNT" | "UNTIL", _)) => ends.push(part),
                _ => kept.push(part),
            }
        }
        let end = match ends[..] {
            [] => End::Never,
            [end] => End::parse(end).ok_or_else(|| {
                refused("COUNT is 1 or more; UNTIL is a day (20271231) or a moment in UTC (20271231T225959Z).")
            })?,
            _ => return Err(refused("A rule has one COUNT or one UNTIL.")),
        };
        let text = kept.join(";");
        let unread = || refused("Not a recurrence rule as RFC 5545 (3.3.10) writes one.");
        let pattern: RRule<Unvalidated> = text.parse().map_err(|_| unread())?;
        if !matches!(pattern.get_freq(), Frequency::Daily | Frequency::Weekly | Frequency::Monthly | Frequency::Yearly)
        {
            return Err(refused("It comes again daily, weekly, monthly or yearly."));
        }
        if pattern.get_interval() == 0 {
            return Err(refused("INTERVAL is 1 or more."));
        }
        if ![pattern.get_by_hour(), pattern.get_by_minute(), pattern.get_by_second()]
            .iter()
            .all(|times| times.is_empty())
        {
            return Err(refused("The time of day is that of the first: leave BYHOUR, BYMINUTE and BYSECOND out."));
        }
        let numbered = pattern.get_by_weekday().iter().any(|day| matches!(day, NWeekday::Nth(..)));
        let by_week = !pattern.get_by_week_no().is_empty();
        if numbered && (matches!(pattern.get_freq(), Frequency::Daily | Frequency::Weekly) || by_week) {
            return Err(refused("A number before a day goes with FREQ=MONTHLY, or FREQ=YEARLY without BYWEEKNO."));
        }
        let rule = Self { text, pattern, end };
        rule.days(NaiveDateTime::default()).ok_or_else(|| refused("The parts of the rule do not go together."))?;
        Ok(rule)
    }

    /// The series that begins at `first`, by the clocks in `zone`.
    pub fn series(&self, first: NaiveDateTime, zone: Tz) -> Series<'_> {
        Series::new(self, first, zone)
    }

    pub fn end(&self) -> End {
        self.end
    }

    /// The same rule with another end.
    #[must_use]
    pub fn ending(&self, end: End) -> Self {
        Self { end, ..self.clone() }
    }

    pub(crate) fn days(&self, first: NaiveDateTime) -> Option<RRuleSet> {
        let first = first.and_utc().with_timezone(&rrule::Tz::UTC);
        let rule = self.pattern.clone().validate(first).ok()?;
        Some(RRuleSet::new(first).rrule(rule).limit())
    }

    /// Whether it comes exactly once in each stride from a first time on this day of the week.
    pub(crate) fn is_once_a_stride(&self, first: Weekday) -> bool {
        let pattern = &self.pattern;
        let is_plain = pattern.get_by_month().is_empty()
            && pattern.get_by_month_day().is_empty()
            && pattern.get_by_year_day().is_empty()
            && pattern.get_by_week_no().is_empty()
            && pattern.get_by_set_pos().is_empty();
        match pattern.get_by_weekday() {
            [] => is_plain,
            [NWeekday::Every(day)] => is_plain && pattern.get_freq() == Frequency::Weekly && *day == first,
            _ => false,
        }
    }

    /// After how many days the pattern is the same again, where that is easily told.
    pub(crate) fn stride(&self) -> Option<i64> {
        let interval = i64::from(self.pattern.get_interval());
        match self.pattern.get_freq() {
            Frequency::Daily => Some(interval),
            Frequency::Weekly => Some(7 * interval),
            _ => None,
        }
    }
}

impl std::fmt::Display for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text)?;
        match self.end {
            End::Never => Ok(()),
            End::After(count) => write!(f, ";COUNT={count}"),
            End::With(day) => write!(f, ";UNTIL={}", day.format("%Y%m%d")),
            End::At(moment) => write!(f, ";UNTIL={}", moment.format("%Y%m%dT%H%M%SZ")),
        }
    }
}

impl End {
    fn parse(part: &str) -> Option<Self> {
        let (name, value) = part.split_once('=')?;
        if !value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'T' || byte == b'Z') {
            return None;
        }
        match (name, value.len()) {
            ("COUNT", 1..=9) => value.parse().ok().filter(|count| *count > 0).map(Self::After),
            ("UNTIL", 8) => NaiveDate::parse_from_str(value, "%Y%m%d").ok().map(Self::With),
            ("UNTIL", 16) => {
                NaiveDateTime::parse_from_str(value, "%Y%m%dT%H%M%SZ").ok().map(|until| Self::At(until.and_utc()))
            }
            _ => None,
        }
    }
}

fn refused(detail: &'static str) -> Refused {
    Refused::new("invalid_recurrence", detail)
}

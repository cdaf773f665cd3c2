//! Tasks that come again, by an RFC 5545 recurrence rule.

use base::value::Refused;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use rrule::{Frequency, RRule, RRuleSet, Unvalidated};

use crate::due::Due;

/// A rule, checked: no finer than daily.
#[derive(Clone, Debug)]
pub struct Recurrence {
    rule: RRule<Unvalidated>,
}

impl Recurrence {
    /// `FREQ=WEEKLY;BYDAY=MO`, without the name of the property.
    ///
    /// # Errors
    /// `invalid_recurrence`.
    pub fn parse(text: &str) -> Result<Self, Refused> {
        let refused = |detail: &'static str| Refused::new("invalid_recurrence", detail);
        let rule: RRule<Unvalidated> =
            text.parse().map_err(|_| refused("Not a recurrence rule as RFC 5545 (3.3.10) writes one."))?;
        if !matches!(rule.get_freq(), Frequency::Daily | Frequency::Weekly | Frequency::Monthly | Frequency::Yearly) {
            return Err(refused("A task comes again daily, weekly, monthly or yearly."));
        }
        if rule.get_interval() == 0 {
            return Err(refused("INTERVAL is 1 or more."));
        }
        if ![rule.get_by_hour(), rule.get_by_minute(), rule.get_by_second()].iter().all(|times| times.is_empty()) {
            return Err(refused("The time of day is that of due_at: leave BYHOUR, BYMINUTE and BYSECOND out."));
        }
        if rule.get_count().is_some() && rule.get_until().is_some() {
            return Err(refused("A rule has a COUNT or an UNTIL, not both."));
        }
        let recurrence = Self { rule };
        recurrence
            .from(DateTime::UNIX_EPOCH, Tz::UTC)
            .ok_or_else(|| refused("The parts of the rule do not go together."))?;
        Ok(recurrence)
    }

    /// When the series that began with `first` is due next, after `due` and not before `now`; `None` when it has ended.
    ///
    /// What was missed is not made up for: whoever completes last week's task late has the coming one next.
    pub fn next(&self, first: DateTime<Utc>, due: Due, zone: Tz, now: DateTime<Utc>) -> Option<Due> {
        let zone = if matches!(due, Due::On(_)) { Tz::UTC } else { zone };
        let series = self.from(first, zone)?;
        let not_before = match due {
            Due::On(_) => now.date_naive().and_time(chrono::NaiveTime::MIN).and_utc(),
            Due::At(_) => now,
        };
        let after = (due.moment() + chrono::Duration::seconds(1)).max(not_before);
        let zone = rrule::Tz::Tz(zone);
        let found = series.after(after.with_timezone(&zone)).all(1).dates.into_iter().next()?;
        Some(match due {
            Due::On(_) => Due::On(found.date_naive()),
            Due::At(_) => Due::At(found.with_timezone(&Utc)),
        })
    }

    fn from(&self, first: DateTime<Utc>, zone: Tz) -> Option<RRuleSet> {
        let first = first.with_timezone(&rrule::Tz::Tz(zone));
        let rule = self.rule.clone().validate(first).ok()?;
        Some(RRuleSet::new(first).rrule(rule).limit())
    }
}

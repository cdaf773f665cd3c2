use chrono::{Datelike, Duration, NaiveDate, NaiveDateTime};
use chrono_tz::Tz;

use base::zone::moment;

use crate::{Rule, rule::End};

/// What a rule makes of its first time: the times at which it comes, as the clocks of the place show them.
#[derive(Clone, Copy, Debug)]
pub struct Series<'r> {
    rule: &'r Rule,
    first: NaiveDateTime,
    zone: Tz,
}

impl<'r> Series<'r> {
    pub(crate) fn new(rule: &'r Rule, first: NaiveDateTime, zone: Tz) -> Self {
        Self { rule, first, zone }
    }

    /// All of them, in their order. Without an end there is no end to them: take what is needed.
    pub fn all(self) -> impl Iterator<Item = NaiveDateTime> + use<'r> {
        self.walk(self.first, 0)
    }

    /// Those from `from` on, in their order. What lies years before is not walked through where it need not be.
    pub fn from(self, from: NaiveDateTime) -> impl Iterator<Item = NaiveDateTime> + use<'r> {
        let is_counted = matches!(self.rule.end(), End::After(_));
        let jumps = !is_counted || self.rule.is_once_a_stride(self.first.weekday());
        let stride = self.rule.stride().filter(|_| jumps);
        let (strides, start) = stride.map_or((0, self.first), |stride| {
            let strides = ((from - self.first).num_days() / stride - 1).max(0);
            (strides, self.first + Duration::days(strides * stride))
        });
        self.walk(start, usize::try_from(strides).unwrap_or(usize::MAX)).skip_while(move |time| *time < from)
    }

    /// Whether it comes on this day, which the clocks of the place show.
    pub fn at(self, day: NaiveDate) -> Option<NaiveDateTime> {
        let time = day.and_time(self.first.time());
        self.from(time).next().filter(|next| *next == time)
    }

    /// Whether it comes at the time that is called its first.
    pub fn begins(self) -> bool {
        self.all().next() == Some(self.first)
    }

    /// The last of them; `None` when there is no end, or not among the first `most`.
    pub fn last(self, most: usize) -> Option<NaiveDateTime> {
        if self.rule.end() == End::Never {
            return None;
        }
        let mut times = self.all();
        let last = times.by_ref().take(most).last();
        last.filter(|_| times.next().is_none())
    }

    /// From `start` on, before which there were so many.
    fn walk(self, start: NaiveDateTime, before: usize) -> impl Iterator<Item = NaiveDateTime> + use<'r> {
        let Self { rule, zone, .. } = self;
        let most = match rule.end() {
            End::After(count) => usize::try_from(count).unwrap_or(usize::MAX).saturating_sub(before),
            _ => usize::MAX,
        };
        let days = rule.days(start).map(|days| (&days).into_iter()).into_iter().flatten();
        days.map(|time| time.naive_utc()).take(most).take_while(move |time| match rule.end() {
            End::With(day) => time.date() <= day,
            End::At(until) => moment(*time, zone) <= until,
            End::Never | End::After(_) => true,
        })
    }
}

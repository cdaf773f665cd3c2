//! The clock of a case. It runs in business time while the case waits for us, stands while it is pending, and stops when it is
//! closed; what is due when is known to the second each time it is turned on or off.

use calendars::{BusinessHours, Target};
use chrono::{DateTime, DurationRound, TimeDelta, Utc};

/// What is promised, and how much of the time has passed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Promise {
    /// Since when the clock runs; `None` while it stands.
    pub since: Option<DateTime<Utc>>,
    /// The seconds of business time that had passed before.
    pub used: i64,
    pub first_response: Goal,
    pub resolution: Goal,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Goal {
    /// In seconds of business time.
    pub target: i64,
    /// When three quarters of it have passed.
    pub risk_at: Option<DateTime<Utc>>,
    /// When all of it has. As forecast while the clock runs; `None` while it stands, unless it was missed before.
    pub due: Option<DateTime<Utc>>,
}

/// Where a case is, as its clock sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Situation {
    pub phase: Phase,
    pub is_answered: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    Running,
    Paused,
    /// Since then.
    Stopped(DateTime<Utc>),
}

impl Promise {
    /// What becomes of it when a case that was in one situation is in another from now on, or is promised something else.
    /// Clocks go by whole seconds.
    #[must_use]
    pub fn turn(
        self,
        hours: &BusinessHours,
        target: Target,
        was: Situation,
        is: Situation,
        now: DateTime<Utc>,
    ) -> Self {
        let now = now.duration_trunc(TimeDelta::seconds(1)).unwrap_or(now);
        let used = self.used + self.since.map_or(0, |since| hours.between(since, now));
        let turn = |goal: Goal, seconds: i64| {
            if goal.is_missed(was.phase, now) {
                return goal;
            }
            let when = |share: i64| if share <= used { Some(now) } else { hours.deadline(now, share - used) };
            match is.phase {
                Phase::Running => Goal { target: seconds, risk_at: when(seconds * 3 / 4), due: when(seconds) },
                Phase::Paused => Goal { target: seconds, risk_at: None, due: None },
                Phase::Stopped(_) => goal,
            }
        };
        let first_response = if was.is_answered || is.is_answered {
            self.first_response
        } else {
            turn(self.first_response, target.first_response)
        };
        Self {
            since: (is.phase == Phase::Running).then_some(now),
            used,
            first_response,
            resolution: turn(self.resolution, target.resolution),
        }
    }
}

impl Goal {
    /// Whether it was missed by the time at which a case in this phase is looked at. A miss stays one, whatever is promised later.
    pub fn is_missed(&self, phase: Phase, now: DateTime<Utc>) -> bool {
        match phase {
            Phase::Running => self.due.is_some_and(|due| due <= now),
            Phase::Paused => self.due.is_some(),
            Phase::Stopped(at) => self.due.is_some_and(|due| due <= at),
        }
    }
}

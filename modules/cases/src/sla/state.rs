//! How a promise stands at the moment at which somebody looks.

use chrono::{DateTime, Utc};
use poem_openapi::{Enum, Object};
use uuid::Uuid;

use super::promise::{Goal, Phase, Situation};
use crate::case::Model;

/// How a promise stands, the best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Enum)]
#[oai(rename_all = "snake_case")]
pub enum SlaState {
    /// It was kept. A case that was closed before anybody had to answer needs no answer any more.
    Met,
    OnTrack,
    /// The case is pending: no time passes.
    Paused,
    /// Three quarters of the time have passed.
    AtRisk,
    Breached,
}

/// One of the promises.
#[derive(Clone, Debug, Object)]
pub struct SlaGoal {
    /// Seconds of business time.
    pub target: i64,
    /// When the time is up, to the second, if the case stays as it is; when it was up, if it was missed or the case is closed.
    /// `null` while the case is pending, and when the business calendar does not have that much time in ten years.
    pub due: Option<DateTime<Utc>>,
    pub done_at: Option<DateTime<Utc>>,
    pub state: SlaState,
}

/// What is promised for a case, by its policy and calendar as they were when its clock was last turned: by opening it, by another
/// status or priority, or by an answer.
#[derive(Clone, Debug, Object)]
pub struct CaseSla {
    /// `null`: the built-in one.
    pub policy_id: Option<Uuid>,
    /// The worse of the two.
    pub state: SlaState,
    /// Kept by the first public comment of a member.
    pub first_response: SlaGoal,
    /// Kept by closing the case. Opened again, its clock goes on from where it stood.
    pub resolution: SlaGoal,
}

impl CaseSla {
    pub fn of(row: &Model, now: DateTime<Utc>) -> Self {
        let (promise, situation) = (row.promise(), row.situation());
        let first_response = promise.first_response.shown(situation, row.first_responded_at, now);
        let resolution = promise.resolution.shown(situation, row.closed_at, now);
        let state = first_response.state.max(resolution.state);
        Self { policy_id: row.sla_policy_id, state, first_response, resolution }
    }
}

impl Goal {
    fn shown(self, situation: Situation, done_at: Option<DateTime<Utc>>, now: DateTime<Utc>) -> SlaGoal {
        let state = match (done_at, situation.phase) {
            (Some(done), _) if self.due.is_some_and(|due| due <= done) => SlaState::Breached,
            (None, phase) if self.is_missed(phase, now) => SlaState::Breached,
            (Some(_), _) | (None, Phase::Stopped(_)) => SlaState::Met,
            (None, Phase::Paused) => SlaState::Paused,
            (None, Phase::Running) if self.risk_at.is_some_and(|risk| risk <= now) => SlaState::AtRisk,
            (None, Phase::Running) => SlaState::OnTrack,
        };
        SlaGoal { target: self.target, due: self.due, done_at, state }
    }
}

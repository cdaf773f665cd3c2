//! The promise, as a case's row keeps it.

use base::{Fields, IfMatch, Result, Tx, Verb};
use calendars::{Priority, Sla};
use notes::Said;

use super::{
    alarm,
    promise::{Goal, Phase, Promise, Situation},
};
use crate::{
    case::{Entity, Model},
    view::{CasePriority, CaseStatus},
};

/// Turns the clock of a case when it is opened, and whenever it is paused, closed, opened again, answered, or another priority.
/// It goes by its policy as that is then; a case that has none goes by what is in force.
pub async fn turn(tx: &Tx, row: &mut Model, before: Option<&Model>) -> Result<()> {
    let (was, is) = (before.map(Model::situation), row.situation());
    if before.is_some_and(|before| was == Some(is) && before.priority == row.priority) {
        return Ok(());
    }
    let sla = match row.sla_policy_id {
        Some(policy) => Sla::by_policy(tx, policy).await?,
        None => Sla::in_force(tx).await?,
    };
    let target = sla.targets.of(row.priority.into());
    let fresh = Situation { phase: Phase::Paused, is_answered: false };
    let promise = row.promise().turn(&sla.hours, target, was.unwrap_or(fresh), is, tx.now());
    row.sla_policy_id = sla.policy;
    row.keep(promise);
    Ok(())
}

/// A member's first public comment answers an open case.
pub async fn answered(tx: &Tx, said: &Said) -> Result<()> {
    if !said.is_public || said.by.is_none() {
        return Ok(());
    }
    let before = tx.open::<Entity>(said.on, Verb::VIEW, &IfMatch::ANY).await?;
    if before.first_responded_at.is_some() || before.status.is_closed() {
        return Ok(());
    }
    let mut after = Model { first_responded_at: Some(tx.now()), ..before.clone() };
    turn(tx, &mut after, Some(&before)).await?;
    after.first_response_seconds = Some(after.clock_seconds);
    let row = tx.update_as::<Entity>(&before, after, "answered", Fields::none()).await?;
    alarm::set(tx, Some(&before), &row).await
}

impl Model {
    pub(super) fn situation(&self) -> Situation {
        let phase = match (self.status, self.closed_at) {
            (CaseStatus::Pending, _) => Phase::Paused,
            (_, Some(at)) => Phase::Stopped(at),
            (_, None) => Phase::Running,
        };
        Situation { phase, is_answered: self.first_responded_at.is_some() }
    }

    pub(super) fn promise(&self) -> Promise {
        Promise {
            since: self.clock_since,
            used: self.clock_seconds,
            first_response: Goal {
                target: self.first_response_target,
                risk_at: self.first_response_risk_at,
                due: self.first_response_due,
            },
            resolution: Goal {
                target: self.resolution_target,
                risk_at: self.resolution_risk_at,
                due: self.resolution_due,
            },
        }
    }

    fn keep(&mut self, Promise { since, used, first_response, resolution }: Promise) {
        (self.clock_since, self.clock_seconds) = (since, used);
        self.first_response_target = first_response.target;
        (self.first_response_risk_at, self.first_response_due) = (first_response.risk_at, first_response.due);
        self.resolution_target = resolution.target;
        (self.resolution_risk_at, self.resolution_due) = (resolution.risk_at, resolution.due);
    }
}

impl From<CasePriority> for Priority {
    fn from(priority: CasePriority) -> Self {
        match priority {
            CasePriority::Low => Self::Low,
            CasePriority::Normal => Self::Normal,
            CasePriority::High => Self::High,
            CasePriority::Urgent => Self::Urgent,
        }
    }
}

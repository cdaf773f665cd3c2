//! What is promised for a case.

use base::{Ref, Result, Tx};
use chrono::{DateTime, Utc};
use sea_orm::ColumnTrait;
use uuid::Uuid;

use crate::{
    calendar,
    hours::BusinessHours,
    policy::{self, Targets, view::SlaInForce},
};

/// How urgent a case is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Priority {
    Low,
    #[default]
    Normal,
    High,
    Urgent,
}

/// What is promised, and the time that counts.
#[derive(Clone, Debug)]
pub struct Sla {
    /// `None`: the built-in one.
    pub policy: Option<Uuid>,
    pub targets: Targets,
    pub hours: BusinessHours,
}

impl Sla {
    /// What holds for a new case: the default policy, or else the built-in one. Two statements.
    pub async fn in_force(tx: &Tx) -> Result<Self> {
        let (policy, calendar) = default(tx).await?;
        Ok(Self::of(policy.as_ref(), calendar.as_ref()))
    }

    /// What this policy promises; what holds for a new case when it is not there any more. Two statements, or four.
    pub async fn by_policy(tx: &Tx, policy: Uuid) -> Result<Self> {
        let Some(policy) = tx.find::<policy::Entity>().ids([policy]).await?.pop() else {
            return Self::in_force(tx).await;
        };
        let calendar = tx.find::<calendar::Entity>().ids(policy.calendar_id).await?.pop();
        Ok(Self::of(Some(&policy), calendar.as_ref()))
    }

    /// When somebody has to have answered a case that came in at `opened`; `None` when the calendar never has that much time.
    #[must_use]
    pub fn first_response_due(&self, priority: Priority, opened: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.hours.deadline(opened, self.targets.of(priority).first_response)
    }

    /// When it has to be resolved, if the clock never stops.
    #[must_use]
    pub fn resolution_due(&self, priority: Priority, opened: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.hours.deadline(opened, self.targets.of(priority).resolution)
    }

    fn of(policy: Option<&policy::Model>, calendar: Option<&calendar::Model>) -> Self {
        Self {
            policy: policy.map(|policy| policy.id),
            targets: policy.map(|policy| policy.targets).unwrap_or_default(),
            hours: calendar.map_or_else(BusinessHours::around_the_clock, calendar::Model::hours),
        }
    }
}

/// The same, as it is shown.
pub async fn in_force(tx: &Tx) -> Result<SlaInForce> {
    let (policy, calendar) = default(tx).await?;
    Ok(SlaInForce {
        targets: policy.as_ref().map(|policy| policy.targets).unwrap_or_default(),
        policy: policy.map(|policy| Ref { id: policy.id, name: policy.name }),
        calendar: calendar.map(|calendar| Ref { id: calendar.id, name: calendar.name }),
    })
}

/// The default policy with its calendar; without one, the default calendar.
async fn default(tx: &Tx) -> Result<(Option<policy::Model>, Option<calendar::Model>)> {
    let policy = tx.find::<policy::Entity>().filter(policy::Column::IsDefault.eq(true)).one().await?;
    let calendars = tx.find::<calendar::Entity>();
    let calendar = match &policy {
        Some(policy) => calendars.ids(policy.calendar_id).await?.pop(),
        None => calendars.filter(calendar::Column::IsDefault.eq(true)).one().await?,
    };
    Ok((policy, calendar))
}

//! The leads that take part in an event.

use std::collections::BTreeSet;

use base::{Beside, Checked, Faults, Fields, Result, Tx, value::Change};
use sea_orm::{ColumnTrait, Condition};
use uuid::Uuid;

use crate::{
    event::{self, Model},
    event_lead::{Column, Entity, Model as Link},
};

/// The leads that a body names; `None` leaves what is there.
#[derive(Clone, Debug, Default)]
pub struct Prospects(pub Option<Vec<Uuid>>);

/// As they were and as they will be: checked, not yet kept.
pub struct Regrouped {
    was: BTreeSet<Uuid>,
    will: BTreeSet<Uuid>,
}

impl From<Change<Vec<Uuid>>> for Prospects {
    fn from(change: Change<Vec<Uuid>>) -> Self {
        Self(change.into_option())
    }
}

impl Beside<event::Entity> for Prospects {
    type Checked = Regrouped;

    /// Leads that the actor may not see stay: whoever does not see them does not leave them out on purpose.
    async fn check(self, tx: &Tx, record: Option<Uuid>, faults: &mut Faults) -> Result<Regrouped> {
        let Some(wanted) = self.0 else {
            return Ok(Regrouped { was: BTreeSet::new(), will: BTreeSet::new() });
        };
        let was = match record {
            Some(id) => taking_part(tx, id).await?,
            None => BTreeSet::new(),
        };
        let wanted: BTreeSet<Uuid> = wanted.into_iter().collect();
        let new: Vec<Uuid> = wanted.difference(&was).copied().collect();
        if seen(tx, new.iter().copied()).await?.len() != new.len() {
            faults.add("/leads", "unknown_reference", "There is no such lead.");
        }
        let left_out = seen(tx, was.difference(&wanted).copied()).await?;
        let will = was.iter().filter(|id| !left_out.contains(id)).copied().chain(wanted).collect();
        Ok(Regrouped { was, will })
    }
}

impl Checked<event::Entity> for Regrouped {
    fn fields(&self) -> Fields {
        Fields::none().with("leads", &self.was, &self.will)
    }

    async fn keep(self, tx: &Tx, row: &Model) -> Result<()> {
        let gone: Vec<Uuid> = self.was.difference(&self.will).copied().collect();
        if !gone.is_empty() {
            let these = Condition::all().add(Column::EventId.eq(row.id)).add(Column::LeadId.is_in(gone));
            tx.unlink::<Entity>(these).await?;
        }
        link(tx, row.id, self.will.difference(&self.was).copied()).await
    }
}

/// The leads that take part, whether the actor sees them or not.
pub async fn taking_part(tx: &Tx, event: Uuid) -> Result<BTreeSet<Uuid>> {
    let links = tx.links::<Entity>(Column::EventId.eq(event)).await?;
    Ok(links.into_iter().map(|link| link.lead_id).collect())
}

pub async fn link(tx: &Tx, event_id: Uuid, leads: impl IntoIterator<Item = Uuid>) -> Result<()> {
    tx.link::<Entity>(leads.into_iter().map(|lead_id| Link { event_id, lead_id, ..Link::default() })).await
}

/// Those of these leads that the actor may see.
pub async fn seen(tx: &Tx, ids: impl IntoIterator<Item = Uuid>) -> Result<BTreeSet<Uuid>> {
    Ok(tx.find::<leads::Entity>().ids(ids).await?.into_iter().map(|lead| lead.id).collect())
}

//! The contacts that have to do with a lead.

use std::collections::{BTreeSet, HashMap};

use base::{Faults, Fields, Result, Tx};
use sea_orm::{ColumnTrait, Condition};
use uuid::Uuid;

use crate::lead_contact::{Column, Entity, Model};

/// The contacts of a lead as they were and as they will be: checked, not yet kept.
pub struct People {
    was: BTreeSet<Uuid>,
    will: BTreeSet<Uuid>,
}

impl People {
    pub async fn of_new(tx: &Tx, wanted: Option<Vec<Uuid>>, faults: &mut Faults) -> Result<Self> {
        Self::against(tx, wanted, BTreeSet::new(), faults).await
    }

    pub async fn of(tx: &Tx, lead: Uuid, wanted: Option<Vec<Uuid>>, faults: &mut Faults) -> Result<Self> {
        let links = tx.links::<Entity>(Column::LeadId.eq(lead)).await?;
        Self::against(tx, wanted, links.into_iter().map(|link| link.contact_id).collect(), faults).await
    }

    /// Contacts that the actor may not see stay: whoever does not see them does not leave them out on purpose.
    async fn against(tx: &Tx, wanted: Option<Vec<Uuid>>, was: BTreeSet<Uuid>, faults: &mut Faults) -> Result<Self> {
        let Some(wanted) = wanted else {
            return Ok(Self { will: was.clone(), was });
        };
        let wanted: BTreeSet<Uuid> = wanted.into_iter().collect();
        let new: Vec<Uuid> = wanted.difference(&was).copied().collect();
        contacts::known(tx, &new, "/contacts", faults).await?;
        let seen = contacts::names(tx, was.difference(&wanted).copied()).await?;
        let will = was.iter().filter(|id| !seen.contains_key(id)).copied().chain(wanted).collect();
        Ok(Self { was, will })
    }

    /// For the change log, with the lead's own fields.
    pub fn log(&self, fields: Fields) -> Fields {
        fields.with("contacts", &self.was, &self.will)
    }

    pub async fn keep(self, tx: &Tx, lead: Uuid) -> Result<()> {
        let gone: Vec<Uuid> = self.was.difference(&self.will).copied().collect();
        if !gone.is_empty() {
            let these = Condition::all().add(Column::LeadId.eq(lead)).add(Column::ContactId.is_in(gone));
            tx.unlink::<Entity>(these).await?;
        }
        tx.link::<Entity>(self.will.difference(&self.was).map(|contact| Model::between(lead, *contact))).await
    }
}

/// The contacts of many leads, by lead.
pub async fn linked(tx: &Tx, leads: &[Uuid]) -> Result<HashMap<Uuid, Vec<Uuid>>> {
    if leads.is_empty() {
        return Ok(HashMap::new());
    }
    let mut by_lead: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    for link in tx.links::<Entity>(Column::LeadId.is_in(leads.iter().copied())).await? {
        by_lead.entry(link.lead_id).or_default().push(link.contact_id);
    }
    Ok(by_lead)
}

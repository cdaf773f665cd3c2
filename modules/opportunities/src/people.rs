//! The contacts that have a say in an opportunity.

use std::collections::BTreeSet;

use base::{Faults, Fields, Result, Tx};
use sea_orm::{ColumnTrait, Condition};
use uuid::Uuid;

use crate::opportunity_contact::{Column, Entity, Model};

type Ids = BTreeSet<Uuid>;

/// The contacts as they were and as they will be: checked, not yet kept.
#[derive(Default)]
pub struct Regrouped {
    was: Ids,
    will: Ids,
}

/// The contacts of many opportunities, as links.
pub async fn of(tx: &Tx, opportunities: &[Uuid]) -> Result<Vec<Model>> {
    if opportunities.is_empty() {
        return Ok(Vec::new());
    }
    tx.links::<Entity>(Column::OpportunityId.is_in(opportunities.iter().copied())).await
}

/// The contacts of a new opportunity.
pub async fn group(tx: &Tx, wanted: Vec<Uuid>, faults: &mut Faults) -> Result<Regrouped> {
    contacts::known(tx, &wanted, "/contacts", faults).await?;
    Ok(Regrouped { was: Ids::new(), will: wanted.into_iter().collect() })
}

/// What a body changes of an opportunity's contacts. Those that the actor does not see stay.
pub async fn regroup(tx: &Tx, opportunity: Uuid, wanted: Option<Vec<Uuid>>, faults: &mut Faults) -> Result<Regrouped> {
    let Some(wanted) = wanted else {
        return Ok(Regrouped::default());
    };
    let was: Ids = of(tx, &[opportunity]).await?.into_iter().map(|link| link.contact_id).collect();
    let seen = contacts::names(tx, was.iter().chain(&wanted).copied()).await?;
    if wanted.iter().any(|id| !seen.contains_key(id)) {
        faults.add("/contacts", "unknown_reference", "There is no such contact.");
    }
    let unseen = was.iter().filter(|id| !seen.contains_key(id)).copied();
    let will = unseen.chain(wanted).collect();
    Ok(Regrouped { was, will })
}

impl Regrouped {
    /// For the change log, with the record's own fields.
    pub fn log(&self, fields: Fields) -> Fields {
        fields.with("contacts", &self.was, &self.will)
    }

    pub async fn keep(self, tx: &Tx, opportunity: Uuid) -> Result<()> {
        let Self { was, will } = self;
        let gone: Vec<Uuid> = was.difference(&will).copied().collect();
        if !gone.is_empty() {
            let these = Condition::all().add(Column::OpportunityId.eq(opportunity)).add(Column::ContactId.is_in(gone));
            tx.unlink::<Entity>(these).await?;
        }
        let new = will.difference(&was).copied();
        tx.link::<Entity>(new.map(|contact_id| Model { opportunity_id: opportunity, contact_id, ..Model::default() }))
            .await
    }
}

//! The contacts that have to do with a record of another kind: one way for every module that has such links.

use std::{
    collections::{BTreeSet, HashMap},
    marker::PhantomData,
};

use base::{Beside, Checked, Faults, Fields, Link, Record, Result, Row, Tx};
use sea_orm::{ColumnTrait, Condition};
use uuid::Uuid;

use crate::find::{known, names};

/// A link table between records of a kind and contacts.
pub trait ContactLink: Link<Column: Send> {
    /// Its columns for the record and for the contact.
    const ENDS: (Self::Column, Self::Column);

    fn between(record: Uuid, contact: Uuid) -> Self::Model;

    /// The record and the contact.
    fn ends(link: &Self::Model) -> (Uuid, Uuid);
}

/// The contacts that a body names; `None` leaves what is there.
#[derive(Clone, Debug)]
pub struct People<L> {
    wanted: Option<Vec<Uuid>>,
    link: PhantomData<fn() -> L>,
}

/// The contacts as they were and as they will be: checked, not yet kept.
pub struct Regrouped<L> {
    was: BTreeSet<Uuid>,
    will: BTreeSet<Uuid>,
    link: PhantomData<fn() -> L>,
}

impl<L> Default for People<L> {
    fn default() -> Self {
        None.into()
    }
}

impl<L> From<Option<Vec<Uuid>>> for People<L> {
    fn from(wanted: Option<Vec<Uuid>>) -> Self {
        Self { wanted, link: PhantomData }
    }
}

impl<R: Record, L: ContactLink> Beside<R> for People<L> {
    type Checked = Regrouped<L>;

    /// Contacts that the actor may not see stay: whoever does not see them does not leave them out on purpose.
    async fn check(self, tx: &Tx, record: Option<Uuid>, faults: &mut Faults) -> Result<Regrouped<L>> {
        let link = PhantomData;
        let Some(wanted) = self.wanted else {
            return Ok(Regrouped { was: BTreeSet::new(), will: BTreeSet::new(), link });
        };
        let was: BTreeSet<Uuid> = match record {
            Some(id) => linked::<L>(tx, &[id]).await?.remove(&id).unwrap_or_default().into_iter().collect(),
            None => BTreeSet::new(),
        };
        let wanted: BTreeSet<Uuid> = wanted.into_iter().collect();
        let new: Vec<Uuid> = wanted.difference(&was).copied().collect();
        known(tx, &new, "/contacts", faults).await?;
        let seen = names(tx, was.difference(&wanted).copied()).await?;
        let will = was.iter().filter(|id| !seen.contains_key(id)).copied().chain(wanted).collect();
        Ok(Regrouped { was, will, link })
    }
}

impl<R: Record, L: ContactLink> Checked<R> for Regrouped<L> {
    fn fields(&self) -> Fields {
        Fields::none().with("contacts", &self.was, &self.will)
    }

    async fn keep(self, tx: &Tx, row: &R::Model) -> Result<()> {
        let (record, contact) = L::ENDS;
        let gone: Vec<Uuid> = self.was.difference(&self.will).copied().collect();
        if !gone.is_empty() {
            tx.unlink::<L>(Condition::all().add(record.eq(row.id())).add(contact.is_in(gone))).await?;
        }
        tx.link::<L>(self.will.difference(&self.was).map(|contact| L::between(row.id(), *contact))).await
    }
}

/// The contacts of many records, by record. Whether the actor sees them is another question.
pub async fn linked<L: ContactLink>(tx: &Tx, records: &[Uuid]) -> Result<HashMap<Uuid, Vec<Uuid>>> {
    let mut all: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    if records.is_empty() {
        return Ok(all);
    }
    for link in tx.links::<L>(L::ENDS.0.is_in(records.iter().copied())).await? {
        let (record, contact) = L::ends(&link);
        all.entry(record).or_default().push(contact);
    }
    Ok(all)
}

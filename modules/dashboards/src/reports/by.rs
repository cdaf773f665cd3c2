//! By what a report is split, beside its periods.

use std::collections::{BTreeSet, HashMap};

use base::{Listed, Result, Total, Totals, Tx};
use uuid::Uuid;

pub enum By<E: Listed> {
    Nothing,
    Column(E::Column),
    /// Each member to whom something is assigned.
    Owner,
    /// Each team, with what is assigned to it or to whoever is in it now.
    Team,
}

/// Of what a line is.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Of {
    All,
    Value(Option<String>),
    Member(Option<Uuid>),
    Team(Uuid),
}

impl<E: Listed> By<E> {
    /// As the last key of a question.
    pub fn split<'t>(&self, tx: &Tx, totals: Totals<'t, E>) -> Totals<'t, E> {
        match self {
            Self::Nothing => totals,
            Self::Column(column) => totals.by(*column),
            Self::Owner => totals.by_assignee(),
            Self::Team => totals.by_holder(teams::holders(tx.actor().org())),
        }
    }

    /// What its key says, which stands at `place`.
    pub fn of(&self, total: &Total, place: usize) -> Result<Of> {
        Ok(match self {
            Self::Nothing => Of::All,
            Self::Column(_) => Of::Value(total.key(place)?),
            Self::Owner => Of::Member(total.key(place)?),
            Self::Team => Of::Team(total.key(place)?),
        })
    }
}

impl Of {
    pub fn key(&self) -> Option<String> {
        match self {
            Self::All => None,
            Self::Value(value) => value.clone(),
            Self::Member(id) => id.as_ref().map(Uuid::to_string),
            Self::Team(id) => Some(id.to_string()),
        }
    }

    pub fn name(&self, names: &HashMap<Uuid, String>) -> Option<String> {
        match self {
            Self::All | Self::Member(None) => None,
            Self::Value(value) => value.clone(),
            Self::Member(Some(id)) | Self::Team(id) => names.get(id).cloned(),
        }
    }
}

/// What members and teams are called.
pub async fn names(tx: &Tx, all: &BTreeSet<Of>) -> Result<HashMap<Uuid, String>> {
    let members = all.iter().filter_map(|of| if let Of::Member(id) = of { *id } else { None });
    let teams = all.iter().filter_map(|of| if let Of::Team(id) = of { Some(*id) } else { None });
    let mut names = teams::names(tx, teams).await?;
    names.extend(tx.people(members).await?.into_iter().map(|(id, person)| (id, person.name)));
    Ok(names)
}

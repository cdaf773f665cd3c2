//! Who there is.

use std::collections::{BTreeSet, HashMap};

use base::{Ref, Result, Tx, people::Person};
use uuid::Uuid;

use super::book::Entry;

/// The people of some rules, and their teams.
#[derive(Default)]
pub struct Staff {
    /// Those that are not in the trash, by name.
    teams: HashMap<Uuid, String>,
    rosters: HashMap<Uuid, BTreeSet<Uuid>>,
    people: HashMap<Uuid, Person>,
}

impl Staff {
    pub async fn of<'e>(tx: &Tx, entries: impl Iterator<Item = &'e Entry> + Clone) -> Result<Self> {
        let named: BTreeSet<Uuid> = entries.clone().filter_map(|entry| entry.rule.team_id).collect();
        let teams = teams::names(tx, named).await?;
        let rosters = teams::rosters(tx, teams.keys().copied()).await?;
        let everyone: BTreeSet<Uuid> =
            entries.flat_map(|entry| &entry.members).chain(rosters.values().flatten()).copied().collect();
        let people = tx.people(everyone).await?;
        Ok(Self { teams, rosters, people })
    }

    /// The members of a rule, or those of its team by their ids.
    fn all(&self, entry: &Entry) -> Vec<Uuid> {
        match entry.rule.team_id {
            Some(team) => self.rosters.get(&team).into_iter().flatten().copied().collect(),
            None => entry.members.clone(),
        }
    }

    /// Those of them who are there, in their order.
    pub fn present(&self, entry: &Entry) -> Vec<Uuid> {
        self.all(entry).into_iter().filter(|user| self.is_there(user)).collect()
    }

    /// And those who are not, by name.
    pub fn gone(&self, entry: &Entry) -> Vec<Ref> {
        self.all(entry).into_iter().filter(|user| !self.is_there(user)).filter_map(|user| self.person(user)).collect()
    }

    pub fn person(&self, user: Uuid) -> Option<Ref> {
        self.people.get(&user).map(|person| Ref { id: user, name: person.name.clone() })
    }

    pub fn team(&self, team: Uuid) -> Option<Ref> {
        Ref::of(team, &self.teams)
    }

    fn is_there(&self, user: &Uuid) -> bool {
        self.people.get(user).is_some_and(|person| person.is_active)
    }
}

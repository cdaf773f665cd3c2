//! Who is in a team.

use std::collections::{BTreeSet, HashMap};

use base::{Beside, Checked, Faults, Fields, IfMatch, Result, Tx, Verb};
use sea_orm::{ColumnTrait, ExprTrait};
use uuid::Uuid;

use crate::{
    team,
    team_member::{Column, Entity, Model},
};

/// The names of those of `ids` that are teams here and not in the trash.
///
/// # Errors
/// The database's alone.
pub async fn names(tx: &Tx, ids: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, String>> {
    let teams = tx.find::<team::Entity>().ids(ids).await?;
    Ok(teams.into_iter().map(|team| (team.id, team.name)).collect())
}

/// The user ids of the people in each of `teams`.
pub async fn of(tx: &Tx, teams: impl IntoIterator<Item = Uuid>) -> Result<HashMap<Uuid, BTreeSet<Uuid>>> {
    let teams: Vec<Uuid> = teams.into_iter().collect();
    if teams.is_empty() {
        return Ok(HashMap::new());
    }
    let links = tx.links::<Entity>(Column::TeamId.is_in(teams)).await?;
    let mut rosters: HashMap<Uuid, BTreeSet<Uuid>> = HashMap::new();
    for link in links {
        rosters.entry(link.team_id).or_default().insert(link.member_user_id);
    }
    Ok(rosters)
}

/// Takes somebody who leaves the organisation out of all its teams, each with its own change in the log.
///
/// # Errors
/// The database's alone.
pub async fn leave(tx: &Tx, user: Uuid) -> Result<()> {
    let theirs = tx.links::<Entity>(Column::MemberUserId.eq(user)).await?;
    let mut teams: Vec<Uuid> = theirs.into_iter().map(|link| link.team_id).collect();
    // In one order, so that two who leave at once do not wait for each other.
    teams.sort();
    for team in teams {
        let team = match tx.open::<team::Entity>(team, Verb::VIEW, &IfMatch::ANY).await {
            Err(error) if error.is_not_found() => tx.open_trashed::<team::Entity>(team, Verb::VIEW).await?,
            found => found?,
        };
        let was = of(tx, [team.id]).await?.remove(&team.id).unwrap_or_default();
        let changes = Changes { will: was.iter().copied().filter(|member| *member != user).collect(), was };
        let team = tx.update::<team::Entity>(&team, team.clone(), changes.fields()).await?;
        changes.keep(tx, &team).await?;
    }
    Ok(())
}

/// Everybody who is to be in a team; `None` leaves them.
pub struct Roster(pub Option<Vec<Uuid>>);

/// Who was in a team and who will be: checked, not yet kept.
#[derive(Default)]
pub struct Changes {
    was: BTreeSet<Uuid>,
    will: BTreeSet<Uuid>,
}

impl Beside<team::Entity> for Roster {
    type Checked = Changes;

    /// A fault for each who is neither an active member here nor in the team already.
    async fn check(self, tx: &Tx, team: Option<Uuid>, faults: &mut Faults) -> Result<Changes> {
        let Some(users) = self.0 else {
            return Ok(Changes::default());
        };
        let was = of(tx, team).await?.into_values().next().unwrap_or_default();
        let people = tx.people(users.iter().copied()).await?;
        for (place, user) in users.iter().enumerate() {
            let active = people.get(user).is_some_and(|person| person.is_active);
            if !active && !was.contains(user) {
                faults.add(format!("/members/{place}"), "unknown_member", "Not an active member of the organisation.");
            }
        }
        Ok(Changes { was, will: users.into_iter().collect() })
    }
}

impl Checked<team::Entity> for Changes {
    fn fields(&self) -> Fields {
        Fields::none().with("members", &self.was, &self.will)
    }

    async fn keep(self, tx: &Tx, team: &team::Model) -> Result<()> {
        let gone: Vec<Uuid> = self.was.difference(&self.will).copied().collect();
        if !gone.is_empty() {
            tx.unlink::<Entity>(Column::TeamId.eq(team.id).and(Column::MemberUserId.is_in(gone))).await?;
        }
        let new = self.will.difference(&self.was);
        tx.link::<Entity>(new.map(|user| Model { team_id: team.id, member_user_id: *user, ..Model::default() })).await
    }
}

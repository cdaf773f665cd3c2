//! Who is in a team.

use std::collections::{BTreeSet, HashMap};

use base::{Error, Faults, Fields, Result, Tx, Verb, access};
use sea_orm::{ColumnTrait, ExprTrait};
use uuid::Uuid;

use crate::{
    NewTeam, team,
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
    let links = tx.links::<Entity>(Column::TeamId.is_in(teams)).await?;
    let mut rosters: HashMap<Uuid, BTreeSet<Uuid>> = HashMap::new();
    for link in links {
        rosters.entry(link.team_id).or_default().insert(link.member_user_id);
    }
    Ok(rosters)
}

/// A new team with its people.
pub async fn create(tx: &Tx, new: NewTeam) -> Result<team::Model> {
    access::scope::<team::Entity>(tx.actor(), Verb::CREATE).ok_or_else(Error::forbidden)?;
    let none = BTreeSet::new();
    let members = check(tx, &new.members, &none).await?;
    let mut team = team::Model::default();
    new.write(&mut team);
    let team = tx.insert::<team::Entity>(team, Fields::none().with("members", &none, &members)).await?;
    replace(tx, team.id, &none, &members).await?;
    Ok(team)
}

/// The team as it is to be; `members` is everybody who is to be in it, `None` leaves them.
pub async fn update(
    tx: &Tx,
    before: &team::Model,
    after: team::Model,
    members: Option<&[Uuid]>,
) -> Result<team::Model> {
    let Some(members) = members else {
        return tx.update::<team::Entity>(before, after, Fields::none()).await;
    };
    let present = of(tx, [before.id]).await?.remove(&before.id).unwrap_or_default();
    let members = check(tx, members, &present).await?;
    let team = tx.update::<team::Entity>(before, after, Fields::none().with("members", &present, &members)).await?;
    replace(tx, team.id, &present, &members).await?;
    Ok(team)
}

/// 422 for each of `users` who is neither an active member here nor in the team already.
async fn check(tx: &Tx, users: &[Uuid], already: &BTreeSet<Uuid>) -> Result<BTreeSet<Uuid>> {
    let people = tx.people(users.iter().copied()).await?;
    let mut faults = Faults::new();
    for (place, user) in users.iter().enumerate() {
        let active = people.get(user).is_some_and(|person| person.is_active);
        if !active && !already.contains(user) {
            faults.add(format!("/members/{place}"), "unknown_member", "Not an active member of the organisation.");
        }
    }
    faults.check()?;
    Ok(users.iter().copied().collect())
}

/// Makes `after` of `before`. The caller logs it on the team.
async fn replace(tx: &Tx, team: Uuid, before: &BTreeSet<Uuid>, after: &BTreeSet<Uuid>) -> Result<()> {
    let gone: Vec<Uuid> = before.difference(after).copied().collect();
    if !gone.is_empty() {
        tx.unlink::<Entity>(Column::TeamId.eq(team).and(Column::MemberUserId.is_in(gone))).await?;
    }
    let new = after.difference(before).map(|user| Model { team_id: team, member_user_id: *user, ..Model::default() });
    tx.link::<Entity>(new).await
}

use base::{Record, Result, Tx};
use uuid::Uuid;

use crate::{
    tied::tied,
    ties::{News, Ties},
};

/// The assignees, teams and tags of a record, to give them to another: those who have left and what is in the trash stay
/// behind.
pub async fn living_ties<R: Record>(tx: &Tx, id: Uuid) -> Result<Ties> {
    let tied = tied::<R>(tx, &[id]).await?.remove(&id).unwrap_or_default();
    let people = tx.people(tied.assigned_to.iter().map(|member| member.id)).await?;
    let active = |user: &Uuid| people.get(user).is_some_and(|person| person.is_active);
    Ok(Ties {
        assigned_to: Some(tied.assigned_to.iter().map(|member| member.id).filter(active).collect()),
        teams: Some(tied.teams.iter().map(|team| team.id).collect()),
        tags: Some(tied.tags.iter().map(|tag| tag.id).collect()),
        news: News::CarriedOver,
    })
}

use std::collections::BTreeSet;

use base::{Resource, Result, Tx, people::Ref};
use uuid::Uuid;

use crate::{
    roster::{self, Roster},
    team::{Entity, Model},
    view::TeamView,
};

impl Resource for Entity {
    type View = TeamView;
    type Beside = Roster;

    /// Two statements, however many they are.
    async fn show(tx: &Tx, teams: Vec<Model>) -> Result<Vec<TeamView>> {
        let mut rosters = roster::of(tx, teams.iter().map(|team| team.id)).await?;
        let authors = teams.iter().flat_map(|team| [team.created_by, team.updated_by]).flatten();
        let everyone: BTreeSet<Uuid> = rosters.values().flatten().copied().chain(authors).collect();
        let people = tx.people(everyone).await?;
        let person = |id: Uuid| people.get(&id).map(|person| Ref { id, name: person.name.clone() });
        let views = teams.into_iter().map(|team| {
            let roster = rosters.remove(&team.id).unwrap_or_default();
            let mut members: Vec<Ref> = roster.into_iter().filter_map(person).collect();
            members.sort_by(|a, b| (&a.name, a.id).cmp(&(&b.name, b.id)));
            TeamView {
                id: team.id,
                name: team.name,
                description: team.description,
                members,
                created_at: team.created_at,
                created_by: team.created_by.and_then(person),
                updated_at: team.updated_at,
                updated_by: team.updated_by.and_then(person),
                version: team.version,
            }
        });
        Ok(views.collect())
    }
}

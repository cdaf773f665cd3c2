use std::collections::{BTreeSet, HashMap};

use base::{Error, Faults, Ref, Resource, Result, Stamp, Tx};
use uuid::Uuid;

use super::{
    reach,
    row::{Entity, MacroVisibility, Model},
    view::MacroView,
};

impl Resource for Entity {
    type View = MacroView;
    type Beside = ();

    async fn check(tx: &Tx, row: &mut Model, before: Option<&Model>, faults: &mut Faults) -> Result<()> {
        reach::permit(tx, row.visibility)?;
        let me = tx.actor().user().ok_or_else(Error::forbidden)?;
        row.owner_id = (row.visibility == MacroVisibility::Personal).then_some(me);
        whose(tx, row, before, faults).await?;
        // What they name may have gone since: that is told by running them.
        if before.is_none_or(|before| before.actions != row.actions) {
            for (n, action) in row.actions.0.iter().enumerate() {
                action.check(tx, n, faults).await?;
            }
        }
        Ok(())
    }

    async fn show(tx: &Tx, rows: Vec<Model>) -> Result<Vec<MacroView>> {
        let people = tx.people(rows.iter().filter_map(|row| row.owner_id).collect::<BTreeSet<_>>()).await?;
        let people: HashMap<Uuid, String> = people.into_iter().map(|(id, person)| (id, person.name)).collect();
        let teams = teams::names(tx, rows.iter().filter_map(|row| row.team_id).collect::<BTreeSet<_>>()).await?;
        let view = |row: Model| MacroView {
            stamp: Stamp::of(&row),
            owner: row.owner_id.and_then(|id| Ref::of(id, &people)),
            team: row.team_id.and_then(|id| Ref::of(id, &teams)),
            name: row.name,
            description: row.description,
            visibility: row.visibility,
            actions: row.actions.0,
        };
        Ok(rows.into_iter().map(view).collect())
    }
}

/// A team's macro names it, and no other does. One that ceases to be a team's forgets which.
async fn whose(tx: &Tx, row: &mut Model, before: Option<&Model>, faults: &mut Faults) -> Result<()> {
    let was = before.and_then(|before| before.team_id);
    match (row.visibility, row.team_id) {
        (MacroVisibility::Team, None) => {
            faults.add("/team_id", "required", "Must be given for a macro of a team.");
        }
        (MacroVisibility::Team, Some(team)) => {
            if was != Some(team) && teams::names(tx, [team]).await?.is_empty() {
                faults.add("/team_id", "unknown_reference", "There is no such team.");
            }
        }
        (_, Some(team)) if was != Some(team) => {
            faults.add("/team_id", "not_of_a_team", "Only a macro with the visibility team has one.");
        }
        _ => row.team_id = None,
    }
    Ok(())
}

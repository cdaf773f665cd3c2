//! Cases that are parts of others: three generations at most, and nothing beneath itself.
//!
//! Whoever hangs a case elsewhere may not see all of those above and beneath it, so who is above whom is kept in a table of its
//! own, which tells no more than ids.

use base::{Faults, Result, Tx};
use sea_orm::{ColumnTrait, Condition};
use uuid::Uuid;

use crate::{
    case::{Entity, Model},
    case_lineage::{Column, Entity as Lineage, Model as Step},
};

/// How many generations there are at most.
const GENERATIONS: usize = 3;

/// Waits until nobody else of the organisation hangs cases elsewhere or changes several of them at once. Whoever does, does it
/// before they lock a case, so that no two wait for each other.
pub async fn alone(tx: &Tx) -> Result<()> {
    tx.alone_with("the families of cases").await
}

/// A new parent must be there for the actor, not be beneath the case, and leave room for what is beneath it.
pub async fn check(tx: &Tx, row: &Model, before: Option<&Model>, faults: &mut Faults) -> Result<()> {
    let Some(parent) = row.parent_id.filter(|parent| before.and_then(|before| before.parent_id) != Some(*parent))
    else {
        return Ok(());
    };
    if tx.find::<Entity>().ids([parent]).await?.is_empty() {
        faults.add("/parent_id", "unknown_reference", "There is no such case.");
        return Ok(());
    }
    alone(tx).await?;
    let beneath = beneath(tx, row.id).await?;
    if parent == row.id || beneath.iter().any(|step| step.case_id == parent) {
        faults.add("/parent_id", "cycle", "A case cannot be beneath itself.");
        return Ok(());
    }
    let deepest = beneath.iter().map(|step| step.steps).max().unwrap_or_default();
    if above(tx, parent).await?.len() + 2 + usize::try_from(deepest).unwrap_or_default() > GENERATIONS {
        faults.add("/parent_id", "too_deep", "Cases are parts of others in three generations at most.");
    }
    Ok(())
}

/// Keeps who is above whom, when the parent is another one.
pub async fn rehang(tx: &Tx, before: Option<&Model>, row: &Model) -> Result<()> {
    if before.and_then(|before| before.parent_id) == row.parent_id {
        return Ok(());
    }
    let mut own = vec![(row.id, 0)];
    own.extend(beneath(tx, row.id).await?.into_iter().map(|step| (step.case_id, step.steps)));
    if before.is_some() {
        let ids = || own.iter().map(|(id, _)| *id);
        let old = Condition::all().add(Column::CaseId.is_in(ids())).add(Column::AncestorId.is_not_in(ids()));
        tx.unlink::<Lineage>(old).await?;
    }
    let Some(parent) = row.parent_id else { return Ok(()) };
    let mut above_it = vec![(parent, 1)];
    above_it.extend(above(tx, parent).await?.into_iter().map(|step| (step.ancestor_id, step.steps + 1)));
    let links = own.iter().flat_map(|(case_id, down)| {
        let step = move |(ancestor_id, up): &(Uuid, i32)| Step {
            case_id: *case_id,
            ancestor_id: *ancestor_id,
            steps: down + up,
            ..Step::default()
        };
        above_it.iter().map(step)
    });
    tx.link::<Lineage>(links.collect::<Vec<_>>()).await
}

async fn above(tx: &Tx, id: Uuid) -> Result<Vec<Step>> {
    tx.links::<Lineage>(Column::CaseId.eq(id)).await
}

/// The cases beneath this one, whoever may see them.
pub async fn beneath(tx: &Tx, id: Uuid) -> Result<Vec<Step>> {
    tx.links::<Lineage>(Column::AncestorId.eq(id)).await
}

use base::{IfMatch, Resource, Result, Tx, Verb};
use contacts::People;
use notes::Ties;
use uuid::Uuid;

use crate::{
    case::{Entity, Model},
    family,
    view::CaseStatus,
    watchers::Watchers,
    write::Beside,
};

/// Closes a case; closing one twice is no fault.
pub async fn close(tx: &Tx, id: Uuid, seen: &IfMatch) -> Result<Model> {
    tx.amend::<Entity>(id, seen, shut).await
}

/// And the open cases beneath it, from the top down: those that the actor may change. The others stay as they are, for
/// whoever closes a case need not know all that it consists of.
pub async fn close_all(tx: &Tx, id: Uuid, seen: &IfMatch) -> Result<Model> {
    family::alone(tx).await?;
    tx.open::<Entity>(id, Verb::CHANGE, seen).await?;
    let mut beneath = family::beneath(tx, id).await?;
    beneath.sort_by_key(|step| step.steps);
    // All of them are locked before the first one enters a stage: whoever moves a card locks it before its stage.
    let mut open = Vec::new();
    for step in beneath {
        match tx.open::<Entity>(step.case_id, Verb::CHANGE, &IfMatch::ANY).await {
            Ok(child) if child.status.is_closed() => {}
            Ok(child) => open.push(child.id),
            Err(error) if error.is_not_found() || error.is_forbidden() => {}
            Err(error) => return Err(error),
        }
    }
    let row = close(tx, id, seen).await?;
    for child in open {
        tx.amend::<Entity>(child, &IfMatch::ANY, shut).await?;
    }
    Ok(row)
}

fn shut(row: &mut Model) -> <Entity as Resource>::Beside {
    if !row.status.is_closed() {
        row.status = CaseStatus::Closed;
    }
    leave()
}

/// What is beside a case stays.
pub fn leave() -> Beside {
    (Ties::default(), (People::default(), Watchers::default()))
}

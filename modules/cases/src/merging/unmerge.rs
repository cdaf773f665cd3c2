use std::collections::BTreeSet;

use base::{Error, Faults, Fields, IfMatch, Result, Tx, Verb};
use pipelines::StageEntity;
use sea_orm::{ColumnTrait, Condition};
use uuid::Uuid;

use super::{
    case_merge::{Column, Entity as Merge},
    merge::contacts_of,
};
use crate::{
    case::{Entity, Model},
    case_contact::{Column as Contact, Entity as Contacts},
    family, news, sla, time, watchers,
};

/// More cases than anybody merges into one.
const MOST: u64 = 1_000;

/// Takes a case out of the one that it was merged into: it is as it was before, and has what it had. What was said since stays
/// where it was said.
pub async fn unmerge(tx: &Tx, id: Uuid, seen: &IfMatch) -> Result<Model> {
    family::alone(tx).await?;
    let into = tx.get::<Entity>(id).await?.merged_into_id;
    // The one that stayed first, as merging does it. Whoever may not change that one may still have their case back.
    let target = match into {
        Some(target) => locked(tx, target).await?,
        None => None,
    };
    let before = tx.open::<Entity>(id, Verb::CHANGE, seen).await?;
    let not_merged = || Error::conflict("not_merged", "This case is not merged into another.");
    let target_id = before.merged_into_id.ok_or_else(not_merged)?;
    if target.is_some_and(|target| target.merged_into_id.is_some()) {
        let detail = "The case that it was merged into was merged into another; take that one out first.";
        return Err(Error::conflict("target_merged", detail));
    }
    let merges = tx.find::<Merge>().filter(Column::TargetId.eq(target_id)).all(MOST).await?;
    let (own, others): (Vec<_>, Vec<_>) = merges.into_iter().partition(|merge| merge.source_id == id);
    let merge = own.into_iter().next().ok_or_else(not_merged)?;
    let carried = merge.carried.clone();
    notes::move_back::<Entity>(tx, &carried.notes, target_id, id).await?;
    time::move_back(tx, &carried.time, target_id, id).await?;

    let (mut contacts, mut watching) = (BTreeSet::from_iter(carried.contacts), BTreeSet::from_iter(carried.watchers));
    for before in others {
        // What another case would have brought along is that one's from now on.
        let mut after = before.clone();
        hand_over(&mut contacts, &contacts_of(tx, before.source_id).await?, &mut after.carried.contacts);
        hand_over(&mut watching, &watchers::of(tx, before.source_id).await?, &mut after.carried.watchers);
        tx.update::<Merge>(&before, after, Fields::none()).await?;
    }
    if !contacts.is_empty() {
        let theirs = Condition::all().add(Contact::CaseId.eq(target_id)).add(Contact::ContactId.is_in(contacts));
        tx.unlink::<Contacts>(theirs).await?;
    }
    watchers::remove(tx, target_id, watching).await?;
    tx.trash::<Merge>(&merge).await?;

    let mut after = Model { merged_into_id: None, ..before.clone() };
    let stage = tx.find::<StageEntity>().ids([carried.was.stage_id]).await?.pop();
    // The stage where it stood may be gone by now, or have become another's; then its status leads to one.
    if let Some(stage) = stage.filter(|stage| stage.says(carried.was.status)) {
        after.stage_id = stage.id;
    }
    carried.was.put_back(&mut after);
    pipelines::place::<Entity>(tx, &mut after, Some(&before), &mut Faults::new()).await?;
    let row = tx.update_as::<Entity>(&before, after, "unmerged", Fields::none()).await?;
    let left = Fields::none().with("merged", id, None::<Uuid>);
    tx.log_on("case", target_id, "unmerged", left).await?;
    sla::set_alarms(tx, Some(&before), &row).await?;
    news::of_change(tx, Some(&before), &row).await?;
    Ok(row)
}

/// The row, locked, if the actor sees it.
async fn locked(tx: &Tx, id: Uuid) -> Result<Option<Model>> {
    match tx.open::<Entity>(id, Verb::VIEW, &IfMatch::ANY).await {
        Err(error) if error.is_not_found() => Ok(None),
        found => found.map(Some),
    }
}

fn hand_over(ours: &mut BTreeSet<Uuid>, has: &BTreeSet<Uuid>, theirs: &mut Vec<Uuid>) {
    theirs.extend(ours.intersection(has));
    ours.retain(|one| !has.contains(one));
}

use std::collections::BTreeSet;

use base::{Error, Faults, Fields, IfMatch, Result, Tx, Verb};
use contacts::ContactLink;
use sea_orm::ColumnTrait;
use uuid::Uuid;

use super::case_merge::{Carried, Entity as Merge, Model as Merged, Was};
use crate::{
    case::{Entity, Model},
    case_contact::{Column as Contact, Entity as Contacts},
    family, news, sla, time,
    view::CaseStatus,
    watchers,
};

/// Merges others into this case, all of them or none. Whoever merges is alone with the organisation's families of cases, and
/// locks the case that stays before the others.
pub async fn merge(tx: &Tx, id: Uuid, seen: &IfMatch, others: Vec<Uuid>) -> Result<Model> {
    family::alone(tx).await?;
    let target = tx.open::<Entity>(id, Verb::CHANGE, seen).await?;
    if target.merged_into_id.is_some() {
        return Err(Error::conflict("already_merged", "This case was merged into another; merge into that one."));
    }
    let others: BTreeSet<Uuid> = others.into_iter().collect();
    check(tx, id, &others).await?;
    let mut merged = Vec::new();
    let mut sources = Vec::new();
    // All of them are locked before the first one enters a stage: whoever moves a card locks it before its stage.
    for other in others {
        let source = tx.open::<Entity>(other, Verb::CHANGE, &IfMatch::ANY).await?;
        if source.merged_into_id.is_some() {
            let told = format!("{} was merged into another case already.", source.title());
            return Err(Error::conflict("already_merged", told));
        }
        sources.push(source);
    }
    for source in sources {
        let carried = carry(tx, &source, &target).await?;
        let merge = Merged { source_id: source.id, target_id: target.id, carried, ..Merged::default() };
        tx.insert::<Merge>(merge, Fields::none()).await?;
        merged.push(source.id);
        end(tx, source, target.id).await?;
    }
    tx.log::<Entity>(&target, "merged", Fields::none().with("merged", None::<Vec<Uuid>>, merged)).await?;
    Ok(target)
}

async fn check(tx: &Tx, id: Uuid, others: &BTreeSet<Uuid>) -> Result<()> {
    let mut faults = Faults::new();
    if others.is_empty() {
        faults.add("/others", "required", "Say which cases are to be merged.");
    }
    if others.contains(&id) {
        faults.add("/others", "cycle", "A case cannot be merged into itself.");
    }
    if tx.find::<Entity>().ids(others.iter().copied()).await?.len() != others.len() {
        faults.add("/others", "unknown_reference", "There is no such case.");
    }
    faults.check()
}

/// Comments, files and time move; contacts and watchers come along.
async fn carry(tx: &Tx, source: &Model, target: &Model) -> Result<Carried> {
    let notes = notes::move_all::<Entity>(tx, source.id, target.id).await?;
    let time = time::move_all(tx, source.id, target.id).await?;
    let (ours, theirs) = (contacts_of(tx, target.id).await?, contacts_of(tx, source.id).await?);
    let contacts: Vec<Uuid> = theirs.difference(&ours).copied().collect();
    tx.link::<Contacts>(contacts.iter().map(|contact| Contacts::between(target.id, *contact))).await?;
    let (ours, theirs) = (watchers::of(tx, target.id).await?, watchers::of(tx, source.id).await?);
    let watchers: Vec<Uuid> = theirs.difference(&ours).copied().collect();
    watchers::add(tx, target.id, &watchers).await?;
    Ok(Carried { notes, time, contacts, watchers, was: Was::of(source) })
}

pub(super) async fn contacts_of(tx: &Tx, case: Uuid) -> Result<BTreeSet<Uuid>> {
    let links = tx.links::<Contacts>(Contact::CaseId.eq(case)).await?;
    Ok(links.into_iter().map(|link| link.contact_id).collect())
}

/// The source is a duplicate now, and stands in the stage for those.
async fn end(tx: &Tx, before: Model, target: Uuid) -> Result<()> {
    let mut after = Model { status: CaseStatus::Duplicate, merged_into_id: Some(target), ..before.clone() };
    pipelines::place::<Entity>(tx, &mut after, Some(&before), &mut Faults::new()).await?;
    after.close(Some(&before), tx).await?;
    sla::turn(tx, &mut after, Some(&before)).await?;
    let row = tx.update_as::<Entity>(&before, after, "merged", Fields::none()).await?;
    news::of_change(tx, Some(&before), &row).await
}

impl Was {
    fn of(row: &Model) -> Self {
        Self {
            status: row.status,
            stage_id: row.stage_id,
            closed_on: row.closed_on,
            closed_at: row.closed_at,
            closed_by: row.closed_by,
            clock_since: row.clock_since,
            clock_seconds: row.clock_seconds,
            first_response_risk_at: row.first_response_risk_at,
            first_response_due: row.first_response_due,
            resolution_risk_at: row.resolution_risk_at,
            resolution_due: row.resolution_due,
        }
    }

    pub(super) fn put_back(self, row: &mut Model) {
        row.status = self.status;
        (row.closed_on, row.closed_at, row.closed_by) = (self.closed_on, self.closed_at, self.closed_by);
        (row.clock_since, row.clock_seconds) = (self.clock_since, self.clock_seconds);
        (row.first_response_risk_at, row.first_response_due) = (self.first_response_risk_at, self.first_response_due);
        (row.resolution_risk_at, row.resolution_due) = (self.resolution_risk_at, self.resolution_due);
    }
}

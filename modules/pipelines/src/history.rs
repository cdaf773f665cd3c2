//! The stages that a record has been in, from the change log.

use std::collections::{BTreeSet, HashMap};

use base::{Ref, Result, Row, Tx};
use chrono::{DateTime, Utc};
use poem_openapi::Object;
use uuid::Uuid;

use crate::{stage::Entity, staged::Staged};

/// A stay in a stage.
#[derive(Clone, Debug, Object)]
pub struct StageStay {
    pub pipeline_stage: Ref,
    pub entered_at: DateTime<Utc>,
    /// `null`: it is there still.
    pub left_at: Option<DateTime<Utc>>,
    /// Seconds, up to now where it is there still.
    pub seconds: i64,
    /// Who moved it there; `null` when nobody did.
    pub entered_by: Option<Ref>,
}

/// The stages that a record has been in, the first one first.
#[derive(Clone, Debug, Object)]
pub struct StageHistory {
    #[oai(validator(max_items = 1000))]
    pub stays: Vec<StageStay>,
    /// Whether the earliest are missing: only the last 1,000 changes of the record are looked through.
    pub is_cut: bool,
}

const FAR: u64 = 1_000;

pub async fn of<R: Staged>(tx: &Tx, id: Uuid) -> Result<StageHistory> {
    let row = tx.get::<R>(id).await?;
    let mut changes = tx.changes(R::KIND, row.id(), None, FAR + 1).await?;
    let is_cut = u64::try_from(changes.len()).unwrap_or(u64::MAX) > FAR;
    changes.truncate(1_000);
    let entries: Vec<(Uuid, DateTime<Utc>, Option<Uuid>)> = changes
        .iter()
        .rev()
        .filter_map(|change| {
            let stage = change.fields.get("stage_id")?.get(1)?.as_str()?.parse().ok()?;
            Some((stage, change.at, change.actor_id))
        })
        .collect();
    let names = names(tx, entries.iter().map(|(stage, ..)| *stage)).await?;
    let people = tx.people(entries.iter().filter_map(|(.., by)| *by).collect::<BTreeSet<_>>()).await?;
    let left = entries.iter().skip(1).map(|(_, at, _)| Some(*at)).chain([None]);
    let stays = entries.iter().zip(left).map(|(&(stage, entered_at, by), left_at)| StageStay {
        pipeline_stage: Ref { id: stage, name: names.get(&stage).cloned().unwrap_or_default() },
        entered_at,
        left_at,
        seconds: (left_at.unwrap_or(tx.now()) - entered_at).num_seconds(),
        entered_by: by.and_then(|id| Some(Ref { id, name: people.get(&id)?.name.clone() })),
    });
    Ok(StageHistory { stays: stays.collect(), is_cut })
}

/// Those in the trash, too: a stage that is gone keeps its name on what was there.
async fn names(tx: &Tx, stages: impl Iterator<Item = Uuid>) -> Result<HashMap<Uuid, String>> {
    let ids: BTreeSet<Uuid> = stages.collect();
    let mut found = tx.find::<Entity>().ids(ids.iter().copied()).await?;
    if found.len() < ids.len() {
        found.extend(tx.find::<Entity>().trashed().ids(ids).await?);
    }
    Ok(found.into_iter().map(|stage| (stage.id, stage.name)).collect())
}

use std::collections::HashMap;

use base::{Ref, Result, Tx, change::Column};
use notes::Subjects;
use uuid::Uuid;

use super::view::DashboardChange;

/// Entries of the log that are looked at, and that are shown.
const WINDOW: u64 = 1_000;
const MOST: u64 = 10;

/// `None` for whoever may see no kind of record.
pub async fn latest(tx: &Tx, subjects: &Subjects) -> Result<Option<Vec<DashboardChange>>> {
    let kinds = subjects.kinds(tx.actor());
    if kinds.is_empty() {
        return Ok(None);
    }
    let seen = subjects.are_at(tx, Column::RecordKind, Column::RecordId);
    let entries = tx.latest_changes(kinds, seen, WINDOW, MOST).await?;
    let names = subjects.names(tx, entries.iter().map(|entry| (entry.kind.clone(), entry.id))).await?;
    let people = tx.people(entries.iter().filter_map(|entry| entry.actor)).await?;
    let people: HashMap<Uuid, String> = people.into_iter().map(|(id, person)| (id, person.name)).collect();
    let changes = entries.into_iter().filter_map(|entry| {
        let name = names.get(&(entry.kind.clone(), entry.id))?.clone();
        Some(DashboardChange {
            at: entry.at,
            actor: entry.actor.and_then(|id| Ref::of(id, &people)),
            verb: entry.verb,
            kind: entry.kind,
            record: Ref { id: entry.id, name },
        })
    });
    Ok(Some(changes.collect()))
}

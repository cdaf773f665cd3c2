//! Which entries of the log a listener may be told of.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use base::{Actor, Record, Result, Scope, Tx, live::Change};
use notes::Subjects;
use uuid::Uuid;

use super::view::{LiveEvent, Said};
use crate::{mine::mine, notification::Entity};

/// What `actor` may be told of these changes, looked up for all records of a kind together.
///
/// A record that they see is told as it is; so is one in the trash that they would see there. Of one that they do not see
/// they are told once, that it is gone, if this very change took it from them. Of all others they are told nothing.
pub async fn seen(tx: &Tx, subjects: &Subjects, changes: Vec<Change>) -> Result<Vec<Said>> {
    let mut kinds: BTreeMap<&str, BTreeSet<Uuid>> = BTreeMap::new();
    for change in &changes {
        kinds.entry(&change.record_kind).or_default().insert(change.record_id);
    }
    let mut seen: BTreeMap<String, HashSet<Uuid>> = BTreeMap::new();
    for (kind, ids) in kinds {
        let there = if kind == Entity::KIND {
            tx.find::<Entity>().only(mine(tx, subjects)).there(ids).await?
        } else {
            let mut there = subjects.there(tx, kind, &ids).await?;
            let hidden: BTreeSet<Uuid> = ids.into_iter().filter(|id| !there.contains(id)).collect();
            there.extend(subjects.there_in_trash(tx, kind, &hidden).await?);
            there
        };
        seen.insert(kind.to_owned(), there);
    }
    let said = |change: Change| {
        let is_seen = seen.get(&change.record_kind).is_some_and(|there| there.contains(&change.record_id));
        let was_theirs =
            || subjects.scope(tx.actor(), &change.record_kind).is_some_and(|scope| had(tx.actor(), scope, &change));
        let verb = if is_seen {
            change.verb.clone()
        } else if was_theirs() {
            "gone".to_owned()
        } else {
            return None;
        };
        Some(Said::Change(change.position, LiveEvent { kind: change.record_kind, id: change.record_id, verb }))
    };
    Ok(changes.into_iter().filter_map(said).collect())
}

/// Whether it was assigned to them before, as far as they see what is.
fn had(actor: &Actor, scope: Scope, change: &Change) -> bool {
    let circle = if scope >= Scope::Team { actor.circle() } else { &[] };
    change.was_assigned.iter().any(|before| Some(*before) == actor.user() || circle.contains(before))
}

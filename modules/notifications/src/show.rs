use std::collections::BTreeSet;

use base::{Ref, Result, Tx};
use notes::Subjects;

use crate::{
    notification::Model,
    view::{NotificationView, RecordRef},
};

/// Rows as they are shown, in their order: two more statements, however many rows there are.
pub async fn show(tx: &Tx, subjects: &Subjects, rows: Vec<Model>) -> Result<Vec<NotificationView>> {
    let names = subjects.names(tx, rows.iter().map(|row| (row.record_kind.clone(), row.record_id))).await?;
    let people = tx.people(rows.iter().filter_map(|row| row.created_by).collect::<BTreeSet<_>>()).await?;
    let view = |row: Model| {
        let record = (row.record_kind, row.record_id);
        let name = names.get(&record)?.clone();
        let by = row.created_by.and_then(|by| people.get(&by).map(|person| Ref { id: by, name: person.name.clone() }));
        Some(NotificationView {
            id: row.id,
            kind: row.kind,
            record: RecordRef { kind: record.0, id: record.1, name },
            verb: row.verb,
            by,
            unread: row.unread,
            read_at: row.read_at,
            created_at: row.created_at,
            version: row.version,
        })
    };
    Ok(rows.into_iter().filter_map(view).collect())
}

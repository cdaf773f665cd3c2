//! Notifications as a mail says them.

use std::collections::BTreeSet;

use base::{News, PublicUrl, Result, Tx};
use mail::NotifiedItem;
use notes::{Subjects, page_of};

use crate::notification::Model;

/// In the order of the rows; those of records that whoever asks does not see are left out.
pub async fn items(tx: &Tx, subjects: &Subjects, rows: &[Model], url: &PublicUrl) -> Result<Vec<NotifiedItem>> {
    let names = subjects.names(tx, rows.iter().map(|row| (row.record_kind.clone(), row.record_id))).await?;
    let people = tx.people(rows.iter().filter_map(|row| row.created_by).collect::<BTreeSet<_>>()).await?;
    let nobody = tx.org_name().await?;
    let item = |row: &Model| {
        let record_name = names.get(&(row.record_kind.clone(), row.record_id))?.clone();
        let by = row.created_by.and_then(|by| people.get(&by));
        let kind = row.record_kind.replace('_', " ");
        Some(NotifiedItem {
            what: match row.kind {
                News::Changed => format!("changed the {kind}"),
                News::Commented => format!("commented on the {kind}"),
                News::TaskDue | News::EventSoon => format!("reminds you of the {kind}"),
                News::Assigned => format!("assigned you the {kind}"),
                News::Mentioned => format!("mentioned you on the {kind}"),
            },
            by_name: by.map_or_else(|| nobody.clone(), |person| person.name.clone()),
            record_name,
            link: url.to(&format!("{}/{}", page_of(&row.record_kind), row.record_id)),
        })
    };
    Ok(rows.iter().filter_map(item).collect())
}

//! Routes that are written once for every kind of record have no literal operation id; it follows from their path.

use serde_json::Value;

use crate::operations;

pub(super) fn name(document: &mut Value) {
    for (path, method, operation) in operations(document) {
        if operation.get("operationId").is_none()
            && let Some(id) = operation_id(method, path)
            && let Some(operation) = operation.as_object_mut()
        {
            operation.insert("operationId".to_owned(), id.into());
        }
    }
}

/// `GET /api/leads/comment/{id}/` is `list_lead_comments`; in a module of several records, `/api/boards/cards/comment/{id}/` is
/// `list_card_comments`. What comes behind the id says what it is: `POST /api/leads/{id}/move/` is `move_lead`.
fn operation_id(method: &str, path: &str) -> Option<String> {
    let path = path.strip_prefix("/api/")?.trim_end_matches('/');
    if let Some(records) = path.strip_suffix("/board") {
        return Some(format!("show_{}_board", singular(records)));
    }
    let (before, behind) = path.split_once("/{")?;
    if let Some((_, noun)) = behind.split_once('/') {
        let (record, noun) = (singular(before), noun.replace('-', "_"));
        return Some(if method == "get" { format!("show_{record}_{noun}") } else { format!("{noun}_{record}") });
    }
    let mut parts = before.rsplit('/');
    let (note, records) = (parts.next()?, parts.next()?);
    let record = singular(records);
    match (method, note) {
        ("get", "activity") => Some(format!("list_{record}_activity")),
        ("get", note) => Some(format!("list_{record}_{note}s")),
        ("post", note) => Some(format!("create_{record}_{note}")),
        _ => None,
    }
}

fn singular(records: &str) -> String {
    let records = records.replace('-', "_");
    match records.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => records.strip_suffix('s').unwrap_or(&records).to_owned(),
    }
}

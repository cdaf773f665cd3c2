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
/// `list_card_comments`.
fn operation_id(method: &str, path: &str) -> Option<String> {
    let (before, _) = path.strip_prefix("/api/")?.split_once("/{")?;
    let mut parts = before.rsplit('/');
    let (note, records) = (parts.next()?, parts.next()?);
    let record = singular(records);
    match (method, note) {
        ("get", "activity") => Some(format!("list_{record}_activity")),
        ("get", "board") => Some(format!("show_{record}_board")),
        ("get", "{id}") => Some(format!("show_{record}_{}", parts.next()?.replace('-', "_"))),
        ("post", "{id}") => Some(format!("{}_{record}", parts.next()?)),
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

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

/// `GET /api/leads/comment/{id}/` is `list_lead_comments`.
fn operation_id(method: &str, path: &str) -> Option<String> {
    let mut parts = path.strip_prefix("/api/")?.split('/');
    let (module, note) = (parts.next()?, parts.next()?);
    let record = singular(module);
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

fn singular(module: &str) -> String {
    let module = module.replace('-', "_");
    match module.strip_suffix("ies") {
        Some(stem) => format!("{stem}y"),
        None => module.strip_suffix('s').unwrap_or(&module).to_owned(),
    }
}

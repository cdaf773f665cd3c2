//! The request headers that every operation of a kind honours.

use serde_json::{Value, json};

use crate::{operations, parameters};

pub(super) fn tell(document: &mut Value) {
    for (path, method, operation) in operations(document) {
        let tagged = operation.pointer("/responses/200/headers/ETAG").is_some()
            || operation.pointer("/responses/200/headers/ETag").is_some();
        let header = match method.as_str() {
            // What these answer are secrets, which are kept nowhere but hashed: no answer of theirs could be given again. A
            // second try does no harm by itself.
            "post" if !path.starts_with("/api/auth/") && path != "/api/stream/tickets/" => once(),
            // A session has no versions.
            "patch" | "put" | "delete" if path.ends_with("}/") && !path.starts_with("/api/auth/") => if_match(),
            "get" if tagged => if_none_match(),
            _ => continue,
        };
        if let Some(parameters) = parameters(operation) {
            parameters.push(header);
        }
    }
}

fn once() -> Value {
    json!({
        "name": "Idempotency-Key",
        "in": "header",
        "required": false,
        "description": "Of your choice, new for each effect. A repeated request with the same key within 24 hours has no second \
                        effect and gets the first answer again, with `Idempotency-Replayed: true`.",
        "schema": { "type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[A-Za-z0-9._:-]+$" },
    })
}

fn if_match() -> Value {
    json!({
        "name": "If-Match",
        "in": "header",
        "required": false,
        "description": "The `ETag` that you have seen: 412 when the record changed since.",
        "schema": { "type": "string", "maxLength": 500 },
    })
}

fn if_none_match() -> Value {
    json!({
        "name": "If-None-Match",
        "in": "header",
        "required": false,
        "description": "The `ETag` that you have: 304 when nothing changed.",
        "schema": { "type": "string", "maxLength": 500 },
    })
}

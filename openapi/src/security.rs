//! A member needs the token *and* the organisation; poem-openapi can only say *or*.

use base::{BEARER, ORG};
use serde_json::{Value, json};

use crate::operations;

pub(super) fn join(document: &mut Value) {
    for (_, _, operation) in operations(document) {
        let needs_org = operation
            .get("security")
            .and_then(Value::as_array)
            .is_some_and(|all| all.iter().any(|one| one.get(ORG).is_some()));
        if needs_org && let Some(operation) = operation.as_object_mut() {
            operation.insert("security".to_owned(), json!([{ BEARER: [], ORG: [] }]));
        }
    }
}

//! A member needs the token *and* the organisation, or a ticket where there are tickets; poem-openapi can only say *or*.

use base::{BEARER, ORG, TICKET};
use serde_json::{Value, json};

use crate::operations;

pub(super) fn join(document: &mut Value) {
    for (_, _, operation) in operations(document) {
        let asks = |scheme: &str| {
            let all = operation.get("security").and_then(Value::as_array);
            all.is_some_and(|all| all.iter().any(|one| one.get(scheme).is_some()))
        };
        let joined = match (asks(ORG), asks(TICKET)) {
            (true, true) => json!([{ BEARER: [], ORG: [] }, { TICKET: [] }]),
            (true, false) => json!([{ BEARER: [], ORG: [] }]),
            (false, _) => continue,
        };
        if let Some(operation) = operation.as_object_mut() {
            operation.insert("security".to_owned(), joined);
        }
    }
}

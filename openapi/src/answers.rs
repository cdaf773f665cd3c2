//! Answers that come without words of their own: poem-openapi's `Json` has no place for any.

use serde_json::Value;

use crate::operations;

pub(super) fn describe(document: &mut Value) {
    for (_, _, operation) in operations(document) {
        let responses = operation.get_mut("responses").and_then(Value::as_object_mut);
        for response in responses.into_iter().flat_map(|responses| responses.values_mut()) {
            if response.get("description").and_then(Value::as_str).is_none_or(str::is_empty) {
                let words = if is_page(response) { "A page of the list" } else { "Done, with what there is to show" };
                response["description"] = words.into();
            }
        }
    }
}

fn is_page(response: &Value) -> bool {
    let schema = response.pointer("/content/application~1json; charset=utf-8/schema/$ref").and_then(Value::as_str);
    schema.is_some_and(|name| name.starts_with("#/components/schemas/Page_"))
}

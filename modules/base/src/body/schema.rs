//! The published schema of a type, in the dialect of the validator.

use poem_openapi::{registry::Registry, types::Type};
use serde_json::{Map, Value, json};

use super::published;

/// The JSON Schema (draft 4) of `T` as a request body.
pub(super) fn of<T: Type>() -> Value {
    let mut registry = Registry::new();
    T::register(&mut registry);
    let schemas: Map<String, Value> =
        registry.schemas.iter().map(|(name, schema)| (name.clone(), json!(schema))).collect();
    let mut document = json!({
        "paths": {"/": {"post": {"requestBody": {"content": {"application/json": {"schema": T::schema_ref()}}}}}},
        "components": {"schemas": schemas},
    });
    published::publish(&mut document);
    published::walk(&mut document, &mut |object| {
        if object.remove("nullable") == Some(Value::Bool(true)) {
            spell_out_null(object);
        }
    });
    let root = document.pointer_mut("/paths/~1/post/requestBody/content/application~1json/schema").map(Value::take);
    json!({"allOf": [root], "components": document.get("components")})
}

fn spell_out_null(schema: &mut Map<String, Value>) {
    if let Some(kind @ Value::String(_)) = schema.get_mut("type") {
        *kind = json!([kind.take(), "null"]);
        return;
    }
    let rest = std::mem::take(schema);
    schema.insert("anyOf".into(), json!([{"type": "null"}, rest]));
}

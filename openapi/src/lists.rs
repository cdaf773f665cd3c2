//! A list's query is one argument in the code and stands in poem-openapi's document as one object; clients send, and read
//! here, its properties one by one.

use base::list::MARK;
use serde_json::{Value, json};

use crate::{operations, parameters};

pub(super) fn spread(document: &mut Value) {
    let Some(schemas) = document.pointer("/components/schemas").cloned() else { return };
    for (_, _, operation) in operations(document) {
        let Some(parameters) = parameters(operation) else { continue };
        *parameters =
            std::mem::take(parameters).into_iter().flat_map(|parameter| one_by_one(parameter, &schemas)).collect();
    }
    if let Some(schemas) = document.pointer_mut("/components/schemas").and_then(Value::as_object_mut) {
        schemas.retain(|name, _| !name.starts_with(MARK));
    }
}

fn one_by_one(parameter: Value, schemas: &Value) -> Vec<Value> {
    let reference = parameter.pointer("/schema/$ref").and_then(Value::as_str).unwrap_or_default();
    let Some(name) = reference.strip_prefix("#/components/schemas/").filter(|name| name.starts_with(MARK)) else {
        return vec![parameter];
    };
    let properties = schemas.get(name).and_then(|schema| schema.get("properties")).and_then(Value::as_object);
    properties.into_iter().flatten().map(|(name, schema)| described(name, schema.clone())).collect()
}

fn described(name: &str, mut schema: Value) -> Value {
    let description = schema.as_object_mut().and_then(|schema| schema.remove("description")).unwrap_or_default();
    json!({
        "name": name,
        "in": "query",
        "description": description,
        "required": false,
        "explode": true,
        "schema": schema,
    })
}

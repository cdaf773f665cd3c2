//! What poem-openapi leaves out of the schemas it makes, although its parsers hold to it.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::value::NEVER_NULL;

const SCHEMAS: &str = "#/components/schemas/";

/// Completes an OpenAPI 3.0 document, so that it says what the server does:
///
/// - objects in JSON request bodies have no other properties (`deny_unknown_fields` leaves no trace in a schema), nor have
///   forms with files;
/// - a property that may be absent may be `null` (`Option`, `MaybeUndefined`, defaults), unless it is a
///   [`Change`](crate::value::Change);
/// - integers have the range of their format, and dates the format that is not Rust's alone.
///
/// Doing it twice changes nothing more.
pub fn publish(document: &mut Value) {
    let closed = in_bodies(document);
    if let Some(Value::Object(schemas)) = document.pointer_mut("/components/schemas") {
        for (name, schema) in schemas {
            if closed.contains(name) {
                close(schema);
            }
            allow_null(schema);
        }
    }
    walk(document, &mut |object| {
        if let Some(schema) = object.get_mut("multipart/form-data").and_then(|form| form.get_mut("schema")) {
            close(schema);
        }
        set_range(object);
        if object.get("format").is_some_and(|format| format == "naive-date") {
            object.insert("format".into(), "date".into());
        }
        if object.get("title").is_some_and(|title| title == NEVER_NULL) {
            object.remove("title");
        }
    });
}

/// The names of the schemas that request bodies consist of.
fn in_bodies(document: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&Value> = Vec::new();
    let paths = document.get("paths").and_then(Value::as_object);
    for operation in paths.into_iter().flat_map(Map::values).filter_map(Value::as_object).flat_map(Map::values) {
        open.extend(operation.pointer("/requestBody/content/application~1json/schema"));
    }
    while let Some(schema) = open.pop() {
        let Value::Object(members) = schema else {
            if let Value::Array(items) = schema {
                open.extend(items);
            }
            continue;
        };
        if let Some(name) = reference(members)
            && found.insert(name.to_owned())
        {
            open.extend(document.pointer(&format!("/components/schemas/{name}")));
        }
        for (key, member) in members {
            // Parts that are put together (a tagged union) would close each other out.
            let put_together = key == "allOf"
                && member.as_array().is_some_and(|parts| parts.iter().any(|part| part.get("properties").is_some()));
            if !put_together {
                open.push(member);
            }
        }
    }
    found
}

fn reference(schema: &Map<String, Value>) -> Option<&str> {
    schema.get("$ref")?.as_str()?.strip_prefix(SCHEMAS)
}

fn close(schema: &mut Value) {
    if let Value::Object(object) = schema
        && object.get("type").is_some_and(|kind| kind == "object")
    {
        object.entry("additionalProperties").or_insert(Value::Bool(false));
    }
}

fn allow_null(schema: &mut Value) {
    let required: BTreeSet<String> = schema
        .get("required")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|name| name.as_str().map(str::to_owned))
        .collect();
    let Some(Value::Object(properties)) = schema.get_mut("properties") else {
        return;
    };
    for (name, property) in properties {
        let never = property.get("title").is_some_and(|title| title == NEVER_NULL);
        if !never && !required.contains(name) {
            make_nullable(property);
        }
    }
}

fn make_nullable(schema: &mut Value) {
    let Value::Object(object) = schema else {
        return;
    };
    // `$ref` allows no neighbours in OpenAPI 3.0.
    if object.contains_key("$ref") {
        *schema = json!({"nullable": true, "allOf": [schema.take()]});
        return;
    }
    object.insert("nullable".into(), Value::Bool(true));
    if let Some(Value::Array(options)) = object.get_mut("enum")
        && !options.contains(&Value::Null)
    {
        options.push(Value::Null);
    }
}

fn set_range(schema: &mut Map<String, Value>) {
    if schema.get("type").is_none_or(|kind| kind != "integer") {
        return;
    }
    let (least, most) = match schema.get("format").and_then(Value::as_str) {
        Some("int8") => (json!(i8::MIN), json!(i8::MAX)),
        Some("int16") => (json!(i16::MIN), json!(i16::MAX)),
        Some("int32") => (json!(i32::MIN), json!(i32::MAX)),
        Some("int64") => (json!(i64::MIN), json!(i64::MAX)),
        Some("uint8") => (json!(0), json!(u8::MAX)),
        Some("uint16") => (json!(0), json!(u16::MAX)),
        Some("uint32") => (json!(0), json!(u32::MAX)),
        Some("uint64") => (json!(0), json!(u64::MAX)),
        _ => return,
    };
    schema.entry("minimum").or_insert(least);
    schema.entry("maximum").or_insert(most);
}

/// Visits every object of a document, the inner ones first.
pub(super) fn walk(value: &mut Value, visit: &mut impl FnMut(&mut Map<String, Value>)) {
    match value {
        Value::Array(items) => {
            for item in items {
                walk(item, visit);
            }
        }
        Value::Object(object) => {
            for member in object.values_mut() {
                walk(member, visit);
            }
            visit(object);
        }
        _ => {}
    }
}

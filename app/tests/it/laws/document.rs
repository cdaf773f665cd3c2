//! The operations of the document, and a right request for each of them.

use poem::{Body, Request, http::Method};
use serde_json::{Map, Value, json};
use testing::{PASSWORD, Person, Reply, TestApp};

use super::ids::{kind_of, whose};
use crate::house::{Ids, PICTURE, day, number, text};

pub const UNKNOWN: &str = "01900000-0000-7000-8000-00000000dead";

/// A day on which every event of these tests takes place.
const ON: &str = "2026-11-07";

/// What `change_password` asks for.
pub const OTHER_PASSWORD: &str = "four loud magpies on a fence";

#[derive(Clone, Debug)]
pub struct Operation {
    pub path: String,
    pub method: Method,
    pub id: String,
    pub spec: Value,
}

pub fn operations(app: &TestApp) -> Vec<Operation> {
    let mut all = Vec::new();
    for (path, methods) in app.document["paths"].as_object().expect("paths") {
        for (method, spec) in methods.as_object().expect("methods") {
            let method: Method = method.to_uppercase().parse().expect("a method");
            let id = text(&spec["operationId"]);
            assert!(!id.is_empty(), "{method} {path} has no operationId");
            all.push(Operation { path: path.clone(), method, id, spec: spec.clone() });
        }
    }
    all
}

impl Operation {
    pub fn is_open(&self) -> bool {
        self.spec["security"].as_array().is_none_or(Vec::is_empty)
    }

    /// Whether it is asked in an organisation.
    pub fn is_inside(&self) -> bool {
        self.spec["security"].to_string().contains("\"org\"")
    }

    pub fn has_id(&self) -> bool {
        self.path.contains('{')
    }

    pub fn is_upload(&self) -> bool {
        !self.spec["requestBody"]["content"]["multipart/form-data"].is_null()
    }

    /// Whether its body is a calendar.
    pub fn is_calendar(&self) -> bool {
        !self.spec["requestBody"]["content"]["text/calendar"].is_null()
    }

    /// A list with `search`, filters and `sort`.
    pub fn is_listing(&self) -> bool {
        self.parameters().any(|parameter| parameter["name"] == "sort")
    }

    /// Those of the query.
    pub fn parameters(&self) -> impl Iterator<Item = &Value> {
        let all = self.spec["parameters"].as_array().into_iter().flatten();
        all.filter(|parameter| parameter["in"] == "query")
    }

    /// The schema of its JSON body.
    pub fn body_schema(&self, app: &TestApp) -> Option<Value> {
        let schema = &self.spec["requestBody"]["content"]["application/json"]["schema"];
        (!schema.is_null()).then(|| resolved(app.document, schema))
    }

    /// The path with the id of what it is about.
    pub fn path_with(&self, id: &str) -> String {
        let Some((before, rest)) = self.path.split_once('{') else { return self.path.clone() };
        let (_, after) = rest.split_once('}').expect("the end of a name");
        format!("{before}{id}{}", after.replace("{on}", ON).replace("{solution_id}", UNKNOWN))
    }

    pub fn path_to(&self, ids: &Ids) -> String {
        if !self.has_id() {
            return self.path.clone();
        }
        let kind = whose(&self.path);
        // What is tied to it is one of the house.
        let path = self.path.replace("{solution_id}", ids.get("solution").map_or(UNKNOWN, String::as_str));
        Self { path, ..self.clone() }
            .path_with(ids.get(kind).unwrap_or_else(|| panic!("{}: no {kind} in the house", self.path)))
    }

    /// The example of the document with ids that are there in place of those that it names, and with names and addresses
    /// that are not taken.
    pub fn body(&self, app: &TestApp, ids: &Ids) -> Option<Value> {
        let schema = self.body_schema(app)?;
        let mut body = schema.get("example").cloned().unwrap_or_else(|| json!({}));
        renew(&mut body, "", &|name| kind_of(&self.path, name).and_then(|kind| ids.get(kind)).cloned());
        match self.id.as_str() {
            "change_password" => {
                body = json!({ "current_password": PASSWORD, "new_password": OTHER_PASSWORD });
            }
            // There is one for a day.
            "create_exchange_rate" | "replace_exchange_rate" => body["valid_on"] = json!(day()),
            // No two are alike.
            "create_invoice_series" | "replace_invoice_series" => {
                body["pattern"] = json!(format!("C{}-{{seq}}", number()));
            }
            // It goes on being used.
            "change_platform_org" => body = json!({ "is_active": true }),
            _ => {}
        }
        Some(body)
    }

    /// Asks it of a record, with its own body.
    pub async fn ask(&self, app: &TestApp, who: Option<&Person>, ids: &Ids) -> Reply {
        self.send(app, who, &self.path_to(ids), self.body(app, ids)).await
    }

    pub async fn send(&self, app: &TestApp, who: Option<&Person>, path: &str, body: Option<Value>) -> Reply {
        let mut request = Request::builder().method(self.method.clone()).uri(path.parse().expect("a path"));
        if let Some(person) = who {
            request = request.header("authorization", format!("Bearer {}", person.token));
            if let Some(org) = person.org.filter(|_| self.is_inside()) {
                request = request.header("org", org.to_string());
            }
        }
        let request = match body {
            Some(body) => request.content_type("application/json").body(Body::from_json(body).expect("JSON")),
            None if self.is_upload() => {
                request.content_type("multipart/form-data; boundary=x").body(Body::from_vec(form(PICTURE)))
            }
            None if self.is_calendar() => {
                let calendar = text(&self.spec["requestBody"]["content"]["text/calendar"]["schema"]["example"]);
                request.content_type("text/calendar").body(Body::from_string(calendar))
            }
            None => request.finish(),
        };
        Reply::read(app.call(request).await).await
    }
}

fn form(content: &[u8]) -> Vec<u8> {
    let mut body = b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"canary.png\"\r\n\r\n".to_vec();
    body.extend_from_slice(content);
    body.extend_from_slice(b"\r\n--x--\r\n");
    body
}

fn renew(value: &mut Value, name: &str, id: &dyn Fn(&str) -> Option<String>) {
    match value {
        Value::Object(members) => members.iter_mut().for_each(|(name, value)| renew(value, name, id)),
        Value::Array(items) => items.iter_mut().for_each(|item| renew(item, name, id)),
        Value::String(text) if is_uuid(text) => *text = id(name).unwrap_or_else(|| text.clone()),
        Value::String(text) if name == "email" || name == "address" && text.contains('@') => {
            *text = format!("{}-{text}", number());
        }
        Value::String(text) if name == "name" || name == "account_name" => *text = format!("{text} {}", number()),
        _ => {}
    }
}

pub fn is_uuid(text: &str) -> bool {
    text.len() == 36 && uuid::Uuid::parse_str(text).is_ok()
}

/// A schema with its references followed, one level deep.
pub fn resolved(document: &Value, schema: &Value) -> Value {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.rsplit('/').next().unwrap_or_default();
        return resolved(document, &document["components"]["schemas"][name]);
    }
    let Some(parts) = schema["allOf"].as_array() else { return schema.clone() };
    let mut all = Map::new();
    for part in parts {
        all.extend(resolved(document, part).as_object().cloned().unwrap_or_default());
    }
    Value::Object(all)
}

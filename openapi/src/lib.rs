//! The document of the API, and its pages: what poem-openapi writes, completed with what it cannot know.

mod answers;
mod generic;
mod headers;
mod lists;
mod security;
mod tags;
mod uploads;

use poem_openapi::{ContactObject, LicenseObject, OpenApi, OpenApiService};
use serde_json::Value;

const TITLE: &str = "Rapport";

const ABOUT: &str = "\
A CRM for people who run one company or a hundred.

**Begin:** log in at `POST /api/auth/login/`, list your organisations at `GET /api/orgs/`, then send \
`Authorization: Bearer <access token>` and `org: <organisation id>` with everything else.

**Learn one module, know them all:** every list takes `search`, named filters, `sort`, `limit` and `cursor`; every record \
has an `ETag` and honours `If-Match`; every POST honours `Idempotency-Key`, but for those under `/api/auth/` and tickets of streams, whose \
answers hold secrets that are not kept to be given again; every error is a problem \
document (RFC 9457) with a stable `code`. What you may not see answers 404, as if it did not exist.";

/// A service of all the APIs.
pub fn service<A: OpenApi>(apis: A) -> OpenApiService<A, ()> {
    OpenApiService::new(apis, TITLE, env!("CARGO_PKG_VERSION"))
        .description(ABOUT)
        .license(LicenseObject::new("MIT").identifier("MIT"))
        .contact(ContactObject::new().name("Rapport"))
}

/// The document as it is published.
pub fn document<A: OpenApi>(service: &OpenApiService<A, ()>) -> Value {
    let mut document: Value = serde_json::from_str(&service.spec()).unwrap_or_default();
    slash(&mut document);
    lists::spread(&mut document);
    generic::name(&mut document);
    security::join(&mut document);
    headers::tell(&mut document);
    answers::describe(&mut document);
    uploads::show(&mut document);
    tags::sort(&mut document);
    base::publish(&mut document);
    document
}

/// The document as it is committed: with a line end, so that a difference is one of lines.
pub fn text(document: &Value) -> String {
    let mut text = serde_json::to_string_pretty(document).unwrap_or_default();
    text.push('\n');
    text
}

/// Swagger UI with the published document in it.
pub fn swagger_ui<A: OpenApi>(service: &OpenApiService<A, ()>, document: &Value) -> String {
    service.swagger_ui_html().replacen(&service.spec(), &document.to_string(), 1)
}

/// ReDoc with the published document in it.
pub fn redoc<A: OpenApi>(service: &OpenApiService<A, ()>, document: &Value) -> String {
    service.redoc_html().replacen(&service.spec(), &document.to_string(), 1)
}

/// poem-openapi drops the slash that every path of ours ends in; routes take both.
fn slash(document: &mut Value) {
    if let Some(paths) = document.get_mut("paths").and_then(Value::as_object_mut) {
        *paths = std::mem::take(paths)
            .into_iter()
            .map(|(path, methods)| (format!("{}/", path.trim_end_matches('/')), methods))
            .collect();
    }
}

/// Every operation of a document: its path, its method, itself.
fn operations(document: &mut Value) -> impl Iterator<Item = (&String, &String, &mut Value)> {
    let paths = document.get_mut("paths").and_then(Value::as_object_mut).into_iter().flatten();
    paths.flat_map(|(path, methods)| {
        let methods = methods.as_object_mut().into_iter().flatten();
        methods.map(move |(method, operation)| (path, method, operation))
    })
}

fn parameters(operation: &mut Value) -> Option<&mut Vec<Value>> {
    let operation = operation.as_object_mut()?;
    operation.entry("parameters").or_insert_with(|| Value::Array(Vec::new())).as_array_mut()
}

use std::collections::HashMap;

use base::{Error, Result};
use poem::{Request, http::Method};
use serde_json::Value;

/// The query of each operation that has one in the document: which parameters it has, and whether one may be repeated.
#[derive(Clone)]
pub struct Parameters(HashMap<(Method, String), HashMap<String, Repeats>>);

#[derive(Clone, Copy, PartialEq)]
enum Repeats {
    Never,
    AnyOf,
}

impl Parameters {
    pub fn of(document: &Value) -> Self {
        let paths = document.get("paths").and_then(Value::as_object).into_iter().flatten();
        let operations = paths.flat_map(|(path, methods)| {
            let methods = methods.as_object().into_iter().flatten();
            methods.map(move |(method, operation)| (path.trim_end_matches('/').to_owned(), method, operation))
        });
        let queries = operations.filter_map(|(path, method, operation)| {
            let names: HashMap<_, _> = query(operation).collect();
            (!names.is_empty()).then_some(((method.to_uppercase().parse().ok()?, path), names))
        });
        Self(queries.collect())
    }

    /// 400 for a parameter that the operation does not have, or for one twice that has one value: passed over, the answer
    /// would be to another question. An operation without a query has nothing to misunderstand.
    pub fn known(&self, request: &Request, route: &str) -> Result<()> {
        let Some(names) = self.0.get(&(request.method().clone(), route.to_owned())) else { return Ok(()) };
        let wrong = |why: &str| Error::bad_request("invalid_parameter", why);
        let pairs: Vec<(String, String)> = request.params().map_err(|_| wrong("The query is not understood."))?;
        let mut seen: Vec<&str> = Vec::new();
        for (name, _) in &pairs {
            let Some((name, repeats)) = names.get_key_value(name) else {
                return Err(wrong("The query has a parameter that is not one of this list."));
            };
            if *repeats == Repeats::Never && seen.contains(&name.as_str()) {
                return Err(wrong(&format!("`{name}` is given twice.")));
            }
            seen.push(name);
        }
        Ok(())
    }
}

fn query(operation: &Value) -> impl Iterator<Item = (String, Repeats)> {
    let parameters = operation.get("parameters").and_then(Value::as_array).into_iter().flatten();
    parameters.filter(|parameter| parameter["in"] == "query").filter_map(|parameter| {
        let many = parameter.pointer("/schema/type").is_some_and(|kind| kind == "array");
        let repeats = if many { Repeats::AnyOf } else { Repeats::Never };
        Some((parameter.get("name")?.as_str()?.to_owned(), repeats))
    })
}

use poem::http::HeaderValue;
use serde_json::Value;

/// The routes of the document: which template a path is of, and which methods it takes.
#[derive(Clone)]
pub struct Methods(Vec<(String, Vec<String>)>);

impl Methods {
    pub fn of(document: &Value) -> Self {
        let paths = document.get("paths").and_then(Value::as_object).into_iter().flatten();
        let routes = paths.map(|(path, methods)| {
            let methods = methods.as_object().into_iter().flatten().map(|(method, _)| method.to_uppercase()).collect();
            (path.trim_end_matches('/').to_owned(), methods)
        });
        let mut routes: Vec<(String, Vec<String>)> = routes.collect();
        // The most literal first: `/api/leads/comment/{id}` before `/api/leads/{id}/restore`.
        routes.sort_by_key(|(path, _)| path.split('/').map(|part| part.starts_with('{')).collect::<Vec<_>>());
        Self(routes)
    }

    pub fn route(&self, path: &str) -> Option<&str> {
        self.0.iter().map(|(template, _)| template.as_str()).find(|template| fits(template, path))
    }

    pub fn allowed(&self, route: &str) -> Option<HeaderValue> {
        let (_, methods) = self.0.iter().find(|(template, _)| template == route)?;
        let mut methods = methods.clone();
        if methods.iter().any(|method| method == "GET") {
            methods.push("HEAD".to_owned());
        }
        HeaderValue::from_str(&methods.join(", ")).ok()
    }
}

fn fits(template: &str, path: &str) -> bool {
    let (mut parts, mut given) = (template.split('/'), path.split('/'));
    loop {
        match (parts.next(), given.next()) {
            (None, None) => return true,
            (Some(part), Some(given)) if part.starts_with('{') && !given.is_empty() || part == given => {}
            _ => return false,
        }
    }
}

use base::{Error, Result, parse_body};
use poem::{Request, RequestBody, error::ReadBodyError};
use poem_openapi::{
    ApiExtractor, ApiExtractorType, ExtractParamOptions,
    registry::{MetaMediaType, MetaRequest, Registry},
    types::ParseFromJSON,
};
use serde_json::{Map, Value};

/// Bytes in a body: 64 KiB.
const LIMIT: usize = 64 * 1024;
const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";

const UNREADABLE: &str = "The body is not a form in UTF-8.";

/// What a page sent, by script as JSON or by the browser as a form. What is wrong with it is an answer that the page must be
/// let read, so it is kept here until the page's origin is known.
pub struct Sent<T>(pub Result<T>);

impl<'a, T: ParseFromJSON + 'static> ApiExtractor<'a> for Sent<T> {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];
    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        T::register(registry);
    }

    fn request_meta() -> Option<MetaRequest> {
        let content = [JSON, FORM].map(|content_type| MetaMediaType { content_type, schema: T::schema_ref() });
        Some(MetaRequest { description: None, content: content.into(), required: true })
    }

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        _: ExtractParamOptions<()>,
    ) -> poem::Result<Self> {
        Ok(Self(read(request, body).await))
    }
}

async fn read<T: ParseFromJSON + 'static>(request: &Request, body: &mut RequestBody) -> Result<T> {
    let content_type = request.content_type().and_then(|given| given.split(';').next()).unwrap_or_default().trim();
    let is_form = content_type.eq_ignore_ascii_case(FORM);
    if !is_form && !content_type.eq_ignore_ascii_case(JSON) {
        return Err(Error::unsupported_media());
    }
    let taken = body.take().map_err(|_| Error::internal("the body was read before"))?;
    let bytes = taken.into_bytes_limit(LIMIT).await.map_err(|error| match error {
        ReadBodyError::PayloadTooLarge => Error::too_large(LIMIT as u64),
        _ => Error::bad_request("invalid_body", "The body could not be read."),
    })?;
    if !is_form {
        return parse_body(&bytes);
    }
    parse_body(pairs(&bytes)?.to_string().as_bytes())
}

/// A browser's form as the same JSON: fields left blank are absent, and a count of milliseconds is a number.
fn pairs(bytes: &[u8]) -> Result<Value> {
    let unread = |_| Error::bad_request("invalid_form", UNREADABLE);
    let pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(bytes).map_err(unread)?;
    // What stands in for letters that were none: nobody types it.
    if pairs.iter().any(|(name, text)| name.contains('\u{fffd}') || text.contains('\u{fffd}')) {
        return Err(Error::bad_request("invalid_form", UNREADABLE));
    }
    let mut fields = Map::new();
    for (name, text) in pairs.into_iter().filter(|(_, text)| !text.trim().is_empty()) {
        let value = match text.trim().parse::<i64>() {
            Ok(number) if name == "elapsed_ms" => number.into(),
            _ => Value::from(text),
        };
        if fields.insert(name.clone(), value).is_some() {
            let pointer = format!("/{}", name.replace('~', "~0").replace('/', "~1"));
            return Err(Error::fault(pointer, "repeated", "Is given more than once."));
        }
    }
    Ok(fields.into())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_browsers_form_reads_like_json() {
        let form = pairs(b"name=Nadia+Okafor&email=n%40x.example&phone=&fax=+&elapsed_ms=4200").unwrap();
        assert_eq!(form, json!({"name": "Nadia Okafor", "email": "n@x.example", "elapsed_ms": 4200}));
        assert_eq!(pairs(b"elapsed_ms=soon").unwrap(), json!({"elapsed_ms": "soon"}));
        assert!(pairs(b"name=a&name=b").is_err());
        assert!(pairs(b"name=%ff%fe").is_err());
    }
}

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
const FORM: &str = "application/x-www-form-urlencoded";
const UNREADABLE: &str = "The body is not a form in UTF-8.";

/// What a browser's form sent: fields left blank are absent, and a `rating` is a number.
pub struct Filled<T>(pub T);

impl<'a, T: ParseFromJSON + 'static> ApiExtractor<'a> for Filled<T> {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];
    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        T::register(registry);
    }

    fn request_meta() -> Option<MetaRequest> {
        let content = vec![MetaMediaType { content_type: FORM, schema: T::schema_ref() }];
        Some(MetaRequest { description: None, content, required: true })
    }

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        _: ExtractParamOptions<()>,
    ) -> poem::Result<Self> {
        let content_type = request.content_type().and_then(|given| given.split(';').next()).unwrap_or_default();
        if !content_type.trim().eq_ignore_ascii_case(FORM) {
            return Err(Error::unsupported_media().into());
        }
        let bytes = body.take()?.into_bytes_limit(LIMIT).await.map_err(|error| match error {
            ReadBodyError::PayloadTooLarge => Error::too_large(LIMIT as u64),
            _ => Error::bad_request("invalid_body", "The body could not be read."),
        })?;
        Ok(Self(parse_body(fields(&bytes)?.to_string().as_bytes())?))
    }
}

fn fields(bytes: &[u8]) -> Result<Value> {
    let unread = |_| Error::bad_request("invalid_form", UNREADABLE);
    let pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(bytes).map_err(unread)?;
    // What stands in for letters that were none: nobody types it.
    if pairs.iter().any(|(name, text)| name.contains('\u{fffd}') || text.contains('\u{fffd}')) {
        return Err(Error::bad_request("invalid_form", UNREADABLE));
    }
    let mut fields = Map::new();
    for (name, text) in pairs.into_iter().filter(|(_, text)| !text.trim().is_empty()) {
        // A browser sends a line end as two characters, and lets one count as one: what fits into its field fits here.
        let text = text.replace("\r\n", "\n");
        let value = match text.trim().parse::<i64>() {
            Ok(number) if name == "rating" => number.into(),
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
        assert_eq!(
            fields(b"rating=4&comment=Quick+%26+kind").unwrap(),
            json!({ "rating": 4, "comment": "Quick & kind" })
        );
        assert_eq!(fields(b"rating=4&comment=+").unwrap(), json!({ "rating": 4 }));
        assert_eq!(fields(b"comment=a%0D%0Ab").unwrap(), json!({ "comment": "a\nb" }));
        assert_eq!(fields(b"rating=best&comment=5").unwrap(), json!({ "rating": "best", "comment": "5" }));
        assert!(fields(b"rating=4&rating=5").is_err());
        assert!(fields(b"comment=%ff%fe").is_err());
    }
}

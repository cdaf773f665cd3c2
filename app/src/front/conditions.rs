//! The headers that change what a request does have the form that the document gives them: one that is not understood is
//! never passed over, for the client would believe that it holds.

use base::{Error, Result};
use poem::http::{HeaderMap, HeaderName, header};

/// Characters of a list of entity tags.
const LONGEST_TAGS: usize = 500;
/// Characters of an `Idempotency-Key`.
const LONGEST_KEY: usize = 255;

/// 400 for the first that is not understood.
pub fn understood(headers: &HeaderMap) -> Result<()> {
    let key = HeaderName::from_static("idempotency-key");
    if headers.get_all(&key).iter().count() > 1 || !all(headers, &key, is_key) {
        let detail = "There is one Idempotency-Key, of 1 to 255 letters, digits and . _ : - characters.";
        return Err(Error::bad_request("idempotency_key", detail));
    }
    for name in [header::IF_MATCH, header::IF_NONE_MATCH] {
        if !all(headers, &name, are_tags) {
            let detail = format!("`{name}` is `*`, or the `ETag`s of earlier answers in their quotation marks.");
            return Err(Error::bad_request("invalid_precondition", detail));
        }
    }
    Ok(())
}

fn all(headers: &HeaderMap, name: &HeaderName, fits: fn(&str) -> bool) -> bool {
    headers.get_all(name).iter().all(|value| value.to_str().is_ok_and(fits))
}

fn is_key(text: &str) -> bool {
    (1..=LONGEST_KEY).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._:-".contains(&byte))
}

fn are_tags(text: &str) -> bool {
    text == "*" || text.len() <= LONGEST_TAGS && text.split(',').all(|one| is_tag(one.trim()))
}

fn is_tag(text: &str) -> bool {
    let inside = text.strip_prefix("W/").unwrap_or(text).strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    inside.is_some_and(|tag| !tag.is_empty() && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'))
}

//! A key by which a request is to be done once has the form that the document gives it: one that is not understood is never
//! passed over, for the client would believe that it holds. (An entity tag that is not understood matches nothing, and so
//! does what its client expects.)

use base::{Error, Result};
use poem::http::{HeaderMap, HeaderName, header};

/// Characters of an `Idempotency-Key`.
const LONGEST_KEY: usize = 255;
/// Characters of the entity tags of a request.
const LONGEST_TAGS: usize = 500;

/// 400 for a key that is not understood, for two, for tags without end, and for two types of one body.
pub fn understood(headers: &HeaderMap) -> Result<()> {
    for name in [header::IF_MATCH, header::IF_NONE_MATCH] {
        if headers.get_all(&name).iter().any(|tags| tags.len() > LONGEST_TAGS) {
            let detail = format!("`{name}` has at most {LONGEST_TAGS} characters.");
            return Err(Error::bad_request("invalid_precondition", detail));
        }
    }
    if headers.get_all(header::CONTENT_TYPE).iter().count() > 1 {
        return Err(Error::bad_request("content_type_doubled", "There must be one `Content-Type`."));
    }
    let mut keys = headers.get_all(HeaderName::from_static("idempotency-key")).iter();
    let fits = match (keys.next(), keys.next()) {
        (None, _) => true,
        (Some(key), None) => key.to_str().is_ok_and(is_key),
        _ => false,
    };
    let detail = "There is one Idempotency-Key, of 1 to 255 letters, digits and . _ : - characters.";
    fits.then_some(()).ok_or_else(|| Error::bad_request("idempotency_key", detail))
}

fn is_key(text: &str) -> bool {
    (1..=LONGEST_KEY).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._:-".contains(&byte))
}

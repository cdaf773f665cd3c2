//! A key by which a request is to be done once has the form that the document gives it: one that is not understood is never
//! passed over, for the client would believe that it holds. (An entity tag that is not understood matches nothing, and so
//! does what its client expects.)

use base::{Error, Result};
use poem::http::{HeaderMap, HeaderName};

/// Characters of an `Idempotency-Key`.
const LONGEST_KEY: usize = 255;

/// 400 for a key that is not understood, and for two.
pub fn understood(headers: &HeaderMap) -> Result<()> {
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

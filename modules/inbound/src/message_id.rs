//! Message-IDs (RFC 5322, 3.6.4), without their angle brackets.

use mail_parser::HeaderValue;
use sha2::{Digest, Sha256};

/// RFC 5322, 2.1.1: no line is longer.
const LONGEST: usize = 998;

/// As it can go into a header again; `None` for what is none.
pub fn parse(typed: &str) -> Option<String> {
    let id = typed.trim().trim_start_matches('<').trim_end_matches('>');
    let readable = id.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>()\\\"".contains(&byte));
    (readable && (3..=LONGEST - 2).contains(&id.len())).then(|| id.to_owned())
}

pub fn all(header: &HeaderValue) -> Vec<String> {
    match header.as_text_list() {
        Some(ids) => ids.iter().filter_map(|id| parse(id)).collect(),
        None => header.as_text().into_iter().flat_map(str::split_whitespace).filter_map(parse).collect(),
    }
}

/// By what it is looked up: an index holds no 998 characters.
pub fn key(id: &str) -> String {
    hex::encode(Sha256::digest(id.as_bytes()))
}

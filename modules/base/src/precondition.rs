use poem::{FromRequest, Request, RequestBody, http::header};
use sha2::{Digest, Sha256};

use crate::error::{Error, Result};

/// `If-Match` of RFC 9110: which version of a record the client has seen. Absent, any will do.
#[derive(Clone, Debug, Default)]
pub struct IfMatch(Option<String>);

impl IfMatch {
    /// For a change that nobody asked about by version: a job, a conversion.
    pub const ANY: Self = Self(None);

    /// 412 when the version is none of those.
    ///
    /// # Errors
    /// 412.
    pub fn check(&self, version: i64) -> Result<()> {
        let Some(expected) = &self.0 else { return Ok(()) };
        let fits = expected.split(',').map(str::trim).any(|tag| tag == "*" || version_of(tag) == Some(version));
        fits.then_some(()).ok_or_else(Error::stale)
    }
}

impl<'a> FromRequest<'a> for IfMatch {
    async fn from_request(request: &'a Request, _: &mut RequestBody) -> poem::Result<Self> {
        Ok(Self(request.header(header::IF_MATCH).map(str::to_owned)))
    }
}

/// The strong entity tag of a record's answer: its version, by which `If-Match` goes, and a digest of the whole body, so
/// that a renamed neighbour shows too.
pub(crate) fn tag(version: i64, body: &[u8]) -> String {
    let digest = hex::encode(&Sha256::digest(body)[..8]);
    format!("\"{version}-{digest}\"")
}

fn version_of(tag: &str) -> Option<i64> {
    tag.strip_prefix('"')?.split(['-', '"']).next()?.parse().ok()
}

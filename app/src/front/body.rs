//! A request that must have one effect is known by its body: the digest is taken before anything reads it.

use base::{Caller, Error, Result};
use poem::{
    Body, Request,
    error::ReadBodyError,
    http::{Method, header},
};
use sha2::{Digest, Sha256};

/// Bytes of a JSON body.
const LARGEST: usize = 1024 * 1024;

/// Notes the digest of the body with the caller. A form's file streams past here: its digest is known once it is kept.
pub async fn fingerprint(request: &mut Request) -> Result<()> {
    let streams = request.content_type().is_some_and(|kind| kind.starts_with("multipart/"));
    if *request.method() != Method::POST || streams || !request.headers().contains_key("idempotency-key") {
        return Ok(());
    }
    let length = request.header(header::CONTENT_LENGTH).and_then(|length| length.parse::<usize>().ok());
    if length.is_some_and(|length| length > LARGEST) {
        return Err(Error::too_large(1024 * 1024));
    }
    let bytes = request.take_body().into_bytes_limit(LARGEST).await.map_err(|error| match error {
        ReadBodyError::PayloadTooLarge => Error::too_large(1024 * 1024),
        _ => Error::bad_request("body_broken", "The body ended before it was complete."),
    })?;
    let digest = hex::encode(Sha256::digest(&bytes));
    if let Some(caller) = request.extensions_mut().get_mut::<Caller>() {
        caller.fingerprint = digest;
    }
    request.set_body(Body::from_bytes(bytes));
    Ok(())
}

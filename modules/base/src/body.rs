//! The JSON body of a request, checked against the schema that is published for it.

mod formats;
mod judge;
mod published;
mod read;
mod schema;
#[cfg(test)]
mod tests;

pub use published::publish;

use poem::{Request, RequestBody, Result, error::ReadBodyError};
use poem_openapi::{
    ApiExtractor, ApiExtractorType, ExtractParamOptions,
    registry::{MetaMediaType, MetaRequest, Registry},
    types::ParseFromJSON,
};

use crate::error::Error;
use read::read;

/// Bytes in a JSON body: 1 MiB.
pub const LIMIT: usize = 1024 * 1024;

const JSON: &str = "application/json";

/// The body of a request, as a handler's argument.
///
/// Refused with 413 when longer than [`LIMIT`] (counted as it comes in), 415 when it is not `application/json`, 400
/// when it is not JSON or names something twice, and 422 with every fault when it does not fit the published schema of `T`.
#[derive(Clone, Debug, PartialEq)]
pub struct Body<T>(pub T);

impl<'a, T: ParseFromJSON + 'static> ApiExtractor<'a> for Body<T> {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];
    type ParamType = ();
    type ParamRawType = ();

    fn register(registry: &mut Registry) {
        T::register(registry);
    }

    fn request_meta() -> Option<MetaRequest> {
        Some(MetaRequest {
            description: None,
            content: vec![MetaMediaType { content_type: JSON, schema: T::schema_ref() }],
            required: true,
        })
    }

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        _options: ExtractParamOptions<()>,
    ) -> Result<Self> {
        if !request.content_type().is_some_and(is_json) {
            return Err(Error::unsupported_media().into());
        }
        let bytes = body.take()?.into_bytes_limit(LIMIT).await.map_err(unread)?;
        Ok(Self(parse(&bytes)?))
    }
}

/// Any JSON bytes as a `T`, as [`Body`] reads them.
///
/// # Errors
/// 400 `invalid_json`, or 422 with every fault.
pub fn parse<T: ParseFromJSON + 'static>(bytes: &[u8]) -> crate::error::Result<T> {
    let value = read(bytes)?;
    // Before poem-openapi reads it, which stops at the first fault and takes a number for a `String`.
    judge::judge::<T>(&value)?;
    T::parse_from_json(Some(value)).map_err(|_| Error::faults(judge::unexplained()))
}

fn is_json(content_type: &str) -> bool {
    let essence = content_type.split(';').next().unwrap_or_default();
    essence.trim().eq_ignore_ascii_case(JSON)
}

fn unread(error: ReadBodyError) -> Error {
    match error {
        ReadBodyError::PayloadTooLarge => Error::too_large(LIMIT as u64),
        other => Error::from_poem(other.into()),
    }
}

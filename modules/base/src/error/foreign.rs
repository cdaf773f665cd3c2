//! The errors of poem and poem-openapi, in our words. Their own texts name Rust types, so none is repeated.

use poem::{
    error::{MethodNotAllowedError, NotFoundError, ReadBodyError, SizedLimitError},
    http::StatusCode,
};
use poem_openapi::error::{
    AuthorizationError, ContentTypeError, ParseMultipartError, ParseParamError, ParsePathError,
    ParseRequestPayloadError,
};

use super::Error;

impl Error {
    /// Any error that comes out of routing or extraction as a problem; one of our own stays as it is.
    #[must_use]
    pub fn from_poem(error: poem::Error) -> Self {
        if error.is::<Self>() {
            return error.downcast().unwrap_or_else(Self::internal);
        }
        // A path that cannot name a record names none.
        if error.is::<NotFoundError>() || error.is::<ParsePathError>() {
            return Self::not_found();
        }
        if error.is::<MethodNotAllowedError>() {
            return Self::method_not_allowed();
        }
        if let Some(ParseParamError { name, .. }) = error.downcast_ref() {
            return Self::bad_request(
                "invalid_parameter",
                format!("The parameter `{name}` is missing or not one of its possible values."),
            );
        }
        if error.is::<AuthorizationError>() {
            return Self::unauthorized();
        }
        if error.is::<ParseRequestPayloadError>() || error.is::<ParseMultipartError>() {
            return Self::bad_request("invalid_body", "The body could not be read.");
        }
        if error.is::<ContentTypeError>() {
            return Self::unsupported_media();
        }
        let too_large = matches!(error.downcast_ref(), Some(ReadBodyError::PayloadTooLarge))
            || matches!(error.downcast_ref(), Some(SizedLimitError::PayloadTooLarge));
        if too_large {
            return Self::from_status(StatusCode::PAYLOAD_TOO_LARGE);
        }
        if matches!(error.downcast_ref(), Some(ReadBodyError::Io(_) | ReadBodyError::Utf8(_))) {
            return Self::bad_request("invalid_body", "The body could not be read.");
        }
        match error.status() {
            status if status.is_client_error() => Self::from_status(status),
            StatusCode::SERVICE_UNAVAILABLE => Self::unavailable(),
            _ => Self::internal(error),
        }
    }

    /// The plain problem of a status, for answers that came without one.
    #[must_use]
    pub fn from_status(status: StatusCode) -> Self {
        match status {
            StatusCode::UNAUTHORIZED => Self::unauthorized(),
            StatusCode::FORBIDDEN => Self::forbidden(),
            StatusCode::NOT_FOUND => Self::not_found(),
            StatusCode::METHOD_NOT_ALLOWED => Self::method_not_allowed(),
            StatusCode::PRECONDITION_FAILED => Self::stale(),
            StatusCode::PAYLOAD_TOO_LARGE => Self::new(status, "too_large", "The body is too large."),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::unsupported_media(),
            StatusCode::TOO_MANY_REQUESTS => Self::too_many(1),
            StatusCode::SERVICE_UNAVAILABLE => Self::unavailable(),
            StatusCode::INTERNAL_SERVER_ERROR => Self::internal("an answer without a problem"),
            _ => {
                let title = status.canonical_reason().unwrap_or("error");
                Self::new(status, title.to_lowercase().replace(' ', "_"), "The request could not be understood.")
            }
        }
    }
}

//! What everybody may read, keep for a minute and show on a page of their own.

use poem::{
    IntoResponse, Response,
    http::{HeaderName, header},
};
use poem_openapi::{
    ApiResponse,
    payload::{Json, Payload},
    registry::{MetaHeader, MetaMediaType, MetaResponse, MetaResponses, MetaSchema, MetaSchemaRef, Registry},
    types::ToJSON,
};
use sha2::{Digest, Sha256};

/// 200, or 304 when the client has it already. Nothing of it belongs to whoever asks, so pages of any origin may read it (Fetch
/// standard, "HTTP CORS protocol").
#[derive(Clone, Debug)]
pub struct Public<T>(pub T);

impl<T: ToJSON> IntoResponse for Public<T> {
    fn into_response(self) -> Response {
        let body = self.0.to_json_string();
        let tag = format!("\"{}\"", hex::encode(&Sha256::digest(body.as_bytes())[..16]));
        Response::builder()
            .content_type("application/json; charset=utf-8")
            .header(header::ETAG, tag)
            .header(header::CACHE_CONTROL, "public, max-age=60")
            .header(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*")
            .header(HeaderName::from_static("cross-origin-resource-policy"), "cross-origin")
            .body(body)
    }
}

impl<T: ToJSON> ApiResponse for Public<T> {
    fn meta() -> MetaResponses {
        let header = |name: &str, description: &str| MetaHeader {
            name: name.to_owned(),
            description: Some(description.to_owned()),
            required: true,
            deprecated: false,
            schema: MetaSchemaRef::Inline(Box::new(MetaSchema::new("string"))),
        };
        let shown = MetaResponse {
            description: "What is published",
            status: Some(200),
            status_range: None,
            content: vec![MetaMediaType { content_type: Json::<T>::CONTENT_TYPE, schema: T::schema_ref() }],
            headers: vec![
                header("ETag", "A strong entity tag (RFC 9110 8.8.3), for `If-None-Match`"),
                header("Cache-Control", "How long it may be kept"),
            ],
        };
        let unchanged = MetaResponse {
            description: "Unchanged since the version in `If-None-Match`",
            status: Some(304),
            status_range: None,
            content: vec![],
            headers: vec![],
        };
        MetaResponses { responses: vec![shown, unchanged] }
    }

    fn register(registry: &mut Registry) {
        T::register(registry);
    }
}

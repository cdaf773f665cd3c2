use bytes::Bytes;
use futures_util::stream::BoxStream;
use poem::{Body, IntoResponse, Response, http::header};
use poem_openapi::{
    ApiResponse,
    registry::{MetaMediaType, MetaResponse, MetaResponses, MetaSchema, MetaSchemaRef, Registry},
};

/// A file on its way out: to be saved, never to be shown or run where it came from.
pub struct Download {
    pub file_name: String,
    pub media_type: String,
    pub size: i64,
    pub content: BoxStream<'static, std::io::Result<Bytes>>,
}

impl IntoResponse for Download {
    fn into_response(self) -> Response {
        Response::builder()
            .content_type(&self.media_type)
            .header(header::CONTENT_LENGTH, self.size)
            .header(header::CONTENT_DISPOSITION, disposition(&self.file_name))
            .header(header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'")
            .body(Body::from_bytes_stream(self.content))
    }
}

/// RFC 6266: a plain name for the old, and the real one in RFC 8187's spelling.
fn disposition(name: &str) -> String {
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || "._- ".contains(c) { c } else { '_' }).collect();
    let spelled: String = name
        .bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'.' | b'-' | b'_' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{spelled}")
}

impl ApiResponse for Download {
    fn meta() -> MetaResponses {
        let bytes = MetaSchemaRef::Inline(Box::new(MetaSchema::new_with_format("string", "binary")));
        MetaResponses {
            responses: vec![MetaResponse {
                description: "The file",
                status: Some(200),
                status_range: None,
                content: vec![MetaMediaType { content_type: "*/*", schema: bytes }],
                headers: vec![],
            }],
        }
    }

    fn register(_: &mut Registry) {}
}

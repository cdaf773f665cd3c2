use base::{Error, Result};
use bytes::Bytes;
use poem::{Body, FromRequest, Request, RequestBody, web::Multipart};
use poem_openapi::{
    ApiExtractor, ApiExtractorType, ExtractParamOptions,
    registry::{MetaMediaType, MetaRequest, MetaSchema, MetaSchemaRef, Registry},
};
use tokio::io::{AsyncRead, AsyncReadExt};

/// Bytes of a mail: 25 MiB.
pub const LIMIT: usize = 25 * 1024 * 1024;

/// Of a mail that is too large, its headers are read.
const HEAD: usize = 64 * 1024;

/// The field in which Mailgun sends a mail.
const FIELD: &str = "body-mime";

/// A body that is not read yet: first the key has to open a mailbox.
pub struct Posted {
    content_type: String,
    length: Option<usize>,
    body: Body,
}

/// A mail, whole or only its beginning.
pub enum Raw {
    Whole(Bytes),
    /// With how many bytes there are, if that was said, or at least.
    TooLarge(Bytes, usize),
}

impl Posted {
    /// The body as it is; of a form, the field `body-mime`.
    pub async fn read(self) -> Result<Raw> {
        let kind = self.content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        let length = self.length;
        match kind.as_str() {
            "multipart/form-data" => self.field().await,
            "application/x-www-form-urlencoded" => self.pair().await,
            _ => up_to_limit(self.body.into_async_read(), length).await,
        }
    }

    async fn field(self) -> Result<Raw> {
        let request = Request::builder().content_type(&self.content_type).body(self.body);
        let (request, mut body) = request.split();
        let form = <Multipart as FromRequest>::from_request(&request, &mut body).await;
        let mut form = form.map_err(|_| broken())?;
        while let Some(field) = form.next_field().await.map_err(|_| broken())? {
            if field.name() == Some(FIELD) {
                return up_to_limit(field.into_async_read(), None).await;
            }
        }
        Err(missing())
    }

    async fn pair(self) -> Result<Raw> {
        let raw = up_to_limit(self.body.into_async_read(), self.length).await?;
        let Raw::Whole(bytes) = raw else { return Ok(raw) };
        // Percent signs may stand for bytes that are no UTF-8, so this is no text.
        let found = bytes.split(|byte| *byte == b'&').find_map(|pair| {
            let (name, value) = pair.split_at(pair.iter().position(|byte| *byte == b'=')?);
            (name == FIELD.as_bytes()).then(|| unescaped(&value[1..]))
        });
        found.map(|mail| Raw::Whole(mail.into())).ok_or_else(missing)
    }
}

async fn up_to_limit(body: impl AsyncRead, length: Option<usize>) -> Result<Raw> {
    let mut body = std::pin::pin!(body);
    let most = if length.is_some_and(|length| length > LIMIT) { HEAD } else { LIMIT + 1 };
    let mut bytes = Vec::with_capacity(length.unwrap_or_default().min(most));
    (&mut body).take(most as u64).read_to_end(&mut bytes).await.map_err(|_| broken())?;
    if most == HEAD || bytes.len() > LIMIT {
        bytes.truncate(HEAD);
        return Ok(Raw::TooLarge(bytes.into(), length.unwrap_or(LIMIT + 1)));
    }
    Ok(Raw::Whole(bytes.into()))
}

/// `application/x-www-form-urlencoded`, bytes and all (WHATWG URL, 5.1).
fn unescaped(value: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(value.len());
    let mut rest = value;
    while let [first, after @ ..] = rest {
        let escaped = after.get(..2).filter(|_| *first == b'%').and_then(|digits| hex::decode(digits).ok());
        if let Some(byte) = escaped {
            bytes.extend(byte);
            rest = &after[2..];
        } else {
            bytes.push(if *first == b'+' { b' ' } else { *first });
            rest = after;
        }
    }
    bytes
}

fn broken() -> Error {
    Error::bad_request("body_broken", "The body ended before it was complete.")
}

fn missing() -> Error {
    Error::fault(format!("/{FIELD}"), "required", "A form has the mail in its field `body-mime`.")
}

impl<'a> ApiExtractor<'a> for Posted {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];
    type ParamType = ();
    type ParamRawType = ();

    fn register(_: &mut Registry) {}

    fn request_meta() -> Option<MetaRequest> {
        let mail = MetaSchemaRef::Inline(Box::new(MetaSchema::new_with_format("string", "binary")));
        Some(MetaRequest {
            description: Some("The mail as it travels (RFC 5322), at most 25 MiB."),
            content: vec![MetaMediaType { content_type: "message/rfc822", schema: mail }],
            required: true,
        })
    }

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        _: ExtractParamOptions<()>,
    ) -> poem::Result<Self> {
        let body = body.take().map_err(|_| Error::internal("the body was read before"))?;
        let content_type = request.content_type().unwrap_or_default().to_owned();
        let length = request.header("content-length").and_then(|length| length.parse().ok());
        Ok(Self { content_type, length, body })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_unescaped_byte_by_byte() {
        assert_eq!(unescaped(b"From%3A+a%40b.example%0D%0A%FF%2"), b"From: a@b.example\r\n\xff%2");
    }
}

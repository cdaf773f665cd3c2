use base::{Error, Result};
use bytes::Bytes;
use futures_util::{
    StreamExt,
    stream::{self, BoxStream},
};
use poem::{FromRequest, Request, RequestBody, web::Multipart};
use poem_openapi::{
    ApiExtractor, ApiExtractorType, ExtractParamOptions,
    registry::{MetaMediaType, MetaRequest, MetaSchema, MetaSchemaRef, Registry},
};
use tokio::io::AsyncReadExt;

use crate::media;

/// A `multipart/form-data` body with one file in its field `file`, not read yet: poem-openapi's own would spool any size to
/// disk before anybody is asked.
pub struct Upload(Multipart);

/// The file field, ready to be read.
pub struct Incoming {
    pub file_name: String,
    /// Ends with an error when it ended too early, or when another field comes after it.
    pub content: BoxStream<'static, Result<Bytes>>,
}

/// Read at once.
const CHUNK: usize = 64 * 1024;

impl Upload {
    /// The field `file`; 422 when there is none, or another one.
    pub async fn file(mut self) -> Result<Incoming> {
        let field = self.0.next_field().await.map_err(|_| broken())?;
        let field = field.ok_or_else(|| Error::fault("/file", "required", "The form has no field `file`."))?;
        if field.name() != Some("file") {
            return Err(another());
        }
        let file_name = media::clean_name(field.file_name().unwrap_or_default());
        let reader = Box::pin(field.into_async_read());
        let content = stream::try_unfold((reader, self.0), async |(mut reader, mut form)| {
            let mut chunk = vec![0; CHUNK];
            let read = reader.read(&mut chunk).await.map_err(|_| cut_off())?;
            if read > 0 {
                chunk.truncate(read);
                return Ok(Some((Bytes::from(chunk), (reader, form))));
            }
            // A field is given up before the next one is looked for.
            drop(reader);
            let next = form.next_field().await.map_err(|_| broken())?;
            next.map_or(Ok(None), |_| Err(another()))
        });
        Ok(Incoming { file_name, content: content.boxed() })
    }
}

fn broken() -> Error {
    Error::bad_request("upload_broken", "The multipart body is not understood.")
}

fn cut_off() -> Error {
    Error::bad_request("upload_broken", "The upload ended before it was complete.")
}

fn another() -> Error {
    Error::fault("", "unknown_field", "The only field of this form is `file`, once.")
}

impl<'a> ApiExtractor<'a> for Upload {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];

    type ParamType = ();
    type ParamRawType = ();

    fn register(_: &mut Registry) {}

    fn request_meta() -> Option<MetaRequest> {
        let file = MetaSchema { description: Some("The file."), ..MetaSchema::new_with_format("string", "binary") };
        let form = MetaSchema {
            required: vec!["file"],
            properties: vec![("file", MetaSchemaRef::Inline(Box::new(file)))],
            ..MetaSchema::new("object")
        };
        Some(MetaRequest {
            description: Some("One file. Its type is found out from its content."),
            content: vec![MetaMediaType {
                content_type: "multipart/form-data",
                schema: MetaSchemaRef::Inline(Box::new(form)),
            }],
            required: true,
        })
    }

    async fn from_request(
        request: &'a Request,
        body: &mut RequestBody,
        _: ExtractParamOptions<()>,
    ) -> poem::Result<Self> {
        let form = request
            .content_type()
            .is_some_and(|kind| kind.trim_start().to_ascii_lowercase().starts_with("multipart/form-data"));
        if !form {
            return Err(Error::unsupported_media().into());
        }
        Ok(Self(<Multipart as FromRequest>::from_request(request, body).await.map_err(|_| broken())?))
    }
}

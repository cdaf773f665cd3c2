use base::Error;
use poem::{Request, RequestBody, Result, error::ReadBodyError};
use poem_openapi::{
    ApiExtractor, ApiExtractorType, ExtractParamOptions,
    registry::{MetaMediaType, MetaRequest, MetaSchema, MetaSchemaRef, Registry},
};

/// An iCalendar object as the body of a request, as a handler's argument.
///
/// Refused with 413 when longer than 1 MiB (counted as it comes in), 415 when it is not `text/calendar`, 400 when it is not UTF-8.
pub struct Ics(pub String);

/// Bytes: 1 MiB.
const LIMIT: usize = 1024 * 1024;
const CALENDAR: &str = "text/calendar";
const EXAMPLE: &str = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//Example//EN\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\n\
                       UID:0f6f1f9e-review@elbe.example\r\nDTSTAMP:20261101T080000Z\r\nSEQUENCE:0\r\n\
                       DTSTART:20270111T090000Z\r\nDTEND:20270111T100000Z\r\nSUMMARY:Quarterly review\r\n\
                       ORGANIZER:mailto:ada@rapport.example\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:greta@elbe.example\r\n\
                       END:VEVENT\r\nEND:VCALENDAR\r\n";

impl<'a> ApiExtractor<'a> for Ics {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::RequestObject];
    type ParamType = ();
    type ParamRawType = ();

    fn register(_: &mut Registry) {}

    fn request_meta() -> Option<MetaRequest> {
        let text = MetaSchema { example: Some(EXAMPLE.into()), max_length: Some(LIMIT), ..MetaSchema::new("string") };
        let content = vec![MetaMediaType { content_type: CALENDAR, schema: MetaSchemaRef::Inline(Box::new(text)) }];
        Some(MetaRequest { description: Some("An iCalendar object (RFC 5545), in UTF-8."), content, required: true })
    }

    async fn from_request(request: &'a Request, body: &mut RequestBody, _: ExtractParamOptions<()>) -> Result<Self> {
        let kind = request.content_type().and_then(|given| given.split(';').next()).unwrap_or_default();
        if !kind.trim().eq_ignore_ascii_case(CALENDAR) {
            return Err(Error::unsupported_media().into());
        }
        let bytes = body.take()?.into_bytes_limit(LIMIT).await.map_err(|error| match error {
            ReadBodyError::PayloadTooLarge => Error::too_large(LIMIT as u64),
            _ => Error::bad_request("body_broken", "The body ended before it was complete."),
        })?;
        let text = String::from_utf8(bytes.into())
            .map_err(|_| Error::bad_request("invalid_calendar", "The body is not UTF-8."))?;
        Ok(Self(text))
    }
}

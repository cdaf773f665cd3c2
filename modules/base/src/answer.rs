//! What a handler answers: the statuses, `ETag` and `Location` that every module has in common.

use poem::{
    IntoResponse, Response,
    http::{StatusCode, header},
};
use poem_openapi::{
    ApiResponse,
    payload::{Json, Payload},
    registry::{MetaHeader, MetaMediaType, MetaResponse, MetaResponses, MetaSchema, MetaSchemaRef, Registry},
    types::{ToJSON, Type},
};
use uuid::Uuid;

use crate::precondition;

/// A single record as it is shown: it has an id and a version.
pub trait View: ToJSON + Clone {
    fn id(&self) -> Uuid;
    fn version(&self) -> i64;
}

/// 200 with a record, or 304 when the client has it already.
#[derive(Clone, Debug)]
pub struct Shown<V>(pub V);

/// 201 with the new record and where it is.
#[derive(Clone, Debug)]
pub struct Created<V> {
    pub view: V,
    /// The path of the list, such as `/api/leads`; the id goes behind it.
    pub under: &'static str,
}

/// 200 with the record as it is now.
#[derive(Clone, Debug)]
pub struct Changed<V>(pub V);

/// 204: it is in the trash, or gone.
#[derive(Clone, Copy, Debug)]
pub struct Trashed;

impl<V> Created<V> {
    pub fn at(under: &'static str, view: V) -> Self {
        Self { view, under }
    }
}

impl<V: View> IntoResponse for Shown<V> {
    fn into_response(self) -> Response {
        tagged(StatusCode::OK, &self.0)
    }
}

impl<V: View> IntoResponse for Changed<V> {
    fn into_response(self) -> Response {
        tagged(StatusCode::OK, &self.0)
    }
}

impl<V: View> IntoResponse for Created<V> {
    fn into_response(self) -> Response {
        let place = format!("{}/{}/", self.under, self.view.id());
        tagged(StatusCode::CREATED, &self.view).with_header(header::LOCATION, place).into_response()
    }
}

impl IntoResponse for Trashed {
    fn into_response(self) -> Response {
        StatusCode::NO_CONTENT.into()
    }
}

fn tagged<V: View>(status: StatusCode, view: &V) -> Response {
    let body = view.to_json_string();
    let tag = precondition::tag(view.version(), body.as_bytes());
    Response::builder()
        .status(status)
        .content_type("application/json; charset=utf-8")
        .header(header::ETAG, tag)
        .body(body)
}

impl<V: View> ApiResponse for Shown<V> {
    fn meta() -> MetaResponses {
        let unchanged = MetaResponse {
            description: "Unchanged since the version in `If-None-Match`",
            status: Some(304),
            status_range: None,
            content: vec![],
            headers: vec![],
        };
        MetaResponses { responses: vec![record::<V>(200, "The record", vec![etag()]), unchanged] }
    }

    fn register(registry: &mut Registry) {
        V::register(registry);
    }
}

impl<V: View> ApiResponse for Changed<V> {
    fn meta() -> MetaResponses {
        MetaResponses { responses: vec![record::<V>(200, "The record as it is now", vec![etag()])] }
    }

    fn register(registry: &mut Registry) {
        V::register(registry);
    }
}

impl<V: View> ApiResponse for Created<V> {
    fn meta() -> MetaResponses {
        let location = text_header("Location", "The path of the new record");
        MetaResponses { responses: vec![record::<V>(201, "The new record", vec![etag(), location])] }
    }

    fn register(registry: &mut Registry) {
        V::register(registry);
    }
}

impl ApiResponse for Trashed {
    fn meta() -> MetaResponses {
        let gone = MetaResponse {
            description: "Done; there is nothing to show",
            status: Some(204),
            status_range: None,
            content: vec![],
            headers: vec![],
        };
        MetaResponses { responses: vec![gone] }
    }

    fn register(_: &mut Registry) {}
}

fn record<V: Type>(status: u16, description: &'static str, headers: Vec<MetaHeader>) -> MetaResponse {
    let content = vec![MetaMediaType { content_type: Json::<V>::CONTENT_TYPE, schema: V::schema_ref() }];
    MetaResponse { description, status: Some(status), status_range: None, content, headers }
}

fn etag() -> MetaHeader {
    text_header("ETag", "A strong entity tag (RFC 9110 8.8.3), for `If-Match` and `If-None-Match`")
}

fn text_header(name: &str, description: &str) -> MetaHeader {
    MetaHeader {
        name: name.to_owned(),
        description: Some(description.to_owned()),
        required: true,
        deprecated: false,
        schema: MetaSchemaRef::Inline(Box::new(MetaSchema::new("string"))),
    }
}

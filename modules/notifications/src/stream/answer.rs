use futures_util::{Stream, StreamExt, stream::BoxStream};
use poem::{
    IntoResponse, Response,
    http::{HeaderValue, header},
    web::sse::{Event, SSE},
};
use poem_openapi::{
    ApiResponse,
    payload::EventStream,
    registry::{MetaResponses, Registry},
    types::Type,
};

use super::view::{LiveEvent, Said};

/// 200 with events, until it ends.
pub struct Streamed(BoxStream<'static, Said>);

impl Streamed {
    pub fn of(said: impl Stream<Item = Said> + Send + 'static) -> Self {
        Self(said.boxed())
    }
}

impl IntoResponse for Streamed {
    fn into_response(self) -> Response {
        let mut response = SSE::new(self.0.map(Event::from)).into_response();
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }
}

impl ApiResponse for Streamed {
    fn meta() -> MetaResponses {
        let mut meta = EventStream::<BoxStream<'static, LiveEvent>>::meta();
        for response in &mut meta.responses {
            response.description = "Events without an end: the data of those of type `change` is one of these objects";
        }
        meta
    }

    fn register(registry: &mut Registry) {
        LiveEvent::register(registry);
    }
}

//! Answering requests: routes, listeners, the jobs beside them, and a stop that finishes what is under way.

use std::{
    io,
    num::NonZeroU32,
    panic::resume_unwind,
    sync::{Arc, OnceLock},
    thread,
    time::Duration,
};

use base::{
    Gate,
    queue::{Actors, Queue},
};
use bytes::Bytes;
use metrics_exporter_prometheus::PrometheusHandle;
use poem::{
    Endpoint, EndpointExt, IntoEndpoint, Request, Response, Route, Server,
    endpoint::make_sync,
    http::header,
    listener::{Acceptor, Listener, TcpListener},
    middleware::Compression,
};
use serde_json::Value;
use tokio_util::sync::CancellationToken;

use crate::{
    config::Config,
    front::{Front, Limits, Methods, Parameters},
    health::{self, Draining, Readyz},
    mount::{self, Parts},
    work::{self, Crew},
};

/// Requests of one network: at once, and in each second from then on.
const BURST: NonZeroU32 = NonZeroU32::new(2_000).expect("not zero");
const PER_SECOND: NonZeroU32 = NonZeroU32::new(500).expect("not zero");

/// A pages' scripts are its own and inline, and it asks nobody but this server.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'unsafe-inline' 'self' blob:; style-src 'unsafe-inline'; \
                           img-src 'self' data: blob:; font-src data:; worker-src blob:; connect-src 'self'; frame-ancestors 'none'";

/// The document of everything that is mounted.
pub fn document(parts: &Parts) -> Value {
    openapi::document(&openapi::service(mount::apis(parts)))
}

/// All routes behind their front.
pub fn app(
    config: &Config,
    parts: &Parts,
    queue: &Queue,
    draining: &Draining,
) -> impl Endpoint<Output = Response> + use<> {
    // First, so that what it sets up for good is not set up in the middle of what is made for a moment.
    let service = openapi::service(mount::apis(parts)).into_endpoint();
    let Published { methods, parameters, text, swagger_ui, redoc } = Published::of(parts).clone();
    let readyz = Readyz { platform: parts.platform.clone(), queue: queue.clone(), draining: draining.clone() };
    let gate: Arc<dyn Gate> = mount::gate(parts);
    let routes = Route::new()
        .at("/livez", health::livez())
        .at("/readyz", readyz)
        .at("/swagger-ui", page(swagger_ui))
        .at("/api/schema/redoc", page(redoc))
        .at("/api/schema", json(text.clone()))
        .at("/openapi.json", json(text))
        .nest_no_strip("/", service)
        .data(gate)
        .with(Compression::new())
        .before(as_it_comes);
    Front {
        inner: routes,
        clock: parts.db.clock().clone(),
        trusted_proxies: config.trusted_proxies.clone(),
        cors_origins: config.cors_origins.clone(),
        request_timeout: config.request_timeout,
        hsts: config.hsts,
        methods,
        parameters,
        limits: Limits::new(BURST, PER_SECOND),
    }
}

/// Where events are told. A compressor would hold them back until it has enough of them.
const STREAM: &str = "/api/stream";

async fn as_it_comes(mut request: Request) -> poem::Result<Request> {
    if request.uri().path() == STREAM {
        request.headers_mut().remove(header::ACCEPT_ENCODING);
    }
    Ok(request)
}

/// Serves until told to stop, then lets requests and jobs come to their end.
pub async fn serve(
    config: &Config,
    parts: Parts,
    metrics: PrometheusHandle,
    stop: CancellationToken,
) -> io::Result<()> {
    let queue = Queue::new(parts.platform.clone());
    let draining = Draining::default();
    let acceptor = TcpListener::bind(config.listen).into_acceptor().await?;
    let address =
        acceptor.local_addr().first().and_then(|address| address.as_socket_addr().copied()).unwrap_or(config.listen);
    let app = app(config, &parts, &queue, &draining);
    queue.ensure_scheduled(mount::schedule()).await.map_err(io::Error::other)?;

    let crew = Crew { workers: config.workers_in_serve, patience: config.shutdown };
    let actors: Arc<dyn Actors> = mount::gate(&parts);
    let live = parts.live.clone();
    let jobs = async {
        if crew.workers > 0 {
            work::work(queue, Arc::new(mount::tools(&parts)), actors, crew, stop.clone()).await;
        }
    };
    let stopping = async {
        stop.cancelled().await;
        draining.begin();
        live.close();
        tracing::info!("stopping");
    };
    tracing::info!(%address, "listening");
    eprintln!("Rapport listens on http://{address} — try /swagger-ui/");
    let server = Server::new_with_acceptor(acceptor).idle_timeout(Duration::from_secs(75));
    let server = server.run_with_graceful_shutdown(app, stopping, Some(config.shutdown));
    let (served, (), told) = tokio::join!(server, jobs, tell(config, metrics, stop.clone()));
    stop.cancel();
    served.and(told)
}

/// Metrics on their own listener.
async fn tell(config: &Config, metrics: PrometheusHandle, stop: CancellationToken) -> io::Result<()> {
    let Some(listen) = config.metrics_listen else { return Ok(()) };
    let app = Route::new().at("/metrics", make_sync(move |_| metrics.render()));
    let server = Server::new(TcpListener::bind(listen)).run_with_graceful_shutdown(app, stop.cancelled(), None);
    server.await.map_err(|error| io::Error::new(error.kind(), format!("METRICS_LISTEN {listen}: {error}")))
}

/// What is told of the API. It follows from the types alone, so a process makes it once, however many servers it is.
#[derive(Clone)]
struct Published {
    methods: Methods,
    parameters: Parameters,
    text: Bytes,
    swagger_ui: Bytes,
    redoc: Bytes,
}

static PUBLISHED: OnceLock<Published> = OnceLock::new();

impl Published {
    fn of(parts: &Parts) -> &'static Self {
        PUBLISHED.get_or_init(|| Self::made_aside(parts))
    }

    /// Made aside and copied: for a moment it takes many times its own size, in parts so small that the gaps they leave
    /// would stay with the server for good. What a thread took goes back when nothing of it is in use.
    fn made_aside(parts: &Parts) -> Self {
        let made = || {
            let service = openapi::service(mount::apis(parts));
            let document = openapi::document(&service);
            Self {
                methods: Methods::of(&document),
                parameters: Parameters::of(&document),
                text: openapi::text(&document).into(),
                swagger_ui: openapi::swagger_ui(&service, &document).into(),
                redoc: openapi::redoc(&service, &document).into(),
            }
        };
        let made = thread::scope(|scope| scope.spawn(made).join());
        let Self { methods, parameters, text, swagger_ui, redoc } = &made.unwrap_or_else(|panic| resume_unwind(panic));
        let [text, swagger_ui, redoc] = [text, swagger_ui, redoc].map(|bytes| Bytes::copy_from_slice(bytes));
        Self { methods: methods.clone(), parameters: parameters.clone(), text, swagger_ui, redoc }
    }
}

fn page(html: Bytes) -> impl Endpoint<Output = Response> {
    make_sync(move |_| {
        Response::builder()
            .content_type("text/html; charset=utf-8")
            .header(header::CONTENT_SECURITY_POLICY, PAGE_POLICY)
            .header(header::CACHE_CONTROL, "no-cache")
            .body(html.clone())
    })
}

fn json(text: Bytes) -> impl Endpoint<Output = Response> {
    make_sync(move |_| Response::builder().content_type("application/json").body(text.clone()))
}

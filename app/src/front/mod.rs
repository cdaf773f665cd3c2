//! What stands before every handler: who calls is noted, limits hold, and whatever comes back is an answer of ours, a
//! problem document too.

mod answer;
mod body;
mod caller;
mod conditions;
mod cors;
mod limits;
mod methods;
mod parameters;

use std::{
    panic::AssertUnwindSafe,
    time::{Duration, Instant},
};

use base::{Caller, Clock, Error};
use futures_util::FutureExt;
use ipnet::IpNet;
use poem::{
    Endpoint, IntoResponse, Request, Response,
    http::{Method, Uri, header, uri::PathAndQuery},
};
use tracing::Instrument;

pub use limits::Limits;
pub use methods::Methods;
pub use parameters::Parameters;

use crate::metrics;

/// The front of the server, around all its routes.
pub struct Front<E> {
    pub inner: E,
    pub clock: Clock,
    pub trusted_proxies: Vec<IpNet>,
    pub cors_origins: Vec<String>,
    pub request_timeout: Duration,
    pub hsts: bool,
    pub methods: Methods,
    pub parameters: Parameters,
    pub limits: Limits,
}

impl<E: Endpoint> Endpoint for Front<E> {
    type Output = Response;

    async fn call(&self, mut request: Request) -> poem::Result<Response> {
        let began = Instant::now();
        let id = caller::request_id(request.headers()).unwrap_or_else(|| self.clock.id().simple().to_string());
        let ip = caller::address(&request, &self.trusted_proxies);
        let user_agent = request.header(header::USER_AGENT).map(|agent| agent.chars().take(512).collect());
        let method = request.method().clone();
        let origin = cors::allowed(&self.cors_origins, request.headers());
        without_slash(&mut request);
        let route = self.methods.route(request.uri().path()).unwrap_or("unknown").to_owned();
        let seen = request.header(header::IF_NONE_MATCH).map(str::to_owned);
        if method == Method::HEAD {
            request.set_method(Method::GET);
        }
        request.set_data(Caller { request_id: id.clone(), ip, user_agent, fingerprint: String::new() });

        let span = tracing::info_span!("request", %id, %method, %route);
        let answered = self.answer(request, &route).instrument(span.clone()).await;
        let mut response = answered.unwrap_or_else(|error| self.refusal(error, &method, &route, &id));
        answer::unchanged(&mut response, seen.as_deref());
        if method == Method::HEAD {
            answer::without_body(&mut response);
        }
        answer::headers(&mut response, &id, self.hsts);
        cors::tell(&mut response, origin.as_deref());
        let (status, took) = (response.status().as_u16(), began.elapsed());
        metrics::request(&method, &route, status, took);
        span.in_scope(|| tracing::info!(status, took_ms = took.as_secs_f64() * 1000.0, "answered"));
        Ok(response)
    }
}

impl<E: Endpoint> Front<E> {
    async fn answer(&self, mut request: Request, route: &str) -> Result<Response, Error> {
        self.limits.admit(&request)?;
        if let Some(preflight) = cors::preflight(&self.cors_origins, &request) {
            return Ok(preflight);
        }
        conditions::understood(request.headers())?;
        self.parameters.known(&request, route)?;
        body::fingerprint(&mut request).await?;
        let inner = AssertUnwindSafe(self.inner.call(request)).catch_unwind();
        match tokio::time::timeout(self.request_timeout, inner).await {
            Ok(Ok(Ok(response))) => Ok(response.into_response()),
            Ok(Ok(Err(error))) => Err(Error::from_poem(error)),
            Ok(Err(panic)) => Err(Error::internal(format_args!("a handler panicked: {}", told(&*panic)))),
            Err(_) => Err(Error::unavailable()),
        }
    }

    fn refusal(&self, error: Error, method: &Method, route: &str, id: &str) -> Response {
        let mut response = error.with_instance(id).into_response();
        if response.status() == poem::http::StatusCode::METHOD_NOT_ALLOWED
            && let Some(allowed) = self.methods.allowed(route)
        {
            tracing::debug!(%method, "not allowed here");
            response.headers_mut().insert(header::ALLOW, allowed);
        }
        response
    }
}

/// Routes have no slash at their end; a path with one is read as if it had none, for a redirect would lose a body.
fn without_slash(request: &mut Request) {
    let path = request.uri().path();
    let Some(path) = path.strip_suffix('/').filter(|path| !path.is_empty() && !path.ends_with('/')) else { return };
    let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
    let mut parts = request.uri().clone().into_parts();
    parts.path_and_query = format!("{path}{query}").parse::<PathAndQuery>().ok();
    if let Ok(uri) = Uri::from_parts(parts) {
        *request.uri_mut() = uri;
    }
}

fn told(panic: &(dyn std::any::Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no message")
}

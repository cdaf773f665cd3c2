//! What the server tells Prometheus: rate, errors and duration by route, and the queue. On a listener of its own.

use std::time::Duration;

use base::queue::Depth;
use metrics::{counter, gauge, histogram};
use metrics_exporter_prometheus::{BuildError, Matcher, PrometheusBuilder, PrometheusHandle};
use poem::http::Method;

const SECONDS: &[f64] = &[0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0];

/// Begins to count. Once per process.
pub fn install() -> Result<PrometheusHandle, BuildError> {
    PrometheusBuilder::new().set_buckets_for_metric(Matcher::Suffix("_seconds".to_owned()), SECONDS)?.install_recorder()
}

/// One answered request. `route` is the template, never the path: its number is bounded.
pub fn request(method: &Method, route: &str, status: u16, took: Duration) {
    let labels = [("method", method.to_string()), ("route", route.to_owned()), ("status", status.to_string())];
    counter!("http_requests_total", &labels).increment(1);
    histogram!("http_request_duration_seconds", &labels[..2]).record(took);
}

/// How many jobs wait, and for how long the first of them has.
pub fn queue(depth: Depth) {
    gauge!("jobs_ready").set(float(depth.ready));
    gauge!("jobs_oldest_age_seconds").set(float(depth.oldest_age_seconds));
}

fn float(number: i64) -> f64 {
    f64::from(i32::try_from(number).unwrap_or(i32::MAX))
}

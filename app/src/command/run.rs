use std::sync::Arc;

use base::queue::{Actors, Queue};
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;

use super::clock;
use crate::{
    config::Config,
    metrics, mount, serve as server,
    start::{self, Fault},
    work::{self, Crew},
};

pub async fn serve(config: &Config) -> Result<(), Fault> {
    let parts = start::parts(config, clock()).await?;
    let handle = metrics::install().map_err(|error| error.to_string())?;
    let stop = CancellationToken::new();
    let served = server::serve(config, parts, handle, stop.clone());
    let (served, told) = tokio::join!(
        async {
            let served = served.await;
            stop.cancel();
            served
        },
        told_to_stop(stop.clone())
    );
    told?;
    served.map_err(|error| format!("LISTEN {}: {error}", config.listen))
}

pub async fn work(config: &Config, workers: u16) -> Result<(), Fault> {
    let parts = start::parts(config, clock()).await?;
    let queue = Queue::new(parts.platform.clone());
    queue.ensure_scheduled(mount::schedule()).await.map_err(|error| error.to_string())?;
    let actors: Arc<dyn Actors> = mount::gate(&parts);
    let crew = Crew { workers: workers.into(), patience: config.shutdown };
    let stop = CancellationToken::new();
    tracing::info!(workers, "working");
    let working = work::work(queue, Arc::new(mount::tools(&parts)), actors, crew, stop.clone());
    let ((), told) = tokio::join!(working, told_to_stop(stop));
    told
}

/// SIGTERM or Ctrl-C.
async fn told_to_stop(stop: CancellationToken) -> Result<(), Fault> {
    let mut terminate = signal(SignalKind::terminate()).map_err(|error| error.to_string())?;
    tokio::select! {
        _ = terminate.recv() => {}
        pressed = tokio::signal::ctrl_c() => pressed.map_err(|error| error.to_string())?,
        () = stop.cancelled() => {}
    }
    stop.cancel();
    Ok(())
}

//! The job worker: a loop that does not end before it is told to.

use std::{collections::HashMap, sync::Arc, time::Duration};

use base::{
    Tools,
    queue::{Actors, Queue, task},
};
use tokio::{
    task::{Id, JoinError, JoinSet},
    time,
};
use tokio_util::sync::CancellationToken;

/// How long the worker waits after an error, at first and at most.
const FIRST_PAUSE: Duration = Duration::from_millis(200);
const LONGEST_PAUSE: Duration = Duration::from_secs(10);

/// How many jobs run at once, and how long they may go on after the stop.
#[derive(Clone, Copy, Debug)]
pub struct Crew {
    pub workers: usize,
    pub patience: Duration,
}

/// The jobs under way, by their task.
struct Running {
    tasks: JoinSet<base::Result<()>>,
    claims: HashMap<Id, task::Model>,
}

/// Works until `stop`, then lets what runs come to its end for as long as the patience lasts, and gives back the rest.
pub async fn work(queue: Queue, tools: Arc<Tools>, actors: Arc<dyn Actors>, crew: Crew, stop: CancellationToken) {
    let mut running = Running { tasks: JoinSet::new(), claims: HashMap::new() };
    let mut bell = queue.bell();
    let mut pause = FIRST_PAUSE;
    while !stop.is_cancelled() {
        let rung = bell.rung();
        let claimed = queue.claim(crew.workers.saturating_sub(running.tasks.len())).await;
        let failed = claimed.is_err();
        match claimed {
            Ok(claims) => {
                pause = FIRST_PAUSE;
                for claim in claims {
                    running.start(&queue, &tools, &actors, claim);
                }
            }
            Err(error) => {
                tracing::warn!(%error, ?pause, "no jobs could be claimed");
                pause = (pause * 2).min(LONGEST_PAUSE);
            }
        }
        let is_full = running.tasks.len() >= crew.workers;
        tokio::select! {
            () = stop.cancelled() => {}
            Some(ended) = running.tasks.join_next_with_id() => running.ended(ended),
            () = rung, if !is_full && !failed => {}
            () = time::sleep(pause), if failed => {}
        }
    }
    running.drain(&queue, crew.patience).await;
}

impl Running {
    fn start(&mut self, queue: &Queue, tools: &Arc<Tools>, actors: &Arc<dyn Actors>, claim: task::Model) {
        let (queue, tools, actors, kept) = (queue.clone(), tools.clone(), actors.clone(), claim.clone());
        let handle = self.tasks.spawn(async move { queue.run(claim, tools, actors).await });
        self.claims.insert(handle.id(), kept);
    }

    fn ended(&mut self, ended: Result<(Id, base::Result<()>), JoinError>) {
        let (id, error) = match ended {
            Ok((id, Ok(()))) => (id, None),
            Ok((id, Err(error))) => (id, Some(error.to_string())),
            Err(error) => (error.id(), Some(error.to_string())),
        };
        let claim = self.claims.remove(&id);
        if let (Some(claim), Some(error)) = (claim, error) {
            tracing::error!(job = %claim.id, kind = claim.kind, error, "the end of a job was not kept; it runs again when its lease ends");
        }
    }

    async fn drain(mut self, queue: &Queue, patience: Duration) {
        let all = async {
            while let Some(ended) = self.tasks.join_next_with_id().await {
                self.ended(ended);
            }
        };
        if time::timeout(patience, all).await.is_ok() {
            return;
        }
        self.tasks.shutdown().await;
        let left: Vec<_> = self.claims.into_values().collect();
        tracing::info!(jobs = left.len(), "giving back jobs that did not end in time");
        if let Err(error) = queue.release(&left).await {
            tracing::warn!(%error, "jobs could not be given back; they run when their lease ends");
        }
    }
}

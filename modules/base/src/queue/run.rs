//! One job, run: whatever it does, its worker goes on.

use std::{any::Any, sync::Arc, time::Duration};

use async_trait::async_trait;
use fang::AsyncRunnable;
use tokio::{task::JoinSet, time};
use uuid::Uuid;

use super::{End, Errand, Queue, errand, lease, task};
use crate::{
    actor::{Actor, Request},
    error::Result,
    job::{self, Outcome, Tools, Work},
};

/// How often a worker gives a sign of life.
const HEARTBEAT: Duration = Duration::from_secs(20);
/// How long a run may take that does not say so itself.
const USUAL_TIMEOUT: Duration = Duration::from_mins(1);

/// Finds out in whose name a job runs, at the time it runs: grants may have changed since it was enqueued.
#[async_trait]
pub trait Actors: Send + Sync {
    /// The organisation itself when `user` is `None`. The answer is `None` when there is no such member any more.
    async fn actor(&self, org: Uuid, user: Option<Uuid>, request: Request) -> Result<Option<Actor>>;
}

impl Queue {
    /// Runs a claimed job to its end, with a heartbeat, and keeps how it ended.
    ///
    /// # Errors
    /// 503 when the end could not be kept for some seconds: the job runs again when its lease ends.
    pub async fn run(&self, claim: task::Model, tools: Arc<Tools>, actors: Arc<dyn Actors>) -> Result<()> {
        let end = match Reading::of(&claim) {
            _ if claim.attempt > claim.max_attempts => End::Failed(format!(
                "It was started {} times and never came to an end: its worker stopped each time.",
                claim.max_attempts
            )),
            Err(reason) => End::Failed(reason),
            Ok(reading) => {
                let seconds = reading.task.backoff(claim.attempt.clamp(1, 12).unsigned_abs());
                match self.attempt(&claim, reading, tools, actors).await {
                    Some(outcome) => ended(&claim, seconds, outcome),
                    // Another worker has it.
                    None => return Ok(()),
                }
            }
        };
        self.keep(&claim, end).await
    }

    /// `None` when the lease was lost on the way.
    async fn attempt(
        &self,
        claim: &task::Model,
        reading: Reading,
        tools: Arc<Tools>,
        actors: Arc<dyn Actors>,
    ) -> Option<Outcome> {
        let (queue, id, org, user) = (self.clone(), claim.id, claim.org_id, claim.user_id);
        let timeout = reading.timeout;
        // A task of its own, so that a panic is caught and a job that holds its thread does not hold the heartbeat.
        let mut run = JoinSet::new();
        run.spawn(async move {
            let actor = match org {
                None => None,
                Some(org) => match actors.actor(org, user, job::request(id)).await? {
                    Some(actor) => Some(actor),
                    None => {
                        return Ok(Outcome::GiveUp(
                            "The person it was for is not a member of the organisation any more.".into(),
                        ));
                    }
                },
            };
            let work = Work::new(queue.platform.clone(), actor, tools, id);
            errand::run(&*reading.task, &queue, work).await
        });
        let deadline = time::sleep(timeout);
        tokio::pin!(deadline);
        let mut beat = time::interval_at(time::Instant::now() + HEARTBEAT, HEARTBEAT);
        loop {
            tokio::select! {
                Some(joined) = run.join_next() => return Some(match joined {
                    Ok(Ok(outcome)) => outcome,
                    Ok(Err(error)) => Outcome::Retry(error.to_string()),
                    Err(error) if error.is_panic() => Outcome::Retry(format!("It panicked: {}", panic_text(&*error.into_panic()))),
                    Err(_) => Outcome::Retry("It was stopped.".into()),
                }),
                () = &mut deadline => return Some(Outcome::Retry(format!("It took longer than {} seconds.", timeout.as_secs_f32()))),
                _ = beat.tick() => match self.heartbeat(claim).await {
                    Ok(true) => {}
                    Ok(false) => {
                        tracing::warn!(job = %claim.id, kind = claim.kind, "lease lost");
                        return None;
                    }
                    Err(error) => tracing::warn!(job = %claim.id, %error, "no heartbeat"),
                },
            }
        }
    }

    /// A busy database does not make the work be done again: it is asked for a while.
    async fn keep(&self, claim: &task::Model, end: End) -> Result<()> {
        let mut pause = Duration::from_millis(100);
        loop {
            match self.end(claim, end.clone()).await {
                Ok(kept) => {
                    told(claim, &end, kept);
                    return Ok(());
                }
                Err(error) if pause > Duration::from_secs(5) => return Err(error),
                Err(error) => tracing::warn!(job = %claim.id, %error, "the end of a job could not be kept yet"),
            }
            time::sleep(pause).await;
            pause *= 2;
        }
    }
}

/// What fang's table has, understood.
struct Reading {
    task: Box<dyn AsyncRunnable>,
    timeout: Duration,
}

impl Reading {
    fn of(claim: &task::Model) -> std::result::Result<Self, String> {
        let unreadable = |error: serde_json::Error| match error.to_string() {
            text if text.contains("unknown variant") => {
                format!("This version of the program does not know the job `{}`.", claim.kind)
            }
            text => format!("What the job `{}` was told cannot be read: {text}", claim.kind),
        };
        let task: Box<dyn AsyncRunnable> = serde_json::from_value(claim.metadata.clone()).map_err(unreadable)?;
        let timeout = Errand::read(&claim.metadata).map_or(USUAL_TIMEOUT, |errand| errand.job().timeout());
        Ok(Self { task, timeout })
    }
}

fn ended(claim: &task::Model, seconds: u32, outcome: Outcome) -> End {
    match outcome {
        Outcome::Done => End::Finished,
        Outcome::Later(at) => End::Later(at),
        Outcome::GiveUp(reason) => End::GivenUp(reason),
        Outcome::Retry(reason) if claim.attempt >= claim.max_attempts => {
            End::Failed(format!("Given up after {} attempts. The last one: {reason}", claim.attempt))
        }
        Outcome::Retry(reason) => End::Again(lease::wait(claim.id, claim.attempt, seconds), reason),
    }
}

fn told(claim: &task::Model, end: &End, kept: bool) {
    let (job, kind, attempt) = (claim.id, &claim.kind, claim.attempt);
    match end {
        _ if !kept => tracing::warn!(%job, kind, attempt, "ended after its lease was lost; not kept"),
        End::Finished => tracing::debug!(%job, kind, attempt, "job finished"),
        End::Later(at) => tracing::debug!(%job, kind, %at, "job put off"),
        End::Again(wait, reason) => {
            tracing::warn!(%job, kind, attempt, seconds = wait.num_seconds(), reason, "job will be tried again");
        }
        End::GivenUp(reason) => tracing::warn!(%job, kind, attempt, reason, "job given up"),
        End::Failed(reason) => tracing::error!(%job, kind, attempt, reason, "job failed"),
    }
}

fn panic_text(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("no text")
}

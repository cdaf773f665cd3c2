use std::sync::{Arc, Mutex, PoisonError};

use fang::{AsyncQueueable, AsyncRunnable, FangError, Scheduled, async_trait};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    error::Result,
    job::{Job, Outcome, Work},
};

tokio::task_local! {
    /// What a run works with, handed past fang's signature, which knows only fang's queue.
    static RUN: Arc<Run>;
}

struct Run {
    work: Work,
    outcome: Mutex<Option<Result<Outcome>>>,
}

/// The shape in which fang keeps a [`Job`].
#[derive(Serialize, Deserialize)]
pub struct Errand {
    job: Box<dyn Job>,
}

impl Errand {
    #[must_use]
    pub fn of(job: Box<dyn Job>) -> Self {
        Self { job }
    }

    /// What a row of the queue holds, if it is a job of ours that this program knows.
    #[must_use]
    pub fn read(metadata: &Value) -> Option<Self> {
        Self::deserialize(metadata).ok()
    }

    #[must_use]
    pub fn job(&self) -> &dyn Job {
        &*self.job
    }

    #[must_use]
    pub fn into_job(self) -> Box<dyn Job> {
        self.job
    }

    pub(crate) fn to_json(&self) -> serde_json::Result<Value> {
        let runnable: &dyn AsyncRunnable = self;
        serde_json::to_value(runnable)
    }
}

/// Runs what fang read from its table, with `work` for our jobs.
///
/// # Errors
/// Those of the job.
pub async fn run(task: &dyn AsyncRunnable, queue: &dyn AsyncQueueable, work: Work) -> Result<Outcome> {
    let run = Arc::new(Run { work, outcome: Mutex::new(None) });
    if let Err(error) = RUN.scope(run.clone(), task.run(queue)).await {
        return Ok(Outcome::Retry(error.description));
    }
    run.outcome.lock().unwrap_or_else(PoisonError::into_inner).take().unwrap_or(Ok(Outcome::Done))
}

#[typetag::serde]
#[async_trait]
impl AsyncRunnable for Errand {
    async fn run(&self, _: &dyn AsyncQueueable) -> std::result::Result<(), FangError> {
        let outside = |_| FangError { description: "a job ran outside a worker".to_owned() };
        let run = RUN.try_with(Arc::clone).map_err(outside)?;
        let outcome = self.job.run(&run.work).await;
        *run.outcome.lock().unwrap_or_else(PoisonError::into_inner) = Some(outcome);
        Ok(())
    }

    fn uniq(&self) -> bool {
        self.job.every().is_some()
    }

    fn cron(&self) -> Option<Scheduled> {
        self.job.every().map(|line| Scheduled::CronPattern(line.to_owned()))
    }

    fn max_retries(&self) -> i32 {
        self.job.most_attempts()
    }
}

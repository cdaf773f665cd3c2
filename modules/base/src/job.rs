//! Work that is not done in a request. A job is enqueued by a transaction and runs if that commits, in the name of whoever
//! enqueued it or of the member whom it is for; it may run twice, and must do no harm then.

use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    actor::{Actor, Request},
    db::Db,
    error::{Error, Result},
    platform::Platform,
    tx::Tx,
};

/// How a run of a job ended. An `Err` is [`Outcome::Retry`] with its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Done,
    /// It did not work this time: again, later and later.
    Retry(String),
    /// Not now: again at this moment. It counts as no attempt.
    Later(DateTime<Utc>),
    /// It will never work, and not because something is wrong here: kept with the reason, for a person to look at.
    GiveUp(String),
}

/// A task, named as a sentence: `TellAssignee`. Its fields are what it needs to know; secrets in them live as long as it does.
#[typetag::serde(tag = "job", content = "with")]
#[async_trait]
pub trait Job: Send + Sync {
    /// How the job is called in the list of jobs, lower snake case.
    fn kind(&self) -> &'static str;

    async fn run(&self, work: &Work) -> Result<Outcome>;

    /// How often it is tried before it is given up.
    fn most_attempts(&self) -> i32 {
        12
    }

    /// Higher goes first. Bulk work has a negative one.
    fn priority(&self) -> i32 {
        0
    }

    /// When it comes round again, as a cron line with seconds in UTC; `None` for a job that is enqueued.
    fn every(&self) -> Option<&'static str> {
        None
    }

    /// How long one run may take.
    fn timeout(&self) -> Duration {
        Duration::from_mins(1)
    }
}

/// What a job works with: the database as its actor, and nothing wider.
pub struct Work {
    db: Db,
    actor: Option<Actor>,
    platform: Platform,
    tools: std::sync::Arc<Tools>,
    job: Uuid,
}

/// Where people reach the web client: links in mails begin with it, never with a request's `Host`.
#[derive(Clone, Debug)]
pub struct PublicUrl(pub String);

impl PublicUrl {
    /// A link to a record's page.
    pub fn to(&self, path: &str) -> String {
        format!("{}/{}", self.0.trim_end_matches('/'), path.trim_start_matches('/'))
    }
}

/// What the binary lends to jobs, by type: the mailer, the file store.
#[derive(Default)]
pub struct Tools(std::collections::HashMap<std::any::TypeId, Box<dyn std::any::Any + Send + Sync>>);

impl Tools {
    #[must_use]
    pub fn with<T: Send + Sync + 'static>(mut self, tool: T) -> Self {
        self.0.insert(std::any::TypeId::of::<T>(), Box::new(tool));
        self
    }
}

impl Work {
    pub fn new(platform: Platform, actor: Option<Actor>, tools: std::sync::Arc<Tools>, job: Uuid) -> Self {
        Self { db: platform.db().clone(), actor, platform, tools, job }
    }

    /// The job's own id: the same in every run of it.
    pub fn id(&self) -> Uuid {
        self.job
    }

    /// An id that this job and `what` have together: the same in every run, for a job that enqueues others.
    pub fn id_for(&self, what: Uuid) -> Uuid {
        Uuid::new_v5(&self.job, what.as_bytes())
    }

    pub fn tool<T: 'static>(&self) -> Result<&T> {
        let tool = self.tools.0.get(&std::any::TypeId::of::<T>()).and_then(|tool| tool.downcast_ref());
        tool.ok_or_else(|| Error::internal("a job asked for a tool that is not mounted"))
    }

    pub async fn read<T>(&self, work: impl AsyncFnOnce(&Tx) -> Result<T>) -> Result<T> {
        self.db.read(self.actor()?, work).await
    }

    pub async fn write<T>(&self, work: impl AsyncFnOnce(&Tx) -> Result<T>) -> Result<T> {
        self.db.apply(self.actor()?, work).await
    }

    /// For the few jobs that belong to no organisation: clearing what has expired.
    pub fn outside(&self) -> Result<&Platform> {
        match self.actor {
            None => Ok(&self.platform),
            Some(_) => Err(Error::internal("an organisation's job asked for the platform")),
        }
    }

    fn actor(&self) -> Result<&Actor> {
        self.actor.as_ref().ok_or_else(|| Error::internal("a job without an organisation asked for one"))
    }
}

/// The request that a job's changes are logged under.
pub(crate) fn request(job: Uuid) -> Request {
    Request { id: format!("job-{job}"), once: None }
}

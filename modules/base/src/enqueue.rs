//! Jobs of a transaction: they exist if and only if it commits.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{error::Result, job::Job, queue, tx::Tx};

impl Tx {
    /// A job that exists if and only if this transaction commits, done in the name of this actor.
    pub async fn enqueue(&self, job: impl Job + 'static) -> Result<()> {
        queue::enqueue(self.conn(), self.now(), self.id(), Some(self.actor().org()), self.actor().user(), Box::new(job))
            .await
    }

    /// The same, done in the name of a member whom it tells something: they are told what they may see when it runs, and
    /// not what whoever enqueued it sees.
    pub async fn enqueue_for(&self, member: Uuid, job: impl Job + 'static) -> Result<()> {
        queue::enqueue(self.conn(), self.now(), self.id(), Some(self.actor().org()), Some(member), Box::new(job)).await
    }

    /// The same under an id that is given; the second of one id is not enqueued. For jobs, which may run twice.
    pub async fn enqueue_for_once(&self, id: Uuid, member: Uuid, job: impl Job + 'static) -> Result<()> {
        let whose = (Some(self.actor().org()), Some(member));
        queue::enqueue_at(self.conn(), self.now(), self.now(), id, whose, Box::new(job)).await
    }

    /// A job that waits until `at`, done in the organisation's own name: whoever asked for it may have left by then. The second
    /// of one id is not enqueued.
    pub async fn enqueue_at(&self, at: DateTime<Utc>, id: Uuid, job: impl Job + 'static) -> Result<()> {
        let whose = (Some(self.actor().org()), None);
        queue::enqueue_at(self.conn(), self.now(), at, id, whose, Box::new(job)).await
    }
}

//! What members say in public about a case goes to the customer. Who can take it there stands above this module: the binary
//! lends one.

use std::sync::Arc;

use async_trait::async_trait;
use base::{Job, Outcome, Result, Tx, Work};
use notes::Said;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Whoever is in touch with customers.
#[async_trait]
pub trait Correspondent: Send + Sync {
    /// Takes a public comment to the customer. May be asked twice, and must do it once.
    async fn answer(&self, work: &Work, case: Uuid, comment: Uuid) -> Result<Outcome>;
}

/// Of a public comment that a member wrote; what a customer wrote needs no way to them. A comment goes out once, however often
/// it becomes public, and in the organisation's name: its author may have left by then.
pub async fn of_comment(tx: &Tx, said: &Said) -> Result<()> {
    if !said.is_public || said.by.is_none() {
        return Ok(());
    }
    let answer = AnswerCustomer { case: said.on, comment: said.comment };
    tx.enqueue_at(tx.now(), Uuid::new_v5(&said.comment, b"answer"), answer).await
}

/// Takes a public comment to the customer.
#[derive(Serialize, Deserialize)]
pub struct AnswerCustomer {
    case: Uuid,
    comment: Uuid,
}

#[typetag::serde]
#[async_trait]
impl Job for AnswerCustomer {
    fn kind(&self) -> &'static str {
        "answer_customer"
    }

    async fn run(&self, work: &Work) -> Result<Outcome> {
        work.tool::<Arc<dyn Correspondent>>()?.answer(work, self.case, self.comment).await
    }
}

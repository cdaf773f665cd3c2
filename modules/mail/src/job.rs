use std::sync::Arc;

use async_trait::async_trait;
use base::{Job, Outcome, Result, Work};
use serde::{Deserialize, Serialize};

use crate::{Email, Mailer, Outgoing, Recipient, Undelivered};

/// Sends one e-mail to one person.
#[derive(Serialize, Deserialize)]
pub struct SendMail(pub Outgoing);

#[typetag::serde]
#[async_trait]
impl Job for SendMail {
    fn kind(&self) -> &'static str {
        "send_mail"
    }

    async fn run(&self, work: &Work) -> Result<Outcome> {
        deliver(work, &self.0).await
    }
}

/// Sends from within a job that knows only then what to write. The Message-ID is the job's id, whichever run it is.
pub async fn send(work: &Work, to: Recipient, email: impl Email) -> Result<Outcome> {
    deliver(work, &Outgoing::new(work.id(), to, email)).await
}

async fn deliver(work: &Work, mail: &Outgoing) -> Result<Outcome> {
    Ok(match work.tool::<Arc<Mailer>>()?.deliver(mail).await {
        Ok(_) => Outcome::Done,
        Err(Undelivered::Temporary(why)) => Outcome::Retry(why),
        // It may have arrived, and a person would rather miss a mail than get it twice.
        Err(Undelivered::Permanent(why) | Undelivered::Unknown(why)) => Outcome::GiveUp(why),
    })
}

use std::sync::Arc;

use async_trait::async_trait;
use base::{Job, Outcome, Result, Work};
use serde::{Deserialize, Serialize};

use crate::{Email, Mailer, Outgoing, Recipient, Sent, Undelivered};

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

/// What became of an e-mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posted {
    pub outcome: Outcome,
    /// When it went out: the Message-ID that it was given, and the one that it has. SES gives a message its own.
    pub ids: Option<(String, String)>,
}

/// Sends from within a job that has to know what it was sent as.
pub async fn post(work: &Work, mail: &Outgoing) -> Result<Posted> {
    let mailer = work.tool::<Arc<Mailer>>()?;
    let sent = mailer.deliver(mail).await;
    let ids = sent.as_ref().ok().map(|sent| (mailer.message_id(mail), sent.message_id.clone()));
    Ok(Posted { outcome: outcome(sent), ids })
}

/// Sends a mail that is written already, from within a job.
pub async fn deliver(work: &Work, mail: &Outgoing) -> Result<Outcome> {
    Ok(outcome(work.tool::<Arc<Mailer>>()?.deliver(mail).await))
}

fn outcome(sent: Result<Sent, Undelivered>) -> Outcome {
    match sent {
        Ok(_) => Outcome::Done,
        Err(Undelivered::Temporary(why)) => Outcome::Retry(why),
        // It may have arrived, and a person would rather miss a mail than get it twice.
        Err(Undelivered::Permanent(why) | Undelivered::Unknown(why)) => Outcome::GiveUp(why),
    }
}

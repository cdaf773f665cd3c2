use std::path::PathBuf;

use lettre::Message;
use uuid::Uuid;

use crate::{Undelivered, Unready};

mod smtp;
mod handover;
pub(crate) mod ses;
mod file;
mod console;

pub use ses::SesSettings;
pub use smtp::{Login, SmtpSettings, Tls};

/// The road an e-mail takes, as the operator chose it.
#[derive(Clone, Debug)]
pub enum Transport {
    Smtp(SmtpSettings),
    /// Amazon SES, its API of 2019 ("v2").
    Ses(SesSettings),
    /// For development: each e-mail becomes a file `<id>.eml` in the folder, which is made when it is missing.
    File {
        dir: PathBuf,
    },
    /// For development: the text of each e-mail goes to standard error, secret links too.
    Console,
}

pub(crate) enum Carrier {
    // Boxed, as it keeps an open connection and is far larger than the others.
    Smtp(Box<smtp::Smtp>),
    Ses(ses::Ses),
    File(PathBuf),
    Console,
}

impl Carrier {
    pub fn new(transport: &Transport) -> Result<Self, Unready> {
        Ok(match transport {
            Transport::Smtp(settings) => Self::Smtp(Box::new(smtp::Smtp::new(settings.clone())?)),
            Transport::Ses(settings) => Self::Ses(ses::Ses::new(settings.clone())),
            Transport::File { dir } => Self::File(dir.clone()),
            Transport::Console => Self::Console,
        })
    }

    pub async fn check(&self) -> Result<(), Unready> {
        match self {
            Self::Smtp(smtp) => smtp.check().await,
            Self::Ses(ses) => ses.check().await,
            Self::File(dir) => file::check(dir).await,
            Self::Console => Ok(()),
        }
    }

    /// Answers with the Message-ID if the transport put another one in place of ours.
    pub async fn send(&self, id: Uuid, message: &Message, text: &str) -> Result<Option<String>, Undelivered> {
        match self {
            Self::Smtp(smtp) => smtp.send(message.envelope(), &message.formatted()).await.map(|()| None),
            Self::Ses(ses) => ses.send(message.envelope(), message.formatted()).await.map(Some),
            Self::File(dir) => file::send(dir, id, &message.formatted()).await.map(|()| None),
            Self::Console => console::send(message, text).map(|()| None),
        }
    }
}

use lettre::message::Mailbox;

use crate::{
    Outgoing, Transport, Undelivered, Unready, error::explain, message, render::Templates, transport::Carrier,
};

/// Who writes, and by which road. The operator's configuration, already read.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The sender with its display name; bounces go there too.
    pub from: Mailbox,
    pub reply_to: Option<Mailbox>,
    pub transport: Transport,
}

/// Renders e-mails and hands them to the transport. Make one and share it.
pub struct Mailer {
    settings: Settings,
    templates: Templates,
    carrier: Carrier,
}

/// An e-mail that the transport took over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// With its angle brackets. SES gives a message its own, so there it is not ours.
    pub message_id: String,
}

impl Mailer {
    /// Opens no connection; see [`Mailer::check`].
    ///
    /// # Errors
    ///
    /// The settings contradict themselves, such as a password without TLS.
    pub fn new(settings: Settings) -> Result<Self, Unready> {
        let own = [Some(&settings.from), settings.reply_to.as_ref()];
        for name in own.into_iter().flatten().filter_map(|own| own.name.as_ref()) {
            // lettre would panic while writing it.
            if name.contains(char::is_control) {
                let name = name.escape_debug();
                return Err(Unready(format!("the sender's name holds a control character: {name}")));
            }
        }
        Ok(Self { carrier: Carrier::new(&settings.transport)?, templates: Templates::load()?, settings })
    }

    /// Tries the transport without sending anything: connects and logs in (SMTP), asks for the account (SES), writes
    /// and removes a file (file).
    ///
    /// # Errors
    ///
    /// No e-mail could be sent now, and why.
    pub async fn check(&self) -> Result<(), Unready> {
        self.carrier.check().await
    }

    /// Renders and sends one e-mail. Only a job may call it: it can take minutes.
    ///
    /// # Errors
    ///
    /// See [`Undelivered`]; its texts hold nothing of the e-mail's values.
    pub async fn deliver(&self, message: &Outgoing) -> Result<Sent, Undelivered> {
        let words = self.templates.render(&message.email).map_err(|error| {
            Undelivered::Permanent(format!("the e-mail {} does not render: {}", message.email.name(), explain(&error)))
        })?;
        let text = words.text.clone();
        let letter = message::compose(&self.settings, message, words)?;
        let renamed = self.carrier.send(message.id, &letter, &text).await?;
        let message_id = renamed.unwrap_or_else(|| self.message_id(message));
        tracing::info!(message_id, email = message.email.name(), "e-mail sent");
        Ok(Sent { message_id })
    }

    /// The Message-ID that an e-mail is given, with its angle brackets.
    pub fn message_id(&self, message: &Outgoing) -> String {
        message::message_id(&self.settings, message)
    }
}

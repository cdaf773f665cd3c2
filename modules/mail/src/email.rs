use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use crate::emails::EmailKind;

/// One e-mail: its values are the fields, its words are the three templates in `templates/email/<NAME>/`.
///
/// The fields are written into a job's payload, so a field once released keeps its name; a new one needs
/// `#[serde(default)]`, or jobs queued by the version before could not be read.
pub trait Email: Serialize + Into<EmailKind> {
    /// The folder of its templates, and its name in a job's payload.
    const NAME: &'static str;

    /// Believable values, and the odd ones that the templates must survive.
    fn samples() -> Vec<Self>;
}

/// Whom an e-mail is for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipient {
    /// May be blank. Control characters are taken out, the rest is encoded (RFC 2047).
    pub name: String,
    /// One address (RFC 5321 mailbox), nothing around it.
    pub address: String,
}

/// An e-mail on its way: what the sending job keeps in its payload.
///
/// The payload holds what the person may know and nobody else, such as a link to reset a password: never show it.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outgoing {
    /// Becomes the Message-ID, `<id@host of the from address>`: an e-mail sent twice is recognised as one.
    pub id: Uuid,
    pub to: Recipient,
    pub email: EmailKind,
    /// What it answers, when a person wrote it; everything else is said to come from a program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thread: Option<Thread>,
    /// What a calendar is to do with it (RFC 6047).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<CalendarPart>,
}

/// The conversation that an e-mail goes on with (RFC 5322, 3.6.4).
///
/// Whatever a stranger may have put into it is taken out or encoded while it is written.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Thread {
    /// The Message-ID that it answers, without angle brackets.
    pub in_reply_to: Option<String>,
    /// Those before it and it, the nearest last.
    pub references: Vec<String>,
    /// Stands before the operator's address, which it comes from.
    pub from_name: String,
    /// The address that answers go to. It is said to have been there, so that what comes back is known.
    pub reply_to: String,
}

/// An iCalendar object beside the words of an e-mail.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarPart {
    pub method: CalendarMethod,
    /// The object, whole, with the same method in it.
    pub content: String,
}

/// What is asked of a calendar (RFC 5546).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CalendarMethod {
    Request,
    Cancel,
}

impl Outgoing {
    pub fn new(id: Uuid, to: Recipient, email: impl Email) -> Self {
        Self { id, to, email: email.into(), thread: None, calendar: None }
    }

    /// As an answer of a person.
    #[must_use]
    pub fn in_thread(self, thread: Thread) -> Self {
        Self { thread: Some(thread), ..self }
    }

    #[must_use]
    pub fn with(self, calendar: CalendarPart) -> Self {
        Self { calendar: Some(calendar), ..self }
    }
}

impl fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outgoing").field("id", &self.id).field("email", &self.email).finish_non_exhaustive()
    }
}

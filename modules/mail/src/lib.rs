//! Mail writes e-mails from templates and hands them to the operator's transport.
//!
//! A request never sends: it enqueues an [`Outgoing`], and a job calls [`Mailer::deliver`]. The values of an e-mail
//! may hold a secret link, so they are rendered only while sending, and nothing here shows them by `Debug` or in a log.

mod email;
mod emails;
mod render;
mod filters;
mod message;
mod mailer;
mod transport;
mod error;
mod job;
mod wishes;

#[cfg(test)]
mod tests;

pub use email::{CalendarMethod, CalendarPart, Email, EmailKind, Outgoing, Recipient, Thread};
pub use emails::{
    AccountExists, Assigned, CaseAlarm, CaseAnswer, CaseNews, CaseSurvey, EventCancelled, EventInvitation, EventSoon,
    Invitation, Mentioned, NewFormLead, Notified, NotifiedItem, PasswordChanged, ResetPassword, TaskDue, VerifyEmail,
};
pub use error::{Undelivered, Unready};
pub use job::{Posted, SendMail, deliver, post, send};
pub use lettre::message::Mailbox;
pub use mailer::{Mailer, Sent, Settings};
pub use transport::{Login, SesSettings, SmtpSettings, Tls, Transport};
pub use wishes::{When, Wishes, put_off};

//! Inbound mail is what customers write to an organisation's mailboxes: it opens cases and continues them.
//!
//! What answers an invitation to an event is kept with that, and is no case ([`Answers`] has calendars send it here).
//!
//! A mail server delivers each mail by the mailbox's key. It is stored, or refused with a reason that is recorded; what members
//! answer in public goes back to the customer from [`Replies`].

mod mailbox;
mod inbox;
mod access;
mod reason;
mod letter;
mod automatic;
mod words;
mod message_id;
mod delivery;
mod thread;
mod case;
mod case_reply;
mod replies;
mod answers;
mod senders;
mod sweep;
#[cfg(test)]
mod tests;

pub use answers::Answers;
pub use delivery::DeliveryApi;
pub use inbox::{Entity as InboundMail, InboxApi};
pub use mailbox::{Entity as Mailbox, MailboxesApi};
pub use replies::Replies;
pub use senders::Senders;
pub use sweep::SweepMails;

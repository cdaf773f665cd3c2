//! What an organisation's websites send: forms that make leads, and messages to answer.

mod access;
mod form;
mod message;
mod public;
mod tell;

pub use form::{Entity as Form, FormsApi};
pub use message::{ContactMessagesApi, Entity as ContactMessage};
pub use public::PublicFormsApi;
pub use tell::TellNewLead;

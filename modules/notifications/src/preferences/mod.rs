//! What a member wants to be told of, where, and when.

mod row;
mod view;
mod quiet;
mod wishes;
mod api;

pub use api::PreferencesApi;
pub use row::{MailSpan, Way};
pub use wishes::{Preferences, wishes};

//! A notification tells a member that something happened to a record that concerns them.
//!
//! They are made in the transaction that logs what happened, as its last act ([`Feed`]), and not by a follower that reads
//! the log afterwards: so each is kept with its cause or not at all, whatever is killed and however many processes there are,
//! without a position to keep or a lease to hold. It costs a write one statement more, and two where somebody is told.
//!
//! A row knows the record by kind and id alone. What it is called, and whether it is there at all, is asked with the eyes of
//! the reader each time: of a record that they may not see, nothing is listed, counted or found.
//!
//! Whoever is there hears of everything as it happens ([`StreamApi`]), under the same law.

mod span;
mod notification;
mod access;
mod mine;
mod view;
mod show;
mod list;
mod reading;
mod preferences;
mod words;
mod tell;
mod organisations;
mod digest;
mod forget;
mod feed;
mod api;
mod stream;

pub use api::NotificationsApi;
pub use digest::{SendDigest, SendDigests};
pub use feed::Feed;
pub use forget::ForgetNotifications;
pub use notification::Entity;
pub use preferences::{Preferences, PreferencesApi};
pub use span::Span;
pub use stream::StreamApi;
pub use tell::TellOfNews;

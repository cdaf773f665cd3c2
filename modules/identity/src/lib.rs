//! Identity knows who somebody is: people, their passwords, and the sessions in which they are logged in.
//!
//! It knows no organisation. [`who`] turns an access token into a person; [`api`] is everything under `/api/auth/`.

mod api;
mod desk;
mod examples;
mod forget;
mod guessing;
mod keys;
mod letters;
mod links;
mod login;
mod password;
mod patience;
mod recovery;
mod refresh;
mod registration;
mod row;
mod secret;
mod sessions;
mod users;
mod view;
#[cfg(test)]
mod tests;

pub use api::{Api, api};
pub use desk::Settings;
pub use forget::ForgetExpired;
pub use keys::{BadKeys, KeyRing};
pub use letters::{Addressee, Letters, RESET_MINUTES, VERIFY_HOURS};
pub use password::{HashedPassword, Refusal, hash_password, refusals};
pub use sessions::{FirstUse, Seen, is_live, note_use, revoke_sessions, who};
pub use users::{Brief, NewUser, create_user, find_user_by_email, user_brief, user_briefs, verified_email_of};

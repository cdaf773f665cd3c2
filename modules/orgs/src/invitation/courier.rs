use async_trait::async_trait;
use base::{Result, Tx};
use chrono::{DateTime, Utc};

/// Who brings invitations to people. This module knows no mail: `app/src/mount.rs` lends it one that does.
#[async_trait]
pub trait Couriers: Send + Sync {
    /// Puts the letter in the post, if and only if `tx` commits.
    ///
    /// # Errors
    /// The database's alone: nothing is sent here.
    async fn invitation(&self, tx: &Tx, letter: Invited) -> Result<()>;
}

/// What stands in an invitation's letter. No `Debug`: it has the token.
#[derive(Clone)]
pub struct Invited {
    pub to: String,
    pub organisation: String,
    /// The name of whoever invites; `None` for the organisation itself.
    pub inviter: Option<String>,
    pub role: String,
    /// For the link to the page that accepts. Must not be logged.
    pub token: String,
    pub expires_at: DateTime<Utc>,
}

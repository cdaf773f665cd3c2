use async_trait::async_trait;
use base::{Result, Tx};
use uuid::Uuid;

/// What else ends when somebody is removed from an organisation. This module knows no teams: `app/src/mount.rs` lends it one
/// who does.
#[async_trait]
pub trait Farewell: Send + Sync {
    /// In the transaction that removes them, by whoever does.
    ///
    /// # Errors
    /// The database's alone.
    async fn removed(&self, tx: &Tx, user: Uuid) -> Result<()>;
}

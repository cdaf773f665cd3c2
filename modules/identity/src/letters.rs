use async_trait::async_trait;
use base::{PlatformTx, Result};

/// How long the link of a verification is good.
pub const VERIFY_HOURS: u32 = 24;
/// How long the link of a reset is good.
pub const RESET_MINUTES: u32 = 60;

/// Whom a letter goes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addressee {
    pub name: String,
    pub email: String,
}

/// The letters that identity has written; mail is not its neighbour, so the binary lends it a pen. Each is a job enqueued in
/// the given transaction. `token` belongs at the end of a link to the configured public URL, and nowhere else.
#[async_trait]
pub trait Letters: Send + Sync {
    /// With a link that is good for [`VERIFY_HOURS`].
    async fn verify_email(&self, tx: &PlatformTx, to: Addressee, token: &str) -> Result<()>;

    /// Somebody tried to register an address that has an account.
    async fn account_exists(&self, tx: &PlatformTx, to: Addressee) -> Result<()>;

    /// With a link that is good for [`RESET_MINUTES`].
    async fn reset_password(&self, tx: &PlatformTx, to: Addressee, token: &str) -> Result<()>;

    async fn password_changed(&self, tx: &PlatformTx, to: Addressee) -> Result<()>;
}

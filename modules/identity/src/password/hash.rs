use std::{sync::LazyLock, time::Duration};

use argon2::{Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier};
use base::{Error, Result};
use tokio::sync::Semaphore;

use super::composed;

/// Argon2id with 19 MiB, two passes, one lane (OWASP; ASVS 5.0 appendix C).
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// Two at once in the whole process: a crowd at the door costs 38 MiB and leaves the processors to others.
static AT_ONCE: Semaphore = Semaphore::const_new(2);
const LONGEST_WAIT: Duration = Duration::from_secs(10);

static PARAMS: LazyLock<Params> =
    LazyLock::new(|| Params::new(MEMORY_KIB, PASSES, LANES, None).unwrap_or(Params::DEFAULT));

/// A password as it is kept: a PHC string. There is no way back, and it is in no log.
#[derive(Clone, PartialEq, Eq)]
pub struct HashedPassword(String);

impl HashedPassword {
    pub(crate) fn into_inner(self) -> String {
        self.0
    }
}

/// Hashes a password for keeping: 30 ms of one processor, never in a transaction.
///
/// # Errors
/// 503 when too many wait.
pub async fn hash_password(password: &str) -> Result<HashedPassword> {
    let password = composed(password);
    alone(move || {
        let hash = Argon2::from(&*PARAMS).hash_password(password.as_bytes());
        hash.map(|hash| HashedPassword(hash.to_string())).map_err(|_| Error::internal("a password could not be hashed"))
    })
    .await?
}

/// Whether the password is the kept one. Where none is kept, it takes as long and is `false`.
///
/// # Errors
/// 503 when too many wait.
pub async fn verify(password: &str, kept: Option<String>) -> Result<bool> {
    let password = composed(password);
    alone(move || {
        let argon = Argon2::from(&*PARAMS);
        let Some(kept) = kept.as_deref().and_then(|kept| PasswordHash::new(kept).ok()) else {
            let _ = argon.hash_password_with_salt(password.as_bytes(), b"nobody is at home");
            return false;
        };
        argon.verify_password(password.as_bytes(), &kept).is_ok()
    })
    .await
}

/// Whether it was hashed with less than what we ask today.
pub fn is_outdated(kept: &str) -> bool {
    let Ok(kept) = PasswordHash::new(kept) else { return true };
    let params = Params::try_from(&kept);
    kept.algorithm.as_str() != "argon2id"
        || params.map_or(true, |kept| kept.m_cost() < MEMORY_KIB || kept.t_cost() < PASSES)
}

async fn alone<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
    let permit = tokio::time::timeout(LONGEST_WAIT, AT_ONCE.acquire()).await;
    let permit = permit.map_err(|_| Error::unavailable())?.map_err(Error::internal)?;
    let done = tokio::task::spawn_blocking(move || {
        // Held to the end of the work, even if whoever asked has gone.
        let _permit = permit;
        work()
    });
    done.await.map_err(|_| Error::internal("hashing a password failed"))
}

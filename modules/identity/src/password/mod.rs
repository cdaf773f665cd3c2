//! Passwords: which ones are taken (NIST SP 800-63B, ASVS 6.2), and how they are kept.

mod hash;
mod rules;
#[cfg(test)]
mod tests;

pub use hash::{HashedPassword, hash_password, is_outdated, verify};
pub use rules::{Refusal, add_faults, refusals};

use unicode_normalization::UnicodeNormalization;

/// The same password, whichever keyboard typed it.
fn composed(password: &str) -> String {
    password.nfc().collect()
}

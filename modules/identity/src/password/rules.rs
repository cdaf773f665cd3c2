use std::{collections::HashSet, sync::LazyLock};

use base::Faults;

use super::composed;

/// In characters. Long beats strange: there are no rules about digits and signs.
const SHORTEST: usize = 12;
const LONGEST: usize = 256;

static COMMON: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    // The others are too short in any case.
    let list = include_str!("../../data/common_passwords.txt").lines();
    list.filter(|password| password.chars().count() >= SHORTEST).collect()
});

/// Why a password is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error("A password has at least 12 characters; a few words will do.")]
    TooShort,
    #[error("A password has at most 256 characters.")]
    TooLong,
    #[error("This password is among the first that others would guess.")]
    Common,
    #[error("A password must not be your own e-mail address or name.")]
    Yours,
}

impl Refusal {
    /// Stable, lower snake case.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::TooShort => "too_short",
            Self::TooLong => "too_long",
            Self::Common => "common_password",
            Self::Yours => "password_is_you",
        }
    }
}

/// Why this person may not have this password, all reasons at once.
pub fn refusals(password: &str, email: &str, name: &str) -> Vec<Refusal> {
    let length = password.chars().count();
    let plain = folded(password);
    let mailbox = email.split('@').next().unwrap_or(email);
    let yours = [email, mailbox, name].map(folded);
    [
        (length < SHORTEST, Refusal::TooShort),
        (length > LONGEST, Refusal::TooLong),
        (COMMON.contains(plain.as_str()), Refusal::Common),
        (yours.contains(&plain), Refusal::Yours),
    ]
    .into_iter()
    .filter_map(|(applies, refusal)| applies.then_some(refusal))
    .collect()
}

/// Adds the refusals of the password at `pointer`.
pub fn add_faults(faults: &mut Faults, pointer: &str, refusals: &[Refusal]) {
    for refusal in refusals {
        faults.add(pointer, refusal.code(), refusal.to_string());
    }
}

fn folded(text: &str) -> String {
    composed(text).trim().to_lowercase()
}

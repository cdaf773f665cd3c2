//! Refresh tokens: which one may be used, and what follows it (RFC 9700 4.14).

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{keys::KeyRing, row::session, secret};

const FAMILY: usize = 16;
const STEP: usize = 32;
/// How long an answer may have been lost.
const GRACE: TimeDelta = TimeDelta::seconds(60);

/// A refresh token: 128 bits that its whole family shares, so that an old one is known again however old it is, and 256
/// bits that change at every use.
#[derive(Clone, PartialEq, Eq)]
pub struct RefreshToken {
    family: [u8; FAMILY],
    step: [u8; STEP],
}

/// What to do with a refresh token that somebody shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is the good one: on to the next.
    Rotate,
    /// It was just replaced and what replaced it is unused: the answer was lost, so say the same again.
    SayAgain,
    /// It was used up before: two have it, and one of them stole it.
    Stolen,
    /// The session is over.
    Over,
}

impl RefreshToken {
    /// The first of a new family.
    pub fn first() -> Self {
        Self { family: secret::random(), step: secret::random() }
    }

    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; FAMILY + STEP];
        let length = URL_SAFE_NO_PAD.decode_slice(text, &mut bytes).ok()?;
        let (family, step) = bytes.split_at(FAMILY);
        (length == bytes.len()).then_some(Self { family: family.try_into().ok()?, step: step.try_into().ok()? })
    }

    pub fn to_text(&self) -> String {
        secret::text(&self.bytes())
    }

    /// What its session is found by.
    pub fn family(&self) -> Uuid {
        let mut id = [0; 16];
        id.copy_from_slice(&Sha256::digest(self.family)[..16]);
        uuid::Builder::from_custom_bytes(id).into_uuid()
    }

    pub fn hash(&self) -> String {
        secret::hash(&self.bytes())
    }

    /// The token after this one. It follows from this one and our key, so that a lost answer can be said again word for
    /// word, and two tabs that refresh at once get the same.
    pub fn next(&self, keys: &KeyRing) -> Option<Self> {
        keys.following(&self.bytes()).next().map(|step| Self { step, ..*self })
    }

    /// The token after this one whose hash is kept: made by either key, should they have changed in between.
    pub fn replaced_by(&self, hash: &str, keys: &KeyRing) -> Option<Self> {
        keys.following(&self.bytes()).map(|step| Self { step, ..*self }).find(|next| next.hash() == hash)
    }

    fn bytes(&self) -> [u8; FAMILY + STEP] {
        let mut bytes = [0; FAMILY + STEP];
        bytes[..FAMILY].copy_from_slice(&self.family);
        bytes[FAMILY..].copy_from_slice(&self.step);
        bytes
    }
}

/// Judges the refresh token with `hash`, one of the session's family.
pub fn judge(session: &session::Model, hash: &str, now: DateTime<Utc>) -> Verdict {
    if session.revoked_at.is_some() || session.expires_at <= now {
        return Verdict::Over;
    }
    if session.refresh_hash == hash {
        return Verdict::Rotate;
    }
    let replaced = session.previous_refresh_hash.as_deref() == Some(hash);
    let just_now = session.rotated_at.is_some_and(|at| now - at <= GRACE);
    if replaced && just_now && !session.pair_used { Verdict::SayAgain } else { Verdict::Stolen }
}

/// By what an access token names the refresh token it came with: 64 bits of the hash, which give nothing away.
pub fn pair(refresh_hash: &str) -> &str {
    refresh_hash.get(..16).unwrap_or(refresh_hash)
}

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

/// What opens an invitation: 256 random bits. It is in the mail and nowhere else.
pub struct Token(String);

impl Token {
    pub fn random() -> Self {
        Self(BASE64_URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>()))
    }

    pub fn hash(&self) -> String {
        hash(&self.0)
    }

    pub fn into_inner(self) -> String {
        self.0
    }
}

/// What is kept of a token: SHA-256 in hex.
pub fn hash(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

/// Bytes that nobody can guess: from the thread's generator, which the operating system seeds.
pub fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    rand::fill(&mut bytes);
    bytes
}

/// Bytes as they go into a link or a JSON string.
pub fn text(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

pub fn bytes(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

/// How a secret is kept: it is random and long, so a plain digest is enough.
pub fn hash(secret: &[u8]) -> String {
    hex::encode(Sha256::digest(secret))
}

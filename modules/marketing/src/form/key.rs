use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

/// A form's key: 192 random bits as 32 characters that need no escaping in a path.
pub fn random() -> String {
    let mut bytes = [0_u8; 24];
    rand::fill(&mut bytes);
    URL_SAFE_NO_PAD.encode(bytes)
}

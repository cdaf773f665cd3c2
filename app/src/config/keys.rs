//! The secrets that sign access tokens.

use std::collections::HashSet;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use base64::Engine;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use base64::prelude::BASE64_STANDARD;
use secrecy::{ExposeSecret, SecretSlice};

use super::fault::ConfigFault;
use super::reader::Reader;

/// HS256 wants a key as long as its hash (RFC 7518 §3.2).
const SHORTEST_BYTES: usize = 32;
/// The second one is for a rotation: the old key still verifies while the new one signs.
const MOST_SECRETS: usize = 2;
const FILE_NAME: &str = "jwt.key";
/// What is found in examples, tutorials and other people's repositories.
const PLACEHOLDERS: [&str; 12] = [
    "changeme",
    "change-me",
    "change_me",
    "change this",
    "your-secret",
    "your_secret",
    "secretkey",
    "secret-key",
    "placeholder",
    "insecure",
    "password",
    "0123456789",
];

/// One signing secret and the name that tokens carry as `kid`.
#[derive(Debug, Clone)]
pub struct JwtSecret {
    pub kid: String,
    /// At least 32 bytes.
    pub secret: SecretSlice<u8>,
}

/// `JWT_SECRETS`; empty where it is not set.
pub(super) fn configured(reader: &mut Reader<'_>) -> Vec<JwtSecret> {
    let Some(list) = reader.secret("JWT_SECRETS") else {
        return Vec::new();
    };
    let mut found: Vec<JwtSecret> = Vec::new();
    for (index, entry) in list.expose_secret().split(',').map(str::trim).enumerate() {
        match parse(entry) {
            Ok(secret) if found.iter().any(|other| other.kid == secret.kid) => {
                reader.fault("JWT_SECRETS", format!("names two secrets {}", secret.kid));
            }
            Ok(secret) => found.push(secret),
            Err(problem) => reader.fault("JWT_SECRETS", format!("has at place {} {problem}", index + 1)),
        }
    }
    if found.len() > MOST_SECRETS {
        reader.fault("JWT_SECRETS", "has more than two secrets");
    }
    found
}

/// The secret in the data folder, made if there is none. Of several processes that start together one makes it.
pub(super) fn kept_in(data_dir: &Path) -> Result<JwtSecret, ConfigFault> {
    let path = data_dir.join(FILE_NAME);
    let fault = |problem: String| ConfigFault {
        variable: "JWT_SECRETS".into(),
        problem: format!("is not set and {} {problem}", path.display()),
        example: "\"k1:$(openssl rand -base64 32)\"",
    };
    if !path.exists() {
        super::files::prepare_folder(data_dir)?;
        make(data_dir, &path).map_err(|error| fault(format!("cannot be made ({error})")))?;
    }
    let text = fs::read_to_string(&path).map_err(|error| fault(format!("cannot be read ({error})")))?;
    parse(text.trim()).map_err(|problem| fault(format!("holds {problem}")))
}

/// Whole or not at all: written aside, then linked to its name, which fails where another process was first.
fn make(data_dir: &Path, path: &Path) -> io::Result<()> {
    let (kid, secret): (u32, [u8; SHORTEST_BYTES]) = (rand::random(), rand::random());
    let aside = data_dir.join(format!(".{FILE_NAME}.{kid:08x}"));
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&aside)?;
    writeln!(file, "made-{kid:08x}:{}", BASE64_STANDARD.encode(secret))?;
    file.sync_all()?;
    let linked = fs::hard_link(&aside, path);
    fs::remove_file(&aside)?;
    match linked {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        other => other,
    }
}

/// `kid:base64`; the problem is the rest of a sentence and never holds the secret.
fn parse(entry: &str) -> Result<JwtSecret, String> {
    let (kid, encoded) = entry.split_once(':').ok_or("no kid:base64-secret")?;
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    if kid.is_empty() || kid.len() > 32 || !kid.bytes().all(is_plain) {
        return Err("a kid that is not 1 to 32 letters, digits, '-', '_' or '.'".into());
    }
    let secret = decode(encoded).ok_or("a secret that is not base64")?;
    if secret.len() < SHORTEST_BYTES {
        return Err(format!("a secret of {} bytes, which is less than {SHORTEST_BYTES}", secret.len()));
    }
    if is_guessable(encoded.as_bytes()) || is_guessable(&secret) {
        return Err("a secret that is a known placeholder".into());
    }
    Ok(JwtSecret { kid: kid.into(), secret: secret.into() })
}

/// Standard or URL-safe, with or without padding.
fn decode(text: &str) -> Option<Vec<u8>> {
    let lenient = GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent);
    [base64::alphabet::STANDARD, base64::alphabet::URL_SAFE]
        .into_iter()
        .find_map(|alphabet| GeneralPurpose::new(&alphabet, lenient).decode(text).ok())
}

fn is_guessable(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes).to_lowercase();
    let different: HashSet<_> = bytes.iter().collect();
    different.len() < 12 || PLACEHOLDERS.iter().any(|placeholder| text.contains(placeholder))
}

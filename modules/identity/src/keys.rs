//! Access tokens: JSON Web Tokens (RFC 7519) after RFC 9068 and RFC 8725, of one algorithm and a closed set of keys.

use base::{Error, Result};
use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit, Mac};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Validation};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use uuid::Uuid;

use crate::secret;

const AUDIENCE: &str = "rapport";
const TYPE: &str = "at+jwt";
/// How far the clocks of two servers may differ, in seconds.
const LEEWAY: i64 = 30;
/// Ours are a quarter of that.
const LONGEST: usize = 4096;
/// HS256 wants a key as long as its digest (RFC 7518 3.2).
const SHORTEST_KEY: usize = 32;

/// The keys that sign and verify. The first one signs; a second one only verifies, so that a rotation logs nobody out.
pub struct KeyRing {
    issuer: String,
    keys: Vec<Key>,
    validation: Validation,
}

struct Key {
    kid: String,
    signing: EncodingKey,
    verifying: DecodingKey,
    following: Hmac<Sha256>,
}

/// Why keys were refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadKeys {
    #[error("there must be one key that signs, and at most one more that verifies")]
    Number,
    #[error("every key needs a name of its own")]
    Name,
    #[error("a key must have at least 32 bytes")]
    TooShort,
}

/// What an access token says. No organisation and no role: they are read at each request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    pub iss: String,
    pub aud: String,
    pub sub: Uuid,
    pub sid: Uuid,
    pub jti: Uuid,
    /// Which refresh token it came with; see [`crate::refresh::pair`].
    pub pair: String,
    pub iat: i64,
    pub nbf: i64,
    pub exp: i64,
}

/// All that a header may have: with anything else, such as `jku`, `jwk` or a `crit` that nobody understands
/// (RFC 7515 4.1.11), the token is not ours.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Header {
    alg: String,
    typ: String,
    kid: String,
}

impl KeyRing {
    /// Keys by their names (`kid`), the one that signs first; `issuer` is the configured public URL.
    ///
    /// # Errors
    /// No key or more than two, a name missing or twice, fewer than 32 bytes.
    pub fn new(issuer: &str, keys: Vec<(String, Vec<u8>)>) -> Result<Self, BadKeys> {
        let names: std::collections::HashSet<&str> = keys.iter().map(|(kid, _)| kid.as_str()).collect();
        if keys.is_empty() || keys.len() > 2 {
            return Err(BadKeys::Number);
        }
        if names.len() != keys.len() || names.contains("") {
            return Err(BadKeys::Name);
        }
        let keys = keys.into_iter().map(|(kid, bytes)| Key::new(kid, &bytes)).collect::<Result<_, _>>()?;
        Ok(Self { issuer: issuer.to_owned(), keys, validation: validation(issuer) })
    }

    /// A signed token for `sub` in `sid`.
    pub(crate) fn sign(&self, about: About) -> Result<String> {
        let key = self.keys.first().ok_or_else(|| Error::internal("no key signs"))?;
        let header = jsonwebtoken::Header {
            typ: Some(TYPE.into()),
            kid: Some(key.kid.clone()),
            ..jsonwebtoken::Header::new(Algorithm::HS256)
        };
        let iat = about.now.timestamp();
        let claims = Claims {
            iss: self.issuer.clone(),
            aud: AUDIENCE.into(),
            sub: about.user,
            sid: about.session,
            jti: about.id,
            pair: about.pair,
            iat,
            nbf: iat,
            exp: about.until.timestamp(),
        };
        jsonwebtoken::encode(&header, &claims, &key.signing).map_err(|_| Error::internal("a token could not be signed"))
    }

    /// What a token says, when one of our keys signed it for now.
    pub(crate) fn read(&self, token: &str, now: DateTime<Utc>) -> Option<Claims> {
        let header = header(token)?;
        let key = self.keys.iter().find(|key| key.kid == header.kid)?;
        let claims = jsonwebtoken::decode::<Claims>(token, &key.verifying, &self.validation).ok()?.claims;
        // jsonwebtoken goes by the machine's clock; ours is the transaction's.
        let now = now.timestamp();
        let begun = claims.nbf <= now + LEEWAY && claims.iat <= now + LEEWAY;
        (begun && now < claims.exp).then_some(claims)
    }

    /// What may follow `secret`, by each key, the present one first: nobody without the key can tell.
    pub(crate) fn following(&self, secret: &[u8]) -> impl Iterator<Item = [u8; 32]> {
        self.keys.iter().map(move |key| key.following.clone().chain_update(secret).finalize().into_bytes().into())
    }
}

/// What a new token is about.
pub(crate) struct About {
    pub user: Uuid,
    pub session: Uuid,
    pub id: Uuid,
    pub pair: String,
    pub now: DateTime<Utc>,
    pub until: DateTime<Utc>,
}

impl Key {
    fn new(kid: String, bytes: &[u8]) -> Result<Self, BadKeys> {
        if bytes.len() < SHORTEST_KEY {
            return Err(BadKeys::TooShort);
        }
        let following = Hmac::new_from_slice(bytes).map_err(|_| BadKeys::TooShort)?;
        // What a JWT is signed over has no NUL, so the two uses of the key never meet.
        let following = following.chain_update(b"refresh\0");
        Ok(Self {
            kid,
            signing: EncodingKey::from_secret(bytes),
            verifying: DecodingKey::from_secret(bytes),
            following,
        })
    }
}

fn header(token: &str) -> Option<Header> {
    if token.len() > LONGEST {
        return None;
    }
    let header: Header = serde_json::from_slice(&secret::bytes(token.split('.').next()?)?).ok()?;
    (header.alg == "HS256" && header.typ == TYPE).then_some(header)
}

fn validation(issuer: &str) -> Validation {
    let mut validation = Validation::new(Algorithm::HS256);
    validation.set_audience(&[AUDIENCE]);
    validation.set_issuer(&[issuer]);
    validation.set_required_spec_claims(&["iss", "aud", "sub", "exp", "nbf"]);
    validation.validate_exp = false;
    validation
}

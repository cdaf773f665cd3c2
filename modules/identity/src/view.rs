//! What goes in and comes out. Nothing with a secret in it has a `Debug`.

use base::{
    View,
    value::{Change, Email, Text},
};
use chrono::{DateTime, Utc};
use poem_openapi::{Enum, Object};
use uuid::Uuid;

use crate::row::{session, user};

/// Somebody who wants an account.
#[derive(Clone, Object)]
#[oai(deny_unknown_fields, example)]
pub struct Registration {
    pub email: Email,
    /// As others in an organisation will see it.
    pub name: Text<255>,
    /// Long beats strange: no rules about digits and signs. Common ones, the address and the name are refused.
    #[oai(validator(min_length = 12, max_length = 256))]
    pub password: String,
}

/// An e-mail address and its password.
#[derive(Clone, Object)]
#[oai(deny_unknown_fields, example)]
pub struct Credentials {
    pub email: Email,
    #[oai(validator(min_length = 1, max_length = 256))]
    pub password: String,
}

/// Where to send a mail.
#[derive(Clone, Object)]
#[oai(deny_unknown_fields, example)]
pub struct MailRequest {
    pub email: Email,
}

/// The secret of the link in a verification mail.
#[derive(Clone, Object)]
#[oai(deny_unknown_fields, example)]
pub struct EmailProof {
    #[oai(validator(min_length = 1, max_length = 128))]
    pub token: String,
}

/// A refresh token.
#[derive(Clone, Object)]
#[oai(deny_unknown_fields, example)]
pub struct Refreshing {
    /// The latest one; each is good once.
    #[oai(validator(min_length = 1, max_length = 128))]
    pub refresh_token: String,
}

/// A new password, by the link in a mail.
#[derive(Clone, Object)]
#[oai(deny_unknown_fields, example)]
pub struct PasswordReset {
    /// The secret of the link.
    #[oai(validator(min_length = 1, max_length = 128))]
    pub token: String,
    #[oai(validator(min_length = 12, max_length = 256))]
    pub password: String,
}

/// A new password, by the present one.
#[derive(Clone, Object)]
#[oai(deny_unknown_fields, example)]
pub struct PasswordChange {
    #[oai(validator(min_length = 1, max_length = 256))]
    pub current_password: String,
    #[oai(validator(min_length = 12, max_length = 256))]
    pub new_password: String,
}

/// The answer to what may have sent a mail.
#[derive(Clone, Debug, PartialEq, Eq, Object)]
#[oai(example)]
pub struct MailNotice {
    /// The same whether or not the address has an account.
    pub detail: String,
}

/// A session's keys.
#[derive(Clone, Object)]
#[oai(example)]
pub struct Tokens {
    /// For the `Authorization` header, after `Bearer `.
    pub access_token: String,
    pub token_type: TokenType,
    /// Seconds that the access token is good.
    pub expires_in: u64,
    /// Good once, for the next pair of tokens. Should its answer get lost, send it again within 60 seconds.
    pub refresh_token: String,
    /// Seconds that the session can go on; refreshing does not make it longer.
    pub refresh_expires_in: u64,
    pub user: MeView,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum TokenType {
    Bearer,
}

/// Yourself.
#[derive(Clone, Debug, PartialEq, Eq, Object)]
#[oai(rename = "Me", example)]
pub struct MeView {
    pub id: Uuid,
    pub email: String,
    pub email_verified: bool,
    pub name: String,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    /// `null`: never.
    pub last_login_at: Option<DateTime<Utc>>,
}

/// What to change of yourself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Object)]
#[oai(deny_unknown_fields, example)]
pub struct MeChange {
    pub name: Change<Text<255>>,
}

/// One of your logins.
#[derive(Clone, Debug, PartialEq, Eq, Object)]
#[oai(rename = "Session", example)]
pub struct SessionView {
    pub id: Uuid,
    /// The one you are asking in.
    pub is_current: bool,
    /// From where it was last begun or refreshed.
    pub ip: Option<String>,
    pub user_agent: Option<String>,
    pub created_at: DateTime<Utc>,
    /// To five minutes.
    pub last_used_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

impl From<user::Model> for MeView {
    fn from(user: user::Model) -> Self {
        Self {
            id: user.id,
            email: user.email,
            email_verified: user.email_verified_at.is_some(),
            name: user.name,
            created_at: user.created_at,
            updated_at: user.updated_at,
            last_login_at: user.last_login_at,
        }
    }
}

impl View for MeView {
    fn id(&self) -> Uuid {
        self.id
    }

    /// People count no versions; no two changes share a microsecond.
    fn version(&self) -> i64 {
        self.updated_at.timestamp_micros()
    }
}

impl SessionView {
    pub fn of(session: session::Model, current: Uuid) -> Self {
        Self {
            id: session.id,
            is_current: session.id == current,
            ip: session.ip,
            user_agent: session.user_agent,
            created_at: session.created_at,
            last_used_at: session.last_used_at,
            expires_at: session.expires_at,
        }
    }
}

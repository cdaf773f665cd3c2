//! The examples of the API document.

use base::value::{Change, Email, Text};
use chrono::{DateTime, Utc};
use poem_openapi::types::Example;
use uuid::Uuid;

use crate::view::{
    Credentials, EmailProof, MailNotice, MailRequest, MeChange, MeView, PasswordChange, PasswordReset, Refreshing,
    Registration, SessionView, TokenType, Tokens,
};

const PASSWORD: &str = "seven quiet herons";
const LINK: &str = "Zk3mQ0v7bJ2sWc9xT1uYd5aLh8pRe4nGi6oKfVrXtMw";
const REFRESH: &str = "9sJm2Qe4Vb7Xn0aTz5Lk1Hd8Rw3Yc6Gf2Up9Oi4Bt7Mj0Qx5Sv1Nl8Ke3Wa6Rz2C";

impl Example for Registration {
    fn example() -> Self {
        Self { email: email(), name: name(), password: PASSWORD.into() }
    }
}

impl Example for Credentials {
    fn example() -> Self {
        Self { email: email(), password: PASSWORD.into() }
    }
}

impl Example for MailRequest {
    fn example() -> Self {
        Self { email: email() }
    }
}

impl Example for EmailProof {
    fn example() -> Self {
        Self { token: LINK.into() }
    }
}

impl Example for Refreshing {
    fn example() -> Self {
        Self { refresh_token: REFRESH.into() }
    }
}

impl Example for PasswordReset {
    fn example() -> Self {
        Self { token: LINK.into(), password: PASSWORD.into() }
    }
}

impl Example for PasswordChange {
    fn example() -> Self {
        Self { current_password: PASSWORD.into(), new_password: "four loud magpies".into() }
    }
}

impl Example for MailNotice {
    fn example() -> Self {
        Self { detail: crate::api::MAILED.into() }
    }
}

impl Example for Tokens {
    fn example() -> Self {
        Self {
            access_token: "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJIUzI1NiIsImtpZCI6ImsxIn0.eyJzdWIiOiIuLi4ifQ.c2lnbmF0dXJl"
                .into(),
            token_type: TokenType::Bearer,
            expires_in: 900,
            refresh_token: REFRESH.into(),
            refresh_expires_in: 2_592_000,
            user: MeView::example(),
        }
    }
}

impl Example for MeView {
    fn example() -> Self {
        Self {
            id: id(1),
            email: "ada@example.com".into(),
            email_verified: true,
            name: "Ada Moss".into(),
            created_at: time(0),
            updated_at: time(0),
            last_login_at: Some(time(3600)),
        }
    }
}

impl Example for MeChange {
    fn example() -> Self {
        Self { name: Text::parse("Ada Moss-Lee").map(Change::To).unwrap_or_default() }
    }
}

impl Example for SessionView {
    fn example() -> Self {
        Self {
            id: id(2),
            is_current: true,
            ip: Some("203.0.113.7".into()),
            user_agent: Some("Mozilla/5.0".into()),
            created_at: time(3600),
            last_used_at: time(7200),
            expires_at: time(2_595_600),
        }
    }
}

#[expect(clippy::expect_used, reason = "a constant, and a test reads it")]
fn email() -> Email {
    Email::parse("ada@example.com").expect("an address")
}

#[expect(clippy::expect_used, reason = "a constant, and a test reads it")]
fn name() -> Text<255> {
    Text::parse("Ada Moss").expect("a name")
}

fn id(n: u128) -> Uuid {
    Uuid::from_u128(0x0193_0000_0000_7000_8000_0000_0000_0000 + n)
}

fn time(seconds: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_790_000_000 + seconds, 0).unwrap_or_default()
}

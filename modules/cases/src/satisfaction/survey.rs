use base::{Error, Result, record};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, Duration, Utc};
use sea_orm::entity::prelude::*;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// One question to one contact after one closing of a case.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "case_survey")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub org_id: Uuid,
    pub created_at: DateTimeUtc,
    pub created_by: Option<Uuid>,
    pub updated_at: DateTimeUtc,
    pub updated_by: Option<Uuid>,
    pub version: i64,
    pub deleted_at: Option<DateTimeUtc>,

    pub case_id: Uuid,
    pub contact_id: Uuid,
    /// Which closing it was.
    pub closed_at: DateTimeUtc,
    /// As it was asked.
    pub question: String,
    /// SHA-256 of the token, in hex.
    pub token_hash: String,
    pub expires_at: DateTimeUtc,
    /// From 1 to 5.
    pub rating: Option<i32>,
    pub comment: Option<String>,
    /// For the first time.
    pub answered_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

record!("case_survey", unlogged: ["token_hash"]);

/// How long a link can be answered.
pub const LIVES: Duration = Duration::days(30);
/// How long an answer can be changed: for a slip of the finger and a second thought, not for a pen that never dries.
pub const CHANGEABLE: Duration = Duration::days(7);

impl Model {
    /// # Errors
    /// 409 `survey_expired`, `survey_answered`.
    pub fn take_answers(&self, now: DateTime<Utc>) -> Result<()> {
        if now >= self.expires_at {
            return Err(Error::conflict("survey_expired", "This link has expired."));
        }
        if self.answered_at.is_some_and(|at| now >= at + CHANGEABLE) {
            return Err(Error::conflict("survey_answered", "This was answered, and can be changed no more."));
        }
        Ok(())
    }
}

/// 256 random bits, in characters that need no escaping in a path.
pub fn token() -> String {
    BASE64_URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>())
}

pub fn hash(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

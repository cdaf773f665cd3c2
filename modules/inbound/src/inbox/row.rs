use base::record;
use sea_orm::{FromJsonQueryResult, entity::prelude::*};
use serde::{Deserialize, Serialize};

use super::view::FileRefusal;
use crate::reason::{MailStatus, Reason};

/// A mail that came in. The bytes are in the file store; here is what was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "inbound_mail")]
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

    pub mailbox_id: Uuid,
    pub status: MailStatus,
    pub reason: Option<Reason>,
    /// Without angle brackets.
    pub message_id: Option<String>,
    /// The digest of the Message-ID, or of the whole mail when it has none.
    pub message_key: String,
    /// The mails that it answers, the nearest last.
    pub reference_ids: References,
    pub from_name: Option<String>,
    pub from_address: Option<String>,
    pub reply_to: Option<String>,
    pub subject: Option<String>,
    pub sent_at: Option<DateTimeUtc>,
    pub text: String,
    /// Whether there was more text.
    pub is_cut: bool,
    pub size: i64,
    pub sha256: String,
    /// Missing when nothing was kept, because it was too large.
    pub storage_key: Option<String>,
    pub attachments: Arrivals,
    pub contact_id: Option<Uuid>,
    pub case_id: Option<Uuid>,
    /// What it says on the case, when that was there already.
    pub comment_id: Option<Uuid>,
    /// The event that it answers an invitation to.
    pub event_id: Option<Uuid>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct References(pub Vec<String>);

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, FromJsonQueryResult)]
#[serde(transparent)]
pub struct Arrivals(pub Vec<Arrived>);

/// A file that came with a mail: kept on the case, or refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrived {
    pub file_name: String,
    pub size: i64,
    pub attachment_id: Option<Uuid>,
    pub refused: Option<FileRefusal>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

record!("inbound_mail", unlogged: ["text", "storage_key", "message_key", "reference_ids"]);

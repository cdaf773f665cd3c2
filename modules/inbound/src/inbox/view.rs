use base::{Ref, Stamp, View};
use chrono::{DateTime, Utc};
use poem_openapi::{Enum, Object};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::reason::{MailStatus, Reason};

/// Why a file that came with a mail was not kept. It is in the original all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Enum)]
#[serde(rename_all = "snake_case")]
#[oai(rename = "MailAttachmentRefusal", rename_all = "snake_case")]
pub enum FileRefusal {
    TooLarge,
    TypeNotAllowed,
    Empty,
    /// More than 50 came with the mail.
    TooMany,
}

/// A file that came with a mail.
#[derive(Clone, Debug, Object)]
pub struct MailAttachment {
    pub file_name: String,
    /// Bytes.
    pub size: i64,
    /// The file on the case, at `/api/attachments/{id}/`.
    pub attachment_id: Option<Uuid>,
    pub refused: Option<FileRefusal>,
}

/// A mail that came in.
#[derive(Clone, Debug, Object)]
pub struct InboundMailView {
    #[oai(flatten)]
    pub stamp: Stamp,
    pub mailbox: Option<Ref>,
    pub status: MailStatus,
    /// Why it was refused.
    pub reason: Option<Reason>,
    /// RFC 5322, 3.6.4, without angle brackets.
    pub message_id: Option<String>,
    pub from_name: Option<String>,
    pub from_address: Option<String>,
    pub subject: Option<String>,
    /// When its writer says that it was sent; it came in at `created_at`.
    pub sent_at: Option<DateTime<Utc>>,
    /// What it says, without any markup.
    pub text: String,
    /// Whether there was more text than 9,000 characters: the whole is in the original.
    pub is_cut: bool,
    /// Bytes.
    pub size: i64,
    /// Whether the original can be had, at `/api/mail/inbound/original/{id}/`.
    pub has_original: bool,
    pub attachments: Vec<MailAttachment>,
    /// Whoever has this address; `null` too when you may not see them.
    pub contact: Option<Ref>,
    /// The case that it opened or continued; `null` too when you may not see it.
    pub case: Option<Ref>,
    /// What it says on the case, when that was there already.
    pub comment_id: Option<Uuid>,
    /// The event that it answers an invitation to; `null` too when you may not see it.
    pub event: Option<Ref>,
}

impl View for InboundMailView {
    fn id(&self) -> Uuid {
        self.stamp.id
    }

    fn version(&self) -> i64 {
        self.stamp.version
    }
}

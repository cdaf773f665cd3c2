use poem_openapi::Enum;
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// Why a mail was refused. The earlier one says more, if there are several.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Enum, EnumIter, DeriveActiveEnum,
)]
#[serde(rename_all = "snake_case")]
#[oai(rename = "MailRefusal", rename_all = "snake_case")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))", rename_all = "snake_case")]
pub enum Reason {
    /// Larger than 25 MiB.
    TooLarge,
    /// Not a mail, or one that cannot be read.
    Unreadable,
    /// The mailbox is switched off.
    MailboxInactive,
    /// It has been through here, or through too many servers.
    Loop,
    /// A report that another mail did not arrive, or that it was read.
    Bounce,
    /// A program answered: an out-of-office note, a receipt.
    AutoReply,
    /// A mailing list or a newsletter sent it.
    MailingList,
    /// Sent to many at once.
    Bulk,
    /// It does not say who wrote it.
    NoSender,
    /// One of the organisation's own mailboxes wrote it.
    OwnAddress,
    /// A mail with this Message-ID is there already.
    Duplicate,
    /// It answers an invitation, and cannot be read.
    UnreadableAnswer,
    /// It answers an invitation for somebody else than who wrote it.
    ForgedAnswer,
    /// It answers an invitation that nobody at this address got.
    NotInvited,
    /// It answers an invitation to an event that has changed since, or was answered anew.
    StaleAnswer,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Enum, EnumIter, DeriveActiveEnum)]
#[serde(rename_all = "snake_case")]
#[oai(rename_all = "snake_case")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(16))", rename_all = "snake_case")]
pub enum MailStatus {
    #[default]
    Stored,
    Refused,
}

use base::{Ref, Stamp, View};
use chrono::{DateTime, Utc};
use poem_openapi::{Enum, Object, types::Example};
use sea_orm::entity::prelude::*;
use serde::Serialize;

/// What a message is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Enum, EnumIter, DeriveActiveEnum)]
#[serde(rename_all = "snake_case")]
#[oai(rename_all = "snake_case")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))", rename_all = "snake_case")]
pub enum MessageReason {
    #[default]
    General,
    Sales,
    Support,
    Partnership,
    Other,
}

/// What was done about a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Enum, EnumIter, DeriveActiveEnum)]
#[serde(rename_all = "snake_case")]
#[oai(rename_all = "snake_case")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))", rename_all = "snake_case")]
pub enum MessageStatus {
    #[default]
    New,
    Read,
    Replied,
    Closed,
}

/// A message that came through a website.
#[derive(Clone, Debug, Object)]
pub struct ContactMessageView {
    #[oai(flatten)]
    pub stamp: Stamp,
    pub form_id: Option<Uuid>,
    pub name: String,
    pub email: String,
    pub message: String,
    pub reason: MessageReason,
    pub status: MessageStatus,
    /// Where its writer came from.
    pub ip: Option<String>,
    pub user_agent: Option<String>,
    pub referrer: Option<String>,
    /// Who set it to `replied` first, and when.
    pub replied_by: Option<Ref>,
    pub replied_at: Option<DateTime<Utc>>,
}

/// What to change of a message.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct ContactMessageChange {
    pub status: MessageStatus,
}

impl View for ContactMessageView {
    fn id(&self) -> Uuid {
        self.stamp.id
    }

    fn version(&self) -> i64 {
        self.stamp.version
    }
}

impl Example for ContactMessageChange {
    fn example() -> Self {
        Self { status: MessageStatus::Replied }
    }
}

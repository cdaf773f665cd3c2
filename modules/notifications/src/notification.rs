use base::{News, record};
use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::span::Span;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "notification")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub org_id: Uuid,
    pub created_at: DateTimeUtc,
    /// Who did what it tells of; `None` when no person did.
    pub created_by: Option<Uuid>,
    pub updated_at: DateTimeUtc,
    pub updated_by: Option<Uuid>,
    pub version: i64,
    pub deleted_at: Option<DateTimeUtc>,

    /// Whom it tells.
    pub member_user_id: Uuid,
    pub kind: News,
    pub record_kind: String,
    pub record_id: Uuid,
    /// What was done, as the change log calls it.
    pub verb: String,
    pub unread: bool,
    pub read_at: Option<DateTimeUtc>,
    /// The job that told it.
    pub once: Option<Uuid>,
    /// Whether it is listed; one that is not waits for a mail.
    pub in_app: bool,
    /// The kind of mail in which it is to be gathered with others.
    pub digest: Option<Span>,
    /// The job that sends or sent that mail.
    pub digest_id: Option<Uuid>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

// What it says is in the log already, under the record that it tells of.
record!("notification", unlogged: ["member_user_id", "kind", "record_kind", "record_id", "verb", "read_at", "once", "in_app", "digest", "digest_id"]);

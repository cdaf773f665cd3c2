use base::record;
use sea_orm::entity::prelude::*;
use serde::Serialize;

/// A public comment that went to the customer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "case_reply")]
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
    pub comment_id: Uuid,
    /// The mail that it answers.
    pub inbound_mail_id: Uuid,
    pub to_address: String,
    /// As the customer got it, without angle brackets.
    pub message_id: String,
    /// Of the Message-ID that we gave it.
    pub message_key: String,
    /// Of the one that it went out with: some carriers give it another.
    pub carrier_key: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

record!("case_reply", unlogged: ["message_key", "carrier_key"]);

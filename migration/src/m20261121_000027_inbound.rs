//! Mail that comes in: the mailboxes, each mail that was taken or refused, and what was answered.

use sea_orm_migration::prelude::*;

use crate::table::{LIVE, Type, drop_tables, org_table};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Who delivers says the key, and the key says whose mailbox it is. Who and which tags its cases get: `assignment`,
        // `record_tag`.
        org_table("mailbox")
            .column("name", Type::Varchar(100))
            .column("address", Type::Varchar(254))
            .lowered("address_lower", Type::Varchar(254), "address")
            .column("key_hash", Type::Varchar(64))
            .together("key_hash")
            .preset("is_active", Type::Bool, "true")
            .column("priority", Type::Varchar(32))
            .optional("case_type", Type::Varchar(32))
            .unique_where("org_id, address_lower", LIVE)
            .index_where("org_id, created_at DESC, id DESC", LIVE)
            .create(manager)
            .await?;

        // `message_key` is the digest of the Message-ID, which has no length that an index could hold.
        org_table("inbound_mail")
            .reference("mailbox_id", "mailbox")
            .column("status", Type::Varchar(16))
            .optional("reason", Type::Varchar(32))
            .check("(status = 'refused') = (reason IS NOT NULL)")
            .optional("message_id", Type::Varchar(998))
            .column("message_key", Type::Varchar(64))
            .column("reference_ids", Type::Json)
            .optional("from_name", Type::Varchar(255))
            .optional("from_address", Type::Varchar(254))
            .lowered("from_address_lower", Type::Varchar(254), "from_address")
            .optional("reply_to", Type::Varchar(254))
            .optional("subject", Type::Varchar(255))
            .optional("sent_at", Type::Time)
            .column("text", Type::Text)
            .column("is_cut", Type::Bool)
            .column("size", Type::BigInt)
            .column("sha256", Type::Varchar(64))
            .optional("storage_key", Type::Varchar(255))
            .column("attachments", Type::Json)
            .optional_reference("contact_id", "contact")
            .optional_reference("case_id", "case")
            .optional_reference("comment_id", "comment")
            .index("org_id, message_key")
            .unique_where("org_id, message_key, status", "status = 'stored'")
            .index_where("org_id, created_at DESC, id DESC", LIVE)
            .index_where("org_id, status, created_at DESC, id DESC", LIVE)
            .index_where("org_id, reason, created_at DESC, id DESC", "reason IS NOT NULL")
            .index("org_id, mailbox_id, created_at DESC, id DESC")
            .index("org_id, from_address_lower")
            .index_where("org_id, contact_id", "contact_id IS NOT NULL")
            .index_where("org_id, case_id, created_at DESC, id DESC", "case_id IS NOT NULL")
            .index_where("org_id, storage_key", "storage_key IS NOT NULL")
            .create(manager)
            .await?;

        // A carrier may give a mail another Message-ID than ours; whoever answers names that.
        org_table("case_reply")
            .reference("case_id", "case")
            .reference("comment_id", "comment")
            .together("org_id, comment_id")
            .reference("inbound_mail_id", "inbound_mail")
            .column("to_address", Type::Varchar(254))
            .column("message_id", Type::Varchar(998))
            .column("message_key", Type::Varchar(64))
            .column("carrier_key", Type::Varchar(64))
            .index("org_id, message_key")
            .index("org_id, carrier_key")
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["case_reply", "inbound_mail", "mailbox"]).await
    }
}

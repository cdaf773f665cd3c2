//! The log of all changes, and the answers kept for requests that are sent twice.

use sea_orm_migration::prelude::*;

use crate::table::{Type, drop_tables, machinery_table, shared_machinery_table};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        machinery_table("change")
            .column("seq", Type::Counted)
            .column("at", Type::Time)
            .optional("actor_id", Type::Uuid)
            .optional("request_id", Type::Varchar(64))
            .column("record_kind", Type::Varchar(32))
            .column("record_id", Type::Uuid)
            .column("verb", Type::Varchar(32))
            .column("fields", Type::Json)
            .index("org_id, record_kind, record_id, seq")
            .index("org_id, seq")
            .create(manager)
            .await?;

        // `scope` is the SHA-256 in hex of who asks, what for, and the key they sent. No status: still being answered.
        shared_machinery_table("idempotency_key")
            .column("scope", Type::Varchar(64))
            .key("scope")
            .optional("user_id", Type::Uuid)
            .column("method", Type::Varchar(8))
            .column("route", Type::Varchar(255))
            .column("fingerprint", Type::Varchar(64))
            .optional("status", Type::Int)
            .optional("headers", Type::Json)
            .optional("body", Type::Blob)
            .column("created_at", Type::Time)
            .index("created_at")
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["idempotency_key", "change"]).await
    }
}

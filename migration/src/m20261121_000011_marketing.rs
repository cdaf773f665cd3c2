//! What a website sends: the forms that make leads, and messages to answer.

use sea_orm_migration::prelude::*;

use crate::table::{LIVE, Type, drop_tables, org_table};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // `key` is public and says by itself whose form it is. Who and which tags its leads get: `assignment`, `record_tag`.
        org_table("form")
            .column("title", Type::Varchar(255))
            .column("key", Type::Varchar(64))
            .together("key")
            .column("allowed_origins", Type::Json)
            .column("required_fields", Type::Json)
            .preset("minimum_seconds", Type::Int, "0")
            .preset("is_active", Type::Bool, "true")
            .index_where("org_id, created_at DESC, id DESC", LIVE)
            .create(manager)
            .await?;

        org_table("contact_message")
            .optional_reference("form_id", "form")
            .column("name", Type::Varchar(255))
            .column("email", Type::Varchar(254))
            .column("message", Type::Text)
            .preset("reason", Type::Varchar(32), "'general'")
            .preset("status", Type::Varchar(32), "'new'")
            .optional("ip", Type::Varchar(45))
            .optional("user_agent", Type::Varchar(512))
            .optional("referrer", Type::Varchar(2048))
            .optional_member("replied_by")
            .optional("replied_at", Type::Time)
            .index_where("org_id, created_at DESC, id DESC", LIVE)
            .index_where("org_id, status, created_at DESC, id DESC", LIVE)
            .index_where("org_id, form_id", "form_id IS NOT NULL")
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["contact_message", "form"]).await
    }
}

//! Organisations, who is in them and what they may do.

use sea_orm_migration::prelude::*;

use crate::table::{LIVE, Type, drop_tables, fence_organisation, org_table, platform_table};

/// An invitation that still waits for its answer.
const OPEN: &str = "accepted_at IS NULL AND revoked_at IS NULL AND deleted_at IS NULL";

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        platform_table("organisation")
            .column("id", Type::Uuid)
            .key("id")
            .column("name", Type::Varchar(255))
            .address()
            .phone("phone_typed", "phone_e164")
            .optional("email", Type::Varchar(254))
            .optional("website", Type::Varchar(500))
            .optional("tax_id", Type::Varchar(64))
            .preset("default_currency", Type::Varchar(3), "'USD'")
            .preset("timezone", Type::Varchar(64), "'UTC'")
            .optional("logo_key", Type::Varchar(255))
            .optional("logo_media_type", Type::Varchar(100))
            .preset("is_active", Type::Bool, "true")
            .column("created_at", Type::Time)
            .optional("created_by", Type::Uuid)
            .column("updated_at", Type::Time)
            .optional("updated_by", Type::Uuid)
            .preset("version", Type::BigInt, "1")
            .create(manager)
            .await?;
        fence_organisation(manager).await?;

        // `key` names the two roles that every organisation is made with.
        org_table("role")
            .optional("key", Type::Varchar(32))
            .column("name", Type::Varchar(100))
            .optional("description", Type::Text)
            .column("grants", Type::Json)
            .together("org_id, key")
            .unique_where("org_id, lower(name)", LIVE)
            .create(manager)
            .await?;

        org_table("member")
            .column("user_id", Type::Uuid)
            .platform_reference("user_id", "users")
            .reference("role_id", "role")
            .preset("is_active", Type::Bool, "true")
            .phone("phone_typed", "phone_e164")
            .phone("alternate_phone_typed", "alternate_phone_e164")
            .address()
            .optional("date_of_joining", Type::Date)
            .preset("has_sales_access", Type::Bool, "false")
            .preset("has_marketing_access", Type::Bool, "false")
            .together("org_id, user_id")
            .index("user_id")
            .index("org_id, role_id")
            .create(manager)
            .await?;

        org_table("invitation")
            .column("email", Type::Varchar(254))
            .column("email_lower", Type::Varchar(254))
            .reference("role_id", "role")
            .column("token_hash", Type::Varchar(64))
            .together("token_hash")
            .column("expires_at", Type::Time)
            .optional("accepted_at", Type::Time)
            .optional("revoked_at", Type::Time)
            .optional("sent_at", Type::Time)
            .unique_where("org_id, email_lower", OPEN)
            .index("email_lower")
            .index("org_id, role_id")
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["invitation", "member", "role", "organisation"]).await
    }
}

//! People and their sessions. They belong to no organisation.

use sea_orm_migration::prelude::*;

use crate::table::{Type, drop_tables, platform_table};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        platform_table("users")
            .column("id", Type::Uuid)
            .key("id")
            .column("email", Type::Varchar(254))
            .column("email_lower", Type::Varchar(254))
            .together("email_lower")
            .column("name", Type::Varchar(255))
            .optional("password_hash", Type::Text)
            .optional("email_verified_at", Type::Time)
            .preset("is_active", Type::Bool, "true")
            .optional("last_login_at", Type::Time)
            .column("created_at", Type::Time)
            .column("updated_at", Type::Time)
            .create(manager)
            .await?;

        // Tokens are kept as SHA-256 in hex: who reads the table cannot use it. A refresh token's predecessor is kept to
        // know it again when it comes back stolen.
        platform_table("session")
            .column("id", Type::Uuid)
            .key("id")
            .column("user_id", Type::Uuid)
            .owned_by("user_id", "users")
            .column("family", Type::Uuid)
            .column("refresh_hash", Type::Varchar(64))
            .together("refresh_hash")
            .optional("previous_refresh_hash", Type::Varchar(64))
            .optional("rotated_at", Type::Time)
            .preset("pair_used", Type::Bool, "false")
            .optional("ip", Type::Varchar(45))
            .optional("user_agent", Type::Varchar(512))
            .column("created_at", Type::Time)
            .column("last_used_at", Type::Time)
            .column("expires_at", Type::Time)
            .optional("revoked_at", Type::Time)
            .index("user_id")
            .index("family")
            .index("previous_refresh_hash")
            .index("expires_at")
            .create(manager)
            .await?;

        platform_table("one_time_token")
            .column("token_hash", Type::Varchar(64))
            .key("token_hash")
            .optional("user_id", Type::Uuid)
            .owned_by("user_id", "users")
            .column("email", Type::Varchar(254))
            .column("purpose", Type::Varchar(32))
            .column("expires_at", Type::Time)
            .optional("used_at", Type::Time)
            .column("created_at", Type::Time)
            .index("user_id, purpose")
            .index("expires_at")
            .create(manager)
            .await?;

        platform_table("login_attempt")
            .column("key", Type::Varchar(320))
            .key("key")
            .preset("failures", Type::Int, "0")
            .column("last_failed_at", Type::Time)
            .optional("blocked_until", Type::Time)
            .column("day", Type::Date)
            .preset("day_failures", Type::Int, "0")
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["login_attempt", "one_time_token", "session", "users"]).await
    }
}

//! Which notifications members want, where, and when.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::ConnectionTrait;

use crate::table::{Type, drop_tables, org_table};

/// A column, and its type on both engines.
const COLUMNS: &[(&str, Type, &str)] = &[
    ("in_app", Type::Bool, " NOT NULL DEFAULT true"),
    ("digest", Type::Varchar(32), ""),
    ("digest_id", Type::Uuid, ""),
];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        org_table("notification_preference")
            .member("member_user_id")
            .column("kinds", Type::Json)
            .optional("quiet_from", Type::Varchar(5))
            .optional("quiet_to", Type::Varchar(5))
            .check("(quiet_from IS NULL) = (quiet_to IS NULL)")
            .optional("time_zone", Type::Varchar(64))
            .together("org_id, member_user_id")
            .create(manager)
            .await?;
        let db = manager.get_connection();
        for (name, kind, rest) in COLUMNS {
            let kind = kind.sql(manager.get_database_backend());
            db.execute_unprepared(&format!("ALTER TABLE notification ADD COLUMN {name} {kind}{rest}")).await?;
        }
        // What waits for the next digest, and what one digest has.
        db.execute_unprepared(
            "CREATE INDEX notification_digest_member_user_id_created_at_idx \
             ON notification (org_id, digest, member_user_id, created_at) WHERE digest IS NOT NULL AND digest_id IS NULL; \
             CREATE INDEX notification_digest_id_idx ON notification (org_id, digest_id) WHERE digest_id IS NOT NULL;",
        )
        .await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        db.execute_unprepared(
            "DROP INDEX notification_digest_member_user_id_created_at_idx; DROP INDEX notification_digest_id_idx;",
        )
        .await?;
        for (name, ..) in COLUMNS {
            db.execute_unprepared(&format!("ALTER TABLE notification DROP COLUMN {name}")).await?;
        }
        drop_tables(manager, &["notification_preference"]).await
    }
}

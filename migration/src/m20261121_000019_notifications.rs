//! What members are told of inside the program.

use sea_orm_migration::prelude::*;

use crate::table::{Type, drop_tables, org_table};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // `once` is the id of the job that told it, which may run twice.
        org_table("notification")
            .member("member_user_id")
            .column("kind", Type::Varchar(32))
            .column("record_kind", Type::Varchar(32))
            .column("record_id", Type::Uuid)
            .column("verb", Type::Varchar(32))
            .preset("unread", Type::Bool, "true")
            .optional("read_at", Type::Time)
            .optional("once", Type::Uuid)
            .index("org_id, member_user_id, created_at DESC, id DESC")
            .index("org_id, member_user_id, unread, created_at DESC, id DESC")
            .index("org_id, member_user_id, kind, created_at DESC, id DESC")
            .index("org_id, record_id, member_user_id")
            .unique_where("org_id, once, member_user_id", "once IS NOT NULL")
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["notification"]).await
    }
}

//! The queue of jobs: fang's table, with what our own queue adds to it.

use sea_orm_migration::prelude::*;

use crate::table::{Type, drop_tables, shared_machinery_table};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        shared_machinery_table("fang_tasks")
            .column("id", Type::Uuid)
            .key("id")
            .column("metadata", Type::Json)
            .optional("error_message", Type::Text)
            .preset("state", Type::Varchar(16), "'new'")
            .preset("task_type", Type::Varchar(100), "'common'")
            .optional("uniq_hash", Type::Varchar(64))
            .preset("retries", Type::Int, "0")
            .column("scheduled_at", Type::Time)
            .column("created_at", Type::Time)
            .column("updated_at", Type::Time)
            // Ours: whose job it is, its turn, and who works on it until when.
            .optional("user_id", Type::Uuid)
            .column("kind", Type::Varchar(100))
            .preset("priority", Type::Int, "0")
            .preset("attempt", Type::Int, "0")
            .preset("max_attempts", Type::Int, "20")
            .optional("lease_until", Type::Time)
            .optional("lease_token", Type::Uuid)
            .index_where("priority DESC, scheduled_at, id", "state IN ('new', 'retried')")
            .index_where("lease_until", "state = 'in_progress'")
            .index_where("updated_at", "state IN ('finished', 'failed')")
            .unique_where("uniq_hash", "state IN ('new', 'in_progress', 'retried')")
            .index("org_id, created_at DESC, id DESC")
            .index("org_id, state, created_at DESC, id DESC")
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["fang_tasks"]).await
    }
}

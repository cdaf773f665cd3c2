//! How long customers waited for the first answer to a case, for reports.

use sea_orm_migration::prelude::*;

use crate::table::{Table, Type, grown_table};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        cases().grow(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        cases().shrink(manager).await
    }
}

/// In seconds of business time. Answers given before this have none: only the calendar knows it, and it may have changed since.
fn cases() -> Table {
    grown_table("case")
        .optional("first_response_seconds", Type::BigInt)
        .index_where("org_id, first_responded_at", "first_responded_at IS NOT NULL")
}

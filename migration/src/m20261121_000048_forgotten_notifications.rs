//! Old notifications are found, to be forgotten.

use sea_orm_migration::prelude::*;

use crate::table::{Table, grown_table};

#[derive(DeriveMigrationName)]
pub struct Migration;

fn grown() -> Table {
    grown_table("notification").index("org_id, created_at").index_where("org_id, read_at", "read_at IS NOT NULL")
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        grown().grow(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        grown().shrink(manager).await
    }
}

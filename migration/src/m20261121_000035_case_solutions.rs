//! Which solutions a case was helped with.

use sea_orm_migration::prelude::*;

use crate::table::{drop_tables, link_table};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        link_table("case_solution")
            .reference("case_id", "case")
            .reference("solution_id", "solution")
            .key("org_id, case_id, solution_id")
            .index("org_id, solution_id")
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["case_solution"]).await
    }
}

//! The cases that a solution helped, by an index that has all of it.

use sea_orm_migration::prelude::*;

use crate::table::{Table, grown_table};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        with_case().grow(manager).await?;
        alone().shrink(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        alone().grow(manager).await?;
        with_case().shrink(manager).await
    }
}

fn alone() -> Table {
    grown_table("case_solution").index("org_id, solution_id")
}

fn with_case() -> Table {
    grown_table("case_solution").index("org_id, solution_id, case_id")
}

//! Open cases by when their promises are at risk, for dashboards.

use sea_orm_migration::prelude::*;

use crate::table::{Table, grown_table};

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

fn cases() -> Table {
    grown_table("case")
        .index_where("org_id, first_response_risk_at", "closed_at IS NULL AND first_responded_at IS NULL")
        .index_where("org_id, resolution_risk_at", "closed_at IS NULL")
}

//! Time worked on cases.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::table::{Type, drop_tables, in_every_org, org_table};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        org_table("time_entry")
            .reference("case_id", "case")
            .member("member_id")
            .column("worked_on", Type::Date)
            .column("minutes", Type::Int)
            .optional("description", Type::Text)
            .preset("is_billable", Type::Bool, "true")
            .check("minutes BETWEEN 1 AND 1440")
            .listed_by("org_id, worked_on DESC, id DESC")
            .index("org_id, case_id, worked_on DESC, id DESC")
            .index("org_id, member_id, worked_on DESC, id DESC")
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        in_every_org(manager, &["role"], withdraw(manager.get_database_backend())).await?;
        drop_tables(manager, &["time_entry"]).await
    }
}

fn withdraw(engine: DbBackend) -> &'static str {
    if engine == DbBackend::Postgres {
        "UPDATE role SET grants = grants - 'time_entry.manage'"
    } else {
        r#"UPDATE role SET grants = json_remove(grants, '$."time_entry.manage"')"#
    }
}

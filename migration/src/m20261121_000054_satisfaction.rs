//! What customers say of the help they got.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::table::{Table, Type, drop_tables, grown_table, in_every_org, org_table};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// The last answer, on its case.
fn last() -> Table {
    grown_table("case")
        .optional("satisfaction_asked_on", Type::Date)
        .optional("satisfaction_rating", Type::Int)
        .optional("satisfaction_comment", Type::Text)
        .optional("satisfaction_answered_at", Type::Time)
        .index_where("org_id, satisfaction_asked_on", "satisfaction_asked_on IS NOT NULL")
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        last().grow(manager).await?;
        org_table("satisfaction_setting")
            .preset("is_enabled", Type::Bool, "false")
            .column("delay_hours", Type::Int)
            .column("question", Type::Varchar(100))
            .together("org_id")
            .check("delay_hours BETWEEN 0 AND 720")
            .create(manager)
            .await?;

        // `token_hash` says by itself whose question it is.
        org_table("case_survey")
            .reference("case_id", "case")
            .reference("contact_id", "contact")
            .column("closed_at", Type::Time)
            .column("question", Type::Varchar(100))
            .column("token_hash", Type::Varchar(64))
            .column("expires_at", Type::Time)
            .optional("rating", Type::Int)
            .optional("comment", Type::Text)
            .optional("answered_at", Type::Time)
            .together("token_hash")
            .together("org_id, case_id, contact_id, closed_at")
            .check("rating BETWEEN 1 AND 5")
            .check("(rating IS NULL) = (answered_at IS NULL)")
            .index("org_id, contact_id")
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        in_every_org(manager, &["role"], withdraw(manager.get_database_backend())).await?;
        drop_tables(manager, &["case_survey", "satisfaction_setting"]).await?;
        last().shrink(manager).await
    }
}

fn withdraw(engine: DbBackend) -> &'static str {
    if engine == DbBackend::Postgres {
        "UPDATE role SET grants = grants - ARRAY['satisfaction_setting.create', 'satisfaction_setting.change']"
    } else {
        r#"UPDATE role SET grants = json_remove(grants, '$."satisfaction_setting.create"', '$."satisfaction_setting.change"')"#
    }
}

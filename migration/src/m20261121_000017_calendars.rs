//! When an organisation works, and what it promises in that time.

use sea_orm_migration::prelude::*;

use crate::table::{LIVE, Type, drop_tables, org_table};

#[derive(DeriveMigrationName)]
pub struct Migration;

const DEFAULT: &str = "is_default AND deleted_at IS NULL";

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        org_table("business_calendar")
            .column("name", Type::Varchar(100))
            .column("time_zone", Type::Varchar(64))
            .column("business_hours", Type::Json)
            .column("holidays", Type::Json)
            .preset("is_default", Type::Bool, "false")
            .unique_where("org_id, lower(name)", LIVE)
            .unique_where("org_id, is_default", DEFAULT)
            .create(manager)
            .await?;

        org_table("sla_policy")
            .column("name", Type::Varchar(100))
            .optional("description", Type::Text)
            .optional_reference("calendar_id", "business_calendar")
            .column("targets", Type::Json)
            .preset("is_default", Type::Bool, "false")
            .unique_where("org_id, lower(name)", LIVE)
            .unique_where("org_id, is_default", DEFAULT)
            .index_where("org_id, calendar_id", "calendar_id IS NOT NULL")
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["sla_policy", "business_calendar"]).await
    }
}

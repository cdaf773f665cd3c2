//! Opportunities: what may be sold, how far it is, and to whom.

use sea_orm_migration::prelude::*;

use crate::table::{LIVE, Type, drop_tables, link_table, searched_table};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        searched_table("opportunity")
            .column("name", Type::Varchar(255))
            .optional_reference("account_id", "account")
            .column("stage", Type::Varchar(32))
            .optional("opportunity_type", Type::Varchar(32))
            .optional("currency", Type::Varchar(3))
            .optional("amount", Type::Money)
            .preset("probability", Type::Int, "0")
            .check("probability BETWEEN 0 AND 100")
            .optional("closed_on", Type::Date)
            .optional("lead_source", Type::Varchar(32))
            .optional_member("closed_by")
            .later_reference("lead_id", "lead")
            .optional("description", Type::Text)
            .listed_by("org_id, name, id")
            .index_where("org_id, stage, created_at DESC, id DESC", LIVE)
            .index_where("org_id, closed_on", LIVE)
            .index_where("org_id, account_id", "account_id IS NOT NULL")
            .index_where("org_id, closed_by", "closed_by IS NOT NULL")
            .index_where("org_id, lead_id", "lead_id IS NOT NULL")
            .create(manager)
            .await?;

        link_table("opportunity_contact")
            .reference("opportunity_id", "opportunity")
            .reference("contact_id", "contact")
            .optional("role", Type::Varchar(50))
            .key("org_id, opportunity_id, contact_id")
            // With the opportunity: a filter of the list finds by it alone.
            .index("org_id, contact_id, opportunity_id")
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["opportunity_contact", "opportunity"]).await
    }
}

//! Accounts: the companies one does business with.

use sea_orm_migration::prelude::*;

use crate::table::{LIVE, Type, drop_tables, searched_table};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        searched_table("account")
            .column("name", Type::Varchar(255))
            .lowered("name_lower", Type::Varchar(255), "name")
            .optional("email", Type::Varchar(254))
            .phone("phone_typed", "phone_e164")
            .optional("website", Type::Varchar(500))
            .optional("linkedin_url", Type::Varchar(500))
            .optional("industry", Type::Varchar(64))
            .optional("rating", Type::Varchar(32))
            .optional("number_of_employees", Type::Int)
            .optional("annual_revenue", Type::Money)
            .optional("currency", Type::Varchar(3))
            .optional("billing_address_line", Type::Varchar(255))
            .optional("billing_city", Type::Varchar(255))
            .optional("billing_state", Type::Varchar(255))
            .optional("billing_postcode", Type::Varchar(64))
            .optional("billing_country", Type::Varchar(2))
            .optional_reference("parent_id", "account")
            .later_reference("lead_id", "lead")
            .optional("description", Type::Text)
            .unique_where("org_id, name_lower", LIVE)
            .listed_by("org_id, name, id")
            .index_where("org_id, industry, created_at DESC, id DESC", LIVE)
            .index_where("org_id, phone_e164", "phone_e164 IS NOT NULL")
            .index_where("org_id, parent_id", "parent_id IS NOT NULL")
            .index_where("org_id, lead_id", "lead_id IS NOT NULL")
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["account"]).await
    }
}

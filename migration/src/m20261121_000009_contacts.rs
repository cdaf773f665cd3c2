//! Contacts: the people one talks to, and the accounts they stand for.

use sea_orm_migration::prelude::*;

use crate::table::{LIVE, Type, drop_tables, link_table, searched_table};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        searched_table("contact")
            .optional("salutation", Type::Varchar(32))
            .column("first_name", Type::Varchar(255))
            .column("last_name", Type::Varchar(255))
            .optional("email", Type::Varchar(254))
            .lowered("email_lower", Type::Varchar(254), "email")
            .phone("phone_typed", "phone_e164")
            .optional("organization", Type::Varchar(255))
            .optional("title", Type::Varchar(255))
            .optional("department", Type::Varchar(255))
            .preset("do_not_call", Type::Bool, "false")
            .optional("website", Type::Varchar(500))
            .optional("linkedin_url", Type::Varchar(500))
            .optional_reference("account_id", "account")
            .later_reference("lead_id", "lead")
            .address()
            .optional("description", Type::Text)
            .unique_where("org_id, email_lower", LIVE)
            .listed_by("org_id, last_name, id")
            .index_where("org_id, phone_e164", "phone_e164 IS NOT NULL")
            .index_where("org_id, account_id", "account_id IS NOT NULL")
            .index_where("org_id, lead_id", "lead_id IS NOT NULL")
            .create(manager)
            .await?;

        link_table("account_contact")
            .reference("account_id", "account")
            .reference("contact_id", "contact")
            .optional("role", Type::Varchar(50))
            .key("org_id, account_id, contact_id")
            .index("org_id, contact_id")
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["account_contact", "contact"]).await
    }
}

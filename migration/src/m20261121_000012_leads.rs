//! Leads: who may become a customer, and what they became.

use sea_orm_migration::prelude::*;

use crate::table::{LIVE, Type, add_later_reference, drop_later_reference, drop_tables, link_table, searched_table};

/// They were made before leads, and say which lead they were.
const COME_FROM_LEADS: [&str; 3] = ["account", "contact", "opportunity"];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        searched_table("lead")
            .column("title", Type::Varchar(255))
            .optional("salutation", Type::Varchar(32))
            .optional("first_name", Type::Varchar(255))
            .optional("last_name", Type::Varchar(255))
            .optional("email", Type::Varchar(254))
            .lowered("email_lower", Type::Varchar(254), "email")
            .phone("phone_typed", "phone_e164")
            .optional("job_title", Type::Varchar(255))
            .optional("company_name", Type::Varchar(255))
            .optional("website", Type::Varchar(500))
            .optional("linkedin_url", Type::Varchar(500))
            .column("status", Type::Varchar(32))
            .optional("source", Type::Varchar(32))
            .optional("industry", Type::Varchar(64))
            .optional("rating", Type::Varchar(32))
            .optional("opportunity_amount", Type::Money)
            .optional("currency", Type::Varchar(3))
            .optional("probability", Type::Int)
            .check("probability BETWEEN 0 AND 100")
            .optional("close_date", Type::Date)
            .address()
            .optional("last_contacted", Type::Date)
            .optional("next_follow_up", Type::Date)
            .optional("description", Type::Text)
            // Where it came from, if a website sent it.
            .preset("created_from_site", Type::Bool, "false")
            .optional_reference("form_id", "form")
            .optional("site_ip", Type::Varchar(45))
            .optional("site_user_agent", Type::Varchar(512))
            .optional("site_referrer", Type::Varchar(2048))
            // What it became.
            .optional("converted_at", Type::Time)
            .optional_reference("converted_account_id", "account")
            .optional_reference("converted_contact_id", "contact")
            .optional_reference("converted_opportunity_id", "opportunity")
            .listed_by("org_id, title, id")
            .index_where("org_id, status, created_at DESC, id DESC", LIVE)
            .index_where("org_id, source, created_at DESC, id DESC", LIVE)
            .index_where("org_id, rating, created_at DESC, id DESC", LIVE)
            .index_where("org_id, next_follow_up", LIVE)
            .index_where("org_id, email_lower", "email_lower IS NOT NULL")
            .index_where("org_id, phone_e164", "phone_e164 IS NOT NULL")
            .index_where("org_id, form_id", "form_id IS NOT NULL")
            .index_where("org_id, converted_account_id", "converted_account_id IS NOT NULL")
            .index_where("org_id, converted_contact_id", "converted_contact_id IS NOT NULL")
            .index_where("org_id, converted_opportunity_id", "converted_opportunity_id IS NOT NULL")
            .create(manager)
            .await?;

        link_table("lead_contact")
            .reference("lead_id", "lead")
            .reference("contact_id", "contact")
            .key("org_id, lead_id, contact_id")
            .index("org_id, contact_id")
            .create(manager)
            .await?;

        for table in COME_FROM_LEADS {
            add_later_reference(manager, table, "lead_id", "lead").await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in COME_FROM_LEADS {
            drop_later_reference(manager, table, "lead_id").await?;
        }
        drop_tables(manager, &["lead_contact", "lead"]).await
    }
}

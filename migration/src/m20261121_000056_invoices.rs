//! Invoices with their lines, the series that number them, and what an organisation says on all of them.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

use crate::table::{LIVE, Reached, Type, drop_tables, in_every_org, link_table, org_table, searched_table};

const REACHED: Reached = Reached {
    table: "invoice",
    columns: &[
        ("state", Type::Varchar(16)),
        ("number", Type::Varchar(64)),
        ("account_id", Type::Uuid),
        ("contact_id", Type::Uuid),
        ("opportunity_id", Type::Uuid),
        ("series_id", Type::Uuid),
        ("currency", Type::Varchar(3)),
        ("issue_date", Type::Date),
        ("due_date", Type::Date),
    ],
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        org_table("invoice_series")
            .column("name", Type::Varchar(100))
            .lowered("name_lower", Type::Varchar(100), "name")
            .column("pattern", Type::Varchar(40))
            .preset("is_default", Type::Bool, "false")
            .optional("last_issued_on", Type::Date)
            .listed_by("org_id, name, id")
            .unique_where("org_id, name_lower", LIVE)
            .unique_where("org_id, pattern", LIVE)
            .unique_where("org_id, is_default", "is_default AND deleted_at IS NULL")
            .create(manager)
            .await?;

        org_table("invoice_setting")
            .column("seller", Type::Json)
            .optional("bank_account", Type::Json)
            .optional("standard_rate", Type::Quantity)
            .optional("reduced_rate", Type::Quantity)
            .column("terms", Type::Varchar(16))
            .optional("notes", Type::Text)
            .together("org_id")
            .create(manager)
            .await?;

        invoice(manager).await?;
        lines(manager).await?;
        REACHED.create(manager).await?;

        let engine = manager.get_database_backend();
        // The name of a count has a series in it, and the time that it counts in.
        if engine == DbBackend::Postgres {
            let wider = "ALTER TABLE counter ALTER COLUMN name TYPE varchar(64)";
            manager.get_connection().execute_unprepared(wider).await?;
        }
        in_every_org(manager, &["organisation", "invoice_series"], &built_in(engine)).await?;
        in_every_org(manager, &["role"], grant(engine)).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let engine = manager.get_database_backend();
        in_every_org(manager, &["role"], withdraw(engine)).await?;
        in_every_org(manager, &["counter"], "DELETE FROM counter WHERE name LIKE 'invoice %'").await?;
        if engine == DbBackend::Postgres {
            let as_it_was = "ALTER TABLE counter ALTER COLUMN name TYPE varchar(32)";
            manager.get_connection().execute_unprepared(as_it_was).await?;
        }
        REACHED.drop(manager).await?;
        let tables = ["invoice_adjustment", "invoice_line", "invoice", "invoice_setting", "invoice_series"];
        drop_tables(manager, &tables).await
    }
}

async fn invoice(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    searched_table("invoice")
        .optional("title", Type::Varchar(255))
        .reference("account_id", "account")
        .optional_reference("contact_id", "contact")
        .optional_reference("opportunity_id", "opportunity")
        .column("state", Type::Varchar(16))
        .column("currency", Type::Varchar(3))
        .preset("prices_include_tax", Type::Bool, "false")
        .column("terms", Type::Varchar(16))
        .optional("issue_date", Type::Date)
        .optional("due_date", Type::Date)
        .optional("service_from", Type::Date)
        .optional("service_to", Type::Date)
        .optional("buyer_reference", Type::Varchar(200))
        .optional("order_reference", Type::Varchar(200))
        .optional("notes", Type::Text)
        .optional("internal_notes", Type::Text)
        .column("buyer", Type::Json)
        .column("buyer_name", Type::Varchar(255))
        // As they were when it was issued.
        .optional("seller", Type::Json)
        .optional("bank_account", Type::Json)
        .optional("number", Type::Varchar(64))
        .optional_reference("series_id", "invoice_series")
        .optional("issued_at", Type::Time)
        .optional("issued_by", Type::Uuid)
        .optional("content_hash", Type::Varchar(64))
        .preset("line_count", Type::Int, "0")
        .preset("line_total", Type::Amount, "0")
        .preset("discounts", Type::Amount, "0")
        .preset("charges", Type::Amount, "0")
        .preset("net_total", Type::Amount, "0")
        .preset("tax_total", Type::Amount, "0")
        .preset("rounding", Type::Amount, "0")
        .preset("total", Type::Amount, "0")
        .column("taxes", Type::Json)
        // What is issued has a number and a day and is no longer thrown away; a draft has neither.
        .check(
            "(state = 'draft' AND number IS NULL AND issue_date IS NULL AND content_hash IS NULL) OR \
             (state = 'issued' AND number IS NOT NULL AND series_id IS NOT NULL AND issue_date IS NOT NULL \
             AND due_date IS NOT NULL AND seller IS NOT NULL AND content_hash IS NOT NULL AND deleted_at IS NULL)",
        )
        .check("total >= 0")
        .listed_by("org_id, buyer_name, id")
        .unique_where("org_id, number", "number IS NOT NULL")
        .index_where("org_id, state, created_at DESC, id DESC", LIVE)
        .index_where("org_id, account_id", LIVE)
        .index_where("org_id, contact_id", "contact_id IS NOT NULL")
        .index_where("org_id, opportunity_id", "opportunity_id IS NOT NULL")
        .index_where("org_id, series_id", "series_id IS NOT NULL")
        .index_where("org_id, issue_date", "issue_date IS NOT NULL")
        .index_where("org_id, due_date", "due_date IS NOT NULL")
        .create(manager)
        .await
}

async fn lines(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    link_table("invoice_line")
        .reference("invoice_id", "invoice")
        .column("position", Type::Int)
        .optional_reference("product_id", "product")
        .column("name", Type::Varchar(255))
        .optional("description", Type::Text)
        .column("quantity", Type::Quantity)
        .column("unit", Type::Varchar(3))
        .column("unit_price", Type::Quantity)
        .optional("discount_percent", Type::Quantity)
        .optional("discount_amount", Type::Amount)
        .check("discount_percent IS NULL OR discount_amount IS NULL")
        .column("tax_category", Type::Varchar(2))
        .column("tax_percent", Type::Quantity)
        .optional("exemption_reason", Type::Varchar(255))
        .column("total", Type::Amount)
        .check("total >= 0")
        .key("org_id, invoice_id, position")
        .index("org_id, product_id, invoice_id")
        .create(manager)
        .await?;

    link_table("invoice_adjustment")
        .reference("invoice_id", "invoice")
        .column("position", Type::Int)
        .column("kind", Type::Varchar(16))
        .column("reason", Type::Varchar(255))
        .optional("percent", Type::Quantity)
        .column("amount", Type::Amount)
        .check("amount >= 0")
        .column("tax_category", Type::Varchar(2))
        .column("tax_percent", Type::Quantity)
        .optional("exemption_reason", Type::Varchar(255))
        .column("total", Type::Amount)
        .check("total >= 0")
        .key("org_id, invoice_id, position")
        .create(manager)
        .await
}

/// The built-in series of the organisations that are there.
fn built_in(engine: DbBackend) -> String {
    let id = if engine == DbBackend::Postgres {
        "gen_random_uuid()"
    } else {
        "lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-8' || \
         substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))"
    };
    format!(
        "INSERT INTO invoice_series (id, org_id, name, pattern, is_default, created_at, updated_at, version) \
         SELECT {id}, id, 'Invoices', 'INV-{{year}}-{{seq:5}}', true, created_at, created_at, 1 FROM organisation"
    )
}

/// The built-in USER of an organisation that was there before invoices writes them. To issue one is another matter.
fn grant(engine: DbBackend) -> &'static str {
    if engine == DbBackend::Postgres {
        r#"UPDATE role SET grants = grants || '{"invoice.view": "team", "invoice.create": "own", "invoice.change": "team", "invoice.delete": "own"}' WHERE key = 'user'"#
    } else {
        r#"UPDATE role SET grants = json_set(grants, '$."invoice.view"', 'team', '$."invoice.create"', 'own', '$."invoice.change"', 'team', '$."invoice.delete"', 'own') WHERE key = 'user'"#
    }
}

fn withdraw(engine: DbBackend) -> &'static str {
    if engine == DbBackend::Postgres {
        "UPDATE role SET grants = grants - ARRAY['invoice.view', 'invoice.create', 'invoice.change', 'invoice.delete', 'invoice.issue', 'invoice_series.create', 'invoice_series.change', 'invoice_series.delete', 'invoice_setting.create', 'invoice_setting.change']"
    } else {
        r#"UPDATE role SET grants = json_remove(grants, '$."invoice.view"', '$."invoice.create"', '$."invoice.change"', '$."invoice.delete"', '$."invoice.issue"', '$."invoice_series.create"', '$."invoice_series.change"', '$."invoice_series.delete"', '$."invoice_setting.create"', '$."invoice_setting.change"')"#
    }
}

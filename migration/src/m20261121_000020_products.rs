//! Products: what is sold, and for how much in which currency.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::table::{LIVE, Type, drop_tables, in_every_org, link_table, searched_table};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        searched_table("product")
            .column("name", Type::Varchar(255))
            .optional("sku", Type::Varchar(64))
            .lowered("sku_lower", Type::Varchar(64), "sku")
            .optional("category", Type::Varchar(100))
            .column("unit", Type::Varchar(3))
            .column("tax_class", Type::Varchar(32))
            .optional("description", Type::Text)
            .listed_by("org_id, name, id")
            .unique_where("org_id, sku_lower", LIVE)
            .index_where("org_id, category, created_at DESC, id DESC", LIVE)
            .create(manager)
            .await?;

        link_table("product_price")
            .reference("product_id", "product")
            .column("currency", Type::Varchar(3))
            .column("price", Type::Quantity)
            .check("price >= 0")
            .key("org_id, product_id, currency")
            .index("org_id, currency, product_id")
            .create(manager)
            .await?;

        in_every_org(manager, &["role"], grant(manager.get_database_backend())).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        in_every_org(manager, &["role"], withdraw(manager.get_database_backend())).await?;
        drop_tables(manager, &["product_price", "product"]).await
    }
}

/// The built-in USER of an organisation that was there before products sees them.
fn grant(engine: DbBackend) -> &'static str {
    if engine == DbBackend::Postgres {
        r#"UPDATE role SET grants = grants || '{"product.view": "org"}' WHERE key = 'user'"#
    } else {
        r#"UPDATE role SET grants = json_set(grants, '$."product.view"', 'org') WHERE key = 'user'"#
    }
}

fn withdraw(engine: DbBackend) -> &'static str {
    if engine == DbBackend::Postgres {
        "UPDATE role SET grants = grants - ARRAY['product.view', 'product.create', 'product.change', 'product.delete']"
    } else {
        r#"UPDATE role SET grants = json_remove(grants, '$."product.view"', '$."product.create"', '$."product.change"', '$."product.delete"')"#
    }
}

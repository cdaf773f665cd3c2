//! What an opportunity is made of, how likely it is taken to be in the forecast, and why it was won or lost.

use sea_orm_migration::prelude::*;

use crate::table::{LIVE, Reached, Table, Type, drop_tables, grown_table, in_every_org, link_table};

/// The twin of the opportunities as it was, and as it is with what a forecast adds up.
const BEFORE: Reached = Reached {
    table: "opportunity",
    columns: &[
        ("account_id", Type::Uuid),
        ("stage", Type::Varchar(32)),
        ("opportunity_type", Type::Varchar(32)),
        ("lead_source", Type::Varchar(32)),
        ("closed_by", Type::Uuid),
        ("closed_on", Type::Date),
        ("stage_id", Type::Uuid),
        ("currency", Type::Varchar(3)),
        ("amount", Type::Money),
    ],
};
const AFTER: Reached = Reached {
    table: "opportunity",
    columns: &[
        ("account_id", Type::Uuid),
        ("stage", Type::Varchar(32)),
        ("opportunity_type", Type::Varchar(32)),
        ("lead_source", Type::Varchar(32)),
        ("closed_by", Type::Uuid),
        ("closed_on", Type::Date),
        ("stage_id", Type::Uuid),
        ("forecast_category", Type::Varchar(16)),
        ("close_reason", Type::Varchar(32)),
        ("currency", Type::Varchar(3)),
        ("amount", Type::Money),
        ("probability", Type::Int),
    ],
};

/// As the program says it of a row that it keeps, for those that were kept before.
const CATEGORY: &str = "UPDATE opportunity SET forecast_category = CASE \
     WHEN stage = 'closed_won' THEN 'won' WHEN stage = 'closed_lost' THEN 'lost' \
     WHEN NOT is_active OR probability = 0 THEN 'omitted' \
     WHEN probability < 50 THEN 'pipeline' WHEN probability < 75 THEN 'best_case' ELSE 'commit' END";

#[derive(DeriveMigrationName)]
pub struct Migration;

fn more() -> Table {
    grown_table("opportunity")
        .preset("line_count", Type::Int, "0")
        .preset("forecast_category", Type::Varchar(16), "'pipeline'")
        .optional("forecast_override", Type::Varchar(16))
        .optional("close_reason", Type::Varchar(32))
        .optional("close_note", Type::Text)
        .index_where("org_id, forecast_category, closed_on", LIVE)
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        BEFORE.drop(manager).await?;
        more().grow(manager).await?;
        in_every_org(manager, &["opportunity"], CATEGORY).await?;
        AFTER.create(manager).await?;

        link_table("opportunity_line")
            .reference("opportunity_id", "opportunity")
            .column("position", Type::Int)
            .optional_reference("product_id", "product")
            .column("name", Type::Varchar(255))
            .column("quantity", Type::Quantity)
            .column("unit", Type::Varchar(3))
            .column("unit_price", Type::Quantity)
            .optional("discount_percent", Type::Quantity)
            .optional("discount_amount", Type::Money)
            .check("discount_percent IS NULL OR discount_amount IS NULL")
            .column("total", Type::Money)
            .check("total >= 0")
            .key("org_id, opportunity_id, position")
            .index("org_id, product_id, opportunity_id")
            .create(manager)
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["opportunity_line"]).await?;
        AFTER.drop(manager).await?;
        more().shrink(manager).await?;
        BEFORE.create(manager).await
    }
}

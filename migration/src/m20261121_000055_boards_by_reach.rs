//! Boards, days and calendars of those who do not see everything, in their order: the twins know where a record stands, when a
//! task is due and until when an event lasts.

use sea_orm_migration::prelude::*;

use crate::table::{Reached, Type};

type Columns = &'static [(&'static str, Type)];

/// The twins, each with its new column at the end, and the orders in which it is read.
const TWINS: [(&str, Columns, &[&str]); 5] = [
    (
        "lead",
        &[
            ("status", Type::Varchar(32)),
            ("source", Type::Varchar(32)),
            ("rating", Type::Varchar(32)),
            ("industry", Type::Varchar(64)),
            ("email_lower", Type::Varchar(254)),
            ("city", Type::Varchar(255)),
            ("country", Type::Varchar(2)),
            ("created_from_site", Type::Bool),
            ("form_id", Type::Uuid),
            ("next_follow_up", Type::Date),
            ("stage_id", Type::Uuid),
            ("currency", Type::Varchar(3)),
            ("opportunity_amount", Type::Money),
            ("rank", Type::Text),
        ],
        &[IN_STAGE],
    ),
    (
        "opportunity",
        &[
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
            ("rank", Type::Text),
        ],
        &[IN_STAGE],
    ),
    (
        "task",
        &[
            ("status", Type::Varchar(32)),
            ("priority", Type::Varchar(32)),
            ("due", Type::Time),
            ("account_id", Type::Uuid),
            ("opportunity_id", Type::Uuid),
            ("lead_id", Type::Uuid),
            ("case_id", Type::Uuid),
            ("previous_id", Type::Uuid),
            ("stage_id", Type::Uuid),
            ("rank", Type::Text),
        ],
        &[IN_STAGE, "org_id, principal_id, due"],
    ),
    (
        "case",
        &[
            ("number", Type::BigInt),
            ("status", Type::Varchar(32)),
            ("priority", Type::Varchar(32)),
            ("case_type", Type::Varchar(32)),
            ("account_id", Type::Uuid),
            ("parent_id", Type::Uuid),
            ("merged_into_id", Type::Uuid),
            ("closed_at", Type::Time),
            ("first_response_due", Type::Time),
            ("resolution_due", Type::Time),
            ("stage_id", Type::Uuid),
            ("rank", Type::Text),
        ],
        &[IN_STAGE],
    ),
    (
        "event",
        &[
            ("kind", Type::Varchar(32)),
            ("status", Type::Varchar(32)),
            ("starts_at", Type::Time),
            ("account_id", Type::Uuid),
            ("opportunity_id", Type::Uuid),
            ("lead_id", Type::Uuid),
            ("contact_id", Type::Uuid),
            ("case_id", Type::Uuid),
            ("series_id", Type::Uuid),
            ("until", Type::Time),
        ],
        &["org_id, principal_id, until"],
    ),
];

const IN_STAGE: &str = "org_id, principal_id, stage_id, rank DESC, id DESC";

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, columns, indexes) in TWINS {
            before(table, columns).drop(manager).await?;
            Reached { table, columns }.create(manager).await?;
            for index in indexes {
                Reached { table, columns }.index(manager, index).await?;
            }
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (table, columns, _) in TWINS {
            Reached { table, columns }.drop(manager).await?;
            before(table, columns).create(manager).await?;
        }
        Ok(())
    }
}

fn before(table: &'static str, columns: Columns) -> Reached {
    Reached { table, columns: columns.split_last().map_or(columns, |(_, before)| before) }
}

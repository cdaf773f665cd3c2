//! Boards, days and calendars of those who do not see everything, in their order: the twins know where a record stands, when a
//! task is due and until when an event lasts.

use sea_orm_migration::prelude::*;

use crate::table::{Reached, Type};

struct Twin {
    table: &'static str,
    columns: &'static [(&'static str, Type)],
    /// How many of the columns are new: the last ones.
    new: usize,
    /// In which it is read, beside that in which rows came.
    orders: &'static [&'static str],
}

const TWINS: [Twin; 5] = [
    Twin {
        table: "lead",
        columns: &[
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
        new: 1,
        orders: &[IN_STAGE],
    },
    Twin {
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
            ("rank", Type::Text),
        ],
        new: 1,
        orders: &[IN_STAGE, "stage_id, currency, amount, is_assigned"],
    },
    Twin {
        table: "task",
        columns: &[
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
            ("due_on", Type::Date),
            ("due_at", Type::Time),
        ],
        new: 3,
        orders: &[IN_STAGE, "due, id"],
    },
    Twin {
        table: "case",
        columns: &[
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
        new: 1,
        orders: &[IN_STAGE],
    },
    Twin {
        table: "event",
        columns: &[
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
        new: 1,
        orders: &["until"],
    },
];

/// With all that it takes to count them where there is no amount to add up.
const IN_STAGE: &str = "stage_id, rank DESC, id DESC, is_assigned";

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for twin in TWINS {
            twin.before().drop(manager).await?;
            twin.after().create(manager).await?;
            for order in twin.orders {
                twin.after().index(manager, order).await?;
            }
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for twin in TWINS {
            twin.after().drop(manager).await?;
            twin.before().create(manager).await?;
        }
        Ok(())
    }
}

impl Twin {
    fn before(&self) -> Reached {
        let (before, _) = self.columns.split_at(self.columns.len() - self.new);
        Reached { table: self.table, columns: before }
    }

    fn after(&self) -> Reached {
        Reached { table: self.table, columns: self.columns }
    }
}

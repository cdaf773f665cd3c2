//! Who reaches which record, in the order of lists.

use sea_orm_migration::prelude::*;

use crate::table::{Reached, Type};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// The columns are those that the lists of these records filter by.
const REACHED: [Reached; 4] = [
    Reached {
        table: "account",
        columns: &[
            ("name_lower", Type::Varchar(255)),
            ("industry", Type::Varchar(64)),
            ("rating", Type::Varchar(32)),
            ("billing_country", Type::Varchar(2)),
            ("billing_city", Type::Varchar(255)),
            ("parent_id", Type::Uuid),
        ],
    },
    Reached {
        table: "contact",
        columns: &[
            ("email_lower", Type::Varchar(254)),
            ("department", Type::Varchar(255)),
            ("city", Type::Varchar(255)),
            ("country", Type::Varchar(2)),
            ("do_not_call", Type::Bool),
        ],
    },
    Reached {
        table: "opportunity",
        columns: &[
            ("account_id", Type::Uuid),
            ("stage", Type::Varchar(32)),
            ("opportunity_type", Type::Varchar(32)),
            ("lead_source", Type::Varchar(32)),
            ("closed_by", Type::Uuid),
            ("closed_on", Type::Date),
        ],
    },
    Reached {
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
        ],
    },
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for reached in REACHED {
            reached.create(manager).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for reached in REACHED.iter().rev() {
            reached.drop(manager).await?;
        }
        Ok(())
    }
}

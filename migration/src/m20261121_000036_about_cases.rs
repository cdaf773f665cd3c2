//! Events and cards may be about a case, as tasks may.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::ConnectionTrait;

use crate::table::{Reached, Type, add_reference, drop_reference};

/// As it was, and with what an event can be about now.
const EVENTS: [Reached; 2] = [
    Reached {
        table: "event",
        columns: &[
            ("kind", Type::Varchar(32)),
            ("status", Type::Varchar(32)),
            ("starts_at", Type::Time),
            ("account_id", Type::Uuid),
            ("opportunity_id", Type::Uuid),
            ("lead_id", Type::Uuid),
            ("contact_id", Type::Uuid),
            ("series_id", Type::Uuid),
        ],
    },
    Reached {
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
        ],
    },
];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        EVENTS[0].drop(manager).await?;
        for table in ["event", "card"] {
            add_reference(manager, table, "case_id", "case").await?;
            let index =
                format!("CREATE INDEX {table}_case_id_idx ON {table} (org_id, case_id) WHERE case_id IS NOT NULL");
            manager.get_connection().execute_unprepared(&index).await?;
        }
        EVENTS[1].create(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        EVENTS[1].drop(manager).await?;
        for table in ["card", "event"] {
            manager.get_connection().execute_unprepared(&format!("DROP INDEX {table}_case_id_idx")).await?;
            drop_reference(manager, table, "case_id", "case").await?;
        }
        EVENTS[0].create(manager).await
    }
}

//! Exchange rates that an admin has set, and goals.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::table::{LIVE, Type, drop_tables, in_every_org, org_table};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        org_table("exchange_rate")
            .column("from_currency", Type::Varchar(3))
            .column("to_currency", Type::Varchar(3))
            // Written out: SQLite's floating point would not keep all of its digits.
            .column("rate", Type::Varchar(32))
            .column("valid_on", Type::Date)
            .unique_where("org_id, to_currency, from_currency, valid_on", LIVE)
            .index_where("org_id, created_at DESC, id DESC", LIVE)
            .index_where("org_id, valid_on, id", LIVE)
            .index_where("org_id, deleted_at DESC, id DESC", "deleted_at IS NOT NULL")
            .create(manager)
            .await?;

        org_table("goal")
            .column("name", Type::Varchar(255))
            .column("metric", Type::Varchar(16))
            .column("period", Type::Varchar(16))
            .column("starts_on", Type::Date)
            .column("ends_on", Type::Date)
            .check("starts_on <= ends_on")
            .optional_member("member_user_id")
            .optional_reference("team_id", "team")
            .check("member_user_id IS NULL OR team_id IS NULL")
            .optional("target_amount", Type::Money)
            .optional("currency", Type::Varchar(3))
            .optional("target_count", Type::Int)
            .listed_by("org_id, name, id")
            .index_where("org_id, starts_on, id", LIVE)
            .index_where("org_id, ends_on, id", LIVE)
            .index_where("org_id, member_user_id", "member_user_id IS NOT NULL")
            .index_where("org_id, team_id", "team_id IS NOT NULL")
            .create(manager)
            .await?;

        in_every_org(manager, &["role"], grant(manager.get_database_backend())).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        in_every_org(manager, &["role"], withdraw(manager.get_database_backend())).await?;
        drop_tables(manager, &["goal", "exchange_rate"]).await
    }
}

/// The built-in USER of an organisation that was there before goals sees those of their teams.
fn grant(engine: DbBackend) -> &'static str {
    if engine == DbBackend::Postgres {
        r#"UPDATE role SET grants = grants || '{"goal.view": "team"}' WHERE key = 'user'"#
    } else {
        r#"UPDATE role SET grants = json_set(grants, '$."goal.view"', 'team') WHERE key = 'user'"#
    }
}

fn withdraw(engine: DbBackend) -> &'static str {
    if engine == DbBackend::Postgres {
        "UPDATE role SET grants = grants - ARRAY['goal.view', 'goal.create', 'goal.change', 'goal.delete', \
         'exchange_rate.create', 'exchange_rate.change', 'exchange_rate.delete', 'exchange_rate.view']"
    } else {
        r#"UPDATE role SET grants = json_remove(grants, '$."goal.view"', '$."goal.create"', '$."goal.change"', '$."goal.delete"', '$."exchange_rate.create"', '$."exchange_rate.change"', '$."exchange_rate.delete"', '$."exchange_rate.view"')"#
    }
}

//! Tasks: what has to be done.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::table::{LIVE, Reached, Type, drop_tables, in_every_org, link_table, searched_table};

const REACHED: Reached = Reached {
    table: "task",
    columns: &[
        ("status", Type::Varchar(32)),
        ("priority", Type::Varchar(32)),
        ("due", Type::Time),
        ("account_id", Type::Uuid),
        ("opportunity_id", Type::Uuid),
        ("lead_id", Type::Uuid),
        ("previous_id", Type::Uuid),
    ],
};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        searched_table("task")
            .column("title", Type::Varchar(255))
            .optional("description", Type::Text)
            .column("status", Type::Varchar(32))
            .column("priority", Type::Varchar(32))
            .optional("due_on", Type::Date)
            .optional("due_at", Type::Time)
            .check("due_on IS NULL OR due_at IS NULL")
            .column("due", Type::Time)
            .optional("time_zone", Type::Varchar(64))
            .optional("recurrence", Type::Varchar(255))
            .optional("recurs_from", Type::Time)
            .optional_reference("previous_id", "task")
            .preset("is_followed", Type::Bool, "false")
            .optional_reference("account_id", "account")
            .optional_reference("opportunity_id", "opportunity")
            .optional_reference("lead_id", "lead")
            .column("checklist", Type::Json)
            .column("reminders", Type::Json)
            .optional("completed_at", Type::Time)
            .optional("completed_by", Type::Uuid)
            .listed_by("org_id, title, id")
            .index_where("org_id, due, id", LIVE)
            .index_where("org_id, status, created_at DESC, id DESC", LIVE)
            .index_where("org_id, priority, created_at DESC, id DESC", LIVE)
            .unique_where("org_id, previous_id", "previous_id IS NOT NULL")
            .index_where("org_id, account_id", "account_id IS NOT NULL")
            .index_where("org_id, opportunity_id", "opportunity_id IS NOT NULL")
            .index_where("org_id, lead_id", "lead_id IS NOT NULL")
            .create(manager)
            .await?;

        link_table("task_contact")
            .reference("task_id", "task")
            .reference("contact_id", "contact")
            .key("org_id, task_id, contact_id")
            .index("org_id, contact_id")
            .create(manager)
            .await?;

        REACHED.create(manager).await?;
        in_every_org(manager, &["role"], grant(manager.get_database_backend())).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        in_every_org(manager, &["role"], withdraw(manager.get_database_backend())).await?;
        REACHED.drop(manager).await?;
        drop_tables(manager, &["task_contact", "task"]).await
    }
}

/// The built-in USER of an organisation that was there before tasks has with them what it has with every record.
fn grant(engine: DbBackend) -> &'static str {
    if engine == DbBackend::Postgres {
        r#"UPDATE role SET grants = grants || '{"task.view": "team", "task.create": "own", "task.change": "team", "task.delete": "own"}' WHERE key = 'user'"#
    } else {
        r#"UPDATE role SET grants = json_set(grants, '$."task.view"', 'team', '$."task.create"', 'own', '$."task.change"', 'team', '$."task.delete"', 'own') WHERE key = 'user'"#
    }
}

fn withdraw(engine: DbBackend) -> &'static str {
    if engine == DbBackend::Postgres {
        "UPDATE role SET grants = grants - ARRAY['task.view', 'task.create', 'task.change', 'task.delete']"
    } else {
        r#"UPDATE role SET grants = json_remove(grants, '$."task.view"', '$."task.create"', '$."task.change"', '$."task.delete"')"#
    }
}

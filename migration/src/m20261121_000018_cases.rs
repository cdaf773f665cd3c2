//! Cases: what customers ask for help with. Tasks may be about one.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

use crate::table::{
    LIVE, Reached, Type, add_reference, drop_reference, drop_tables, in_every_org, link_table, machinery_table,
    org_table, searched_table,
};

const REACHED: Reached = Reached {
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
    ],
};

/// As it was, and with what a task can be about now.
const TASKS: [Reached; 2] = [
    Reached {
        table: "task",
        columns: &[
            ("status", Type::Varchar(32)),
            ("priority", Type::Varchar(32)),
            ("due", Type::Time),
            ("account_id", Type::Uuid),
            ("opportunity_id", Type::Uuid),
            ("lead_id", Type::Uuid),
            ("previous_id", Type::Uuid),
            ("stage_id", Type::Uuid),
        ],
    },
    Reached {
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
        ],
    },
];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // The numbers that an organisation has given, by what it counts: one row each, locked until the number is kept.
        machinery_table("counter")
            .column("name", Type::Varchar(32))
            .column("last", Type::BigInt)
            .key("org_id, name")
            .create(manager)
            .await?;

        searched_table("case")
            .column("number", Type::BigInt)
            .column("name", Type::Varchar(255))
            .optional("description", Type::Text)
            .column("status", Type::Varchar(32))
            .column("priority", Type::Varchar(32))
            .optional("case_type", Type::Varchar(32))
            .optional_reference("account_id", "account")
            .optional_reference("parent_id", "case")
            .optional_reference("merged_into_id", "case")
            .optional("closed_on", Type::Date)
            .optional("closed_at", Type::Time)
            .optional("closed_by", Type::Uuid)
            // The clock of what is promised, in seconds of business time, and when that is due.
            .optional_reference("sla_policy_id", "sla_policy")
            .optional("clock_since", Type::Time)
            .preset("clock_seconds", Type::BigInt, "0")
            .optional("first_responded_at", Type::Time)
            .preset("first_response_target", Type::BigInt, "0")
            .optional("first_response_risk_at", Type::Time)
            .optional("first_response_due", Type::Time)
            .preset("resolution_target", Type::BigInt, "0")
            .optional("resolution_risk_at", Type::Time)
            .optional("resolution_due", Type::Time)
            .together("org_id, number")
            .listed_by("org_id, name, id")
            .index_where("org_id, number, id", LIVE)
            .index_where("org_id, status, created_at DESC, id DESC", LIVE)
            .index_where("org_id, priority, created_at DESC, id DESC", LIVE)
            .index_where("org_id, account_id", "account_id IS NOT NULL")
            .index_where("org_id, parent_id", "parent_id IS NOT NULL")
            .index_where("org_id, merged_into_id", "merged_into_id IS NOT NULL")
            .index_where("org_id, closed_at", "closed_at IS NOT NULL")
            .index_where("org_id, first_response_due", "first_response_due IS NOT NULL")
            .index_where("org_id, resolution_due", "resolution_due IS NOT NULL")
            .index_where("org_id, sla_policy_id", "sla_policy_id IS NOT NULL")
            .create(manager)
            .await?;

        link_table("case_contact")
            .reference("case_id", "case")
            .reference("contact_id", "contact")
            .key("org_id, case_id, contact_id")
            .index("org_id, contact_id")
            .create(manager)
            .await?;

        link_table("case_watcher")
            .reference("case_id", "case")
            .member("member_user_id")
            .key("org_id, case_id, member_user_id")
            .index("org_id, member_user_id")
            .create(manager)
            .await?;

        // A case and each case above it: depth and cycles are found out whoever sees which of them.
        link_table("case_lineage")
            .reference("case_id", "case")
            .reference("ancestor_id", "case")
            .column("steps", Type::Int)
            .check("case_id <> ancestor_id AND steps BETWEEN 1 AND 2")
            .key("org_id, case_id, ancestor_id")
            .index("org_id, ancestor_id")
            .create(manager)
            .await?;

        beside(manager).await?;
        REACHED.create(manager).await?;
        TASKS[0].drop(manager).await?;
        add_reference(manager, "task", "case_id", "case").await?;
        let index = "CREATE INDEX task_case_id_idx ON task (org_id, case_id) WHERE case_id IS NOT NULL";
        manager.get_connection().execute_unprepared(index).await?;
        TASKS[1].create(manager).await?;
        // Until now nobody could say that a comment is for others to read.
        in_every_org(manager, &["comment"], "UPDATE comment SET is_internal = TRUE").await?;
        in_every_org(manager, &["role"], grant(manager.get_database_backend())).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        in_every_org(manager, &["role"], withdraw(manager.get_database_backend())).await?;
        in_every_org(manager, &["comment"], "UPDATE comment SET is_internal = FALSE").await?;
        TASKS[1].drop(manager).await?;
        manager.get_connection().execute_unprepared("DROP INDEX task_case_id_idx").await?;
        drop_reference(manager, "task", "case_id", "case").await?;
        TASKS[0].create(manager).await?;
        REACHED.drop(manager).await?;
        drop_tables(
            manager,
            &[
                "escalation_notice",
                "escalation_rule",
                "case_alarm",
                "case_merge",
                "case_lineage",
                "case_watcher",
                "case_contact",
                "case",
                "counter",
            ],
        )
        .await
    }
}

/// What is kept of merging, of alarms, and of what is done then.
async fn beside(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    org_table("case_merge")
        .reference("source_id", "case")
        .reference("target_id", "case")
        .column("carried", Type::Json)
        .unique_where("org_id, source_id", LIVE)
        .index_where("org_id, target_id", LIVE)
        .create(manager)
        .await?;

    link_table("case_alarm")
        .reference("case_id", "case")
        .column("promised", Type::Varchar(32))
        .column("level", Type::Varchar(32))
        .key("org_id, case_id, promised, level")
        .create(manager)
        .await?;

    org_table("escalation_rule")
        .column("name", Type::Varchar(100))
        .column("promised", Type::Varchar(32))
        .column("level", Type::Varchar(32))
        .column("priorities", Type::Json)
        .optional_member("assign_to")
        .preset("raises_priority", Type::Bool, "false")
        .preset("is_active", Type::Bool, "true")
        .index_where("org_id, promised, level", LIVE)
        .create(manager)
        .await?;

    link_table("escalation_notice")
        .reference("rule_id", "escalation_rule")
        .member("member_user_id")
        .key("org_id, rule_id, member_user_id")
        .index("org_id, member_user_id")
        .create(manager)
        .await
}

/// The built-in USER of an organisation that was there before cases has with them what it has with every record.
fn grant(engine: DbBackend) -> &'static str {
    if engine == DbBackend::Postgres {
        r#"UPDATE role SET grants = grants || '{"case.view": "team", "case.create": "own", "case.change": "team", "case.delete": "own"}' WHERE key = 'user'"#
    } else {
        r#"UPDATE role SET grants = json_set(grants, '$."case.view"', 'team', '$."case.create"', 'own', '$."case.change"', 'team', '$."case.delete"', 'own') WHERE key = 'user'"#
    }
}

fn withdraw(engine: DbBackend) -> &'static str {
    if engine == DbBackend::Postgres {
        "UPDATE role SET grants = grants - ARRAY['case.view', 'case.create', 'case.change', 'case.delete']"
    } else {
        r#"UPDATE role SET grants = json_remove(grants, '$."case.view"', '$."case.create"', '$."case.change"', '$."case.delete"')"#
    }
}

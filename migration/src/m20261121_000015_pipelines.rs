//! Pipelines with their stages, and the stage of each record that goes through one.

use std::fmt::Write;

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::table::{
    LIVE, Reached, Table, Type, add_reference, drop_reference, drop_tables, grown_table, in_every_org, org_table,
};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// The records that go through stages, each with the column of its status.
const STAGED: [(&str, &str); 3] = [("lead", "status"), ("opportunity", "stage"), ("task", "status")];

/// Kind, name of its pipeline, and of each stage: status, name, colour, probability, expected and warning days.
type Stage = (&'static str, &'static str, &'static str, &'static str);
const BUILT_IN: [(&str, &str, &[Stage]); 3] = [
    (
        "lead",
        "Leads",
        &[
            ("assigned", "Assigned", "blue", "NULL, NULL, NULL"),
            ("in_process", "In process", "amber", "NULL, NULL, NULL"),
            ("recycled", "Recycled", "violet", "NULL, NULL, NULL"),
            ("converted", "Converted", "green", "NULL, NULL, NULL"),
            ("closed", "Closed", "gray", "NULL, NULL, NULL"),
        ],
    ),
    (
        "opportunity",
        "Sales",
        &[
            ("prospecting", "Prospecting", "sky", "10, 14, 21"),
            ("qualification", "Qualification", "blue", "25, 14, 21"),
            ("proposal", "Proposal", "indigo", "50, 10, 15"),
            ("negotiation", "Negotiation", "violet", "75, 10, 15"),
            ("closed_won", "Won", "green", "100, NULL, NULL"),
            ("closed_lost", "Lost", "red", "0, NULL, NULL"),
        ],
    ),
    (
        "task",
        "Tasks",
        &[
            ("new", "New", "blue", "NULL, NULL, NULL"),
            ("in_progress", "In progress", "amber", "NULL, NULL, NULL"),
            ("completed", "Completed", "green", "NULL, NULL, NULL"),
        ],
    ),
];

const BEFORE: [Reached; 3] = [
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
    },
];

/// The same with the stage, and with what a board adds up.
const REACHED: [Reached; 3] = [
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
            ("stage_id", Type::Uuid),
            ("currency", Type::Varchar(3)),
            ("opportunity_amount", Type::Money),
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
            ("stage_id", Type::Uuid),
            ("currency", Type::Varchar(3)),
            ("amount", Type::Money),
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
            ("previous_id", Type::Uuid),
            ("stage_id", Type::Uuid),
        ],
    },
];

fn standing(table: &'static str) -> Table {
    let columns = grown_table(table)
        .optional("rank", Type::Text)
        .optional("stage_entered_at", Type::Time)
        .index_where("org_id, stage_id, rank DESC, id DESC", LIVE)
        .index_where("org_id, rank DESC, id DESC", LIVE);
    match table {
        "lead" => columns.index_where("org_id, stage_id, currency, opportunity_amount", LIVE),
        "opportunity" => columns.index_where("org_id, stage_id, currency, amount", LIVE),
        _ => columns,
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        org_table("pipeline")
            .column("kind", Type::Varchar(32))
            .column("name", Type::Varchar(100))
            .lowered("name_lower", Type::Varchar(100), "name")
            .preset("is_built_in", Type::Bool, "false")
            .listed_by("org_id, name, id")
            .unique_where("org_id, kind, name_lower", LIVE)
            .unique_where("org_id, kind", "is_built_in")
            .create(manager)
            .await?;

        org_table("stage")
            .reference("pipeline_id", "pipeline")
            .column("record_kind", Type::Varchar(32))
            .column("place", Type::Int)
            .column("name", Type::Varchar(100))
            .column("status", Type::Varchar(32))
            .optional("probability", Type::Int)
            .column("colour", Type::Varchar(16))
            .optional("wip_limit", Type::Int)
            .optional("expected_days", Type::Int)
            .optional("warning_days", Type::Int)
            .preset("is_built_in", Type::Bool, "false")
            .index("org_id, pipeline_id")
            .index("org_id, record_kind, status")
            .unique_where("org_id, record_kind, status", "is_built_in")
            .create(manager)
            .await?;

        let engine = manager.get_database_backend();
        in_every_org(manager, &["organisation", "pipeline", "stage"], &built_in(engine)).await?;
        for reached in BEFORE {
            reached.drop(manager).await?;
        }
        for (table, status) in STAGED {
            add_reference(manager, table, "stage_id", "stage").await?;
            standing(table).grow(manager).await?;
            in_every_org(manager, &[table, "stage", "change"], &stand(table, status, engine)).await?;
        }
        for reached in REACHED {
            reached.create(manager).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for reached in REACHED {
            reached.drop(manager).await?;
        }
        for (table, _) in STAGED {
            standing(table).shrink(manager).await?;
            drop_reference(manager, table, "stage_id", "stage").await?;
        }
        for reached in BEFORE {
            reached.create(manager).await?;
        }
        drop_tables(manager, &["stage", "pipeline"]).await
    }
}

/// The built-in pipelines of the organisations that are there.
fn built_in(engine: DbBackend) -> String {
    let (id, now) = (new_id(engine), "created_at");
    let base = format!("{now}, {now}, 1");
    let mut sql = String::new();
    for (kind, name, stages) in BUILT_IN {
        let _ = writeln!(
            sql,
            "INSERT INTO pipeline (id, org_id, kind, name, is_built_in, created_at, updated_at, version) \
             SELECT {id}, id, '{kind}', '{name}', true, {base} FROM organisation;"
        );
        for (place, (status, name, colour, numbers)) in stages.iter().enumerate() {
            let _ = writeln!(
                sql,
                "INSERT INTO stage (id, org_id, pipeline_id, record_kind, place, name, status, colour, probability, \
                 expected_days, warning_days, is_built_in, created_at, updated_at, version) \
                 SELECT {id}, org_id, id, '{kind}', {place}, '{name}', '{status}', '{colour}', {numbers}, true, {base} \
                 FROM pipeline WHERE kind = '{kind}';"
            );
        }
    }
    sql
}

fn new_id(engine: DbBackend) -> &'static str {
    if engine == DbBackend::Postgres {
        return "gen_random_uuid()";
    }
    "lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-8' || \
     substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))"
}

/// Each record that is there stands in the built-in stage of its status since the log last told of that, those that came
/// later above.
fn stand(table: &str, status: &str, engine: DbBackend) -> String {
    let (id, told) = if engine == DbBackend::Postgres {
        ("id::text", format!("change.fields::jsonb ? '{status}'"))
    } else {
        ("id", format!("json_extract(change.fields, '$.{status}') IS NOT NULL"))
    };
    format!(
        "UPDATE {table} SET rank = 'c' || replace({id}, '-', '') || '8', \
         stage_id = (SELECT stage.id FROM stage WHERE stage.org_id = {table}.org_id AND stage.record_kind = '{table}' \
         AND stage.status = {table}.{status} AND stage.is_built_in), \
         stage_entered_at = COALESCE((SELECT max(change.at) FROM change WHERE change.org_id = {table}.org_id \
         AND change.record_kind = '{table}' AND change.record_id = {table}.id AND {told}), created_at)"
    )
}

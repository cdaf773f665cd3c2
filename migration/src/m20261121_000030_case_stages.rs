//! Cases go through the stages of a pipeline, too.

use std::fmt::Write;

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::table::{LIVE, Reached, Table, Type, add_reference, drop_reference, grown_table, in_every_org};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Status, name and colour of each stage.
const BUILT_IN: [(&str, &str, &str); 6] = [
    ("new", "New", "blue"),
    ("assigned", "Assigned", "indigo"),
    ("pending", "Pending", "amber"),
    ("closed", "Closed", "green"),
    ("rejected", "Rejected", "red"),
    ("duplicate", "Duplicate", "gray"),
];

const BEFORE: Reached = Reached {
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

/// The same with the stage.
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
        ("stage_id", Type::Uuid),
    ],
};

fn standing() -> Table {
    grown_table("case")
        .optional("rank", Type::Text)
        .optional("stage_entered_at", Type::Time)
        .index_where("org_id, stage_id, rank DESC, id DESC", LIVE)
        .index_where("org_id, rank DESC, id DESC", LIVE)
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let engine = manager.get_database_backend();
        in_every_org(manager, &["organisation", "pipeline", "stage"], &built_in(engine)).await?;
        BEFORE.drop(manager).await?;
        add_reference(manager, "case", "stage_id", "stage").await?;
        standing().grow(manager).await?;
        in_every_org(manager, &["case", "stage", "change"], &stand(engine)).await?;
        REACHED.create(manager).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        REACHED.drop(manager).await?;
        standing().shrink(manager).await?;
        drop_reference(manager, "case", "stage_id", "stage").await?;
        BEFORE.create(manager).await?;
        let gone = "DELETE FROM stage WHERE record_kind = 'case'; DELETE FROM pipeline WHERE kind = 'case'";
        in_every_org(manager, &["stage", "pipeline"], gone).await
    }
}

/// The built-in pipeline of the organisations that are there.
fn built_in(engine: DbBackend) -> String {
    let id = new_id(engine);
    let base = "created_at, created_at, 1";
    let mut sql = format!(
        "INSERT INTO pipeline (id, org_id, kind, name, is_built_in, created_at, updated_at, version) \
         SELECT {id}, id, 'case', 'Cases', true, {base} FROM organisation;\n"
    );
    for (place, (status, name, colour)) in BUILT_IN.iter().enumerate() {
        let _ = writeln!(
            sql,
            "INSERT INTO stage (id, org_id, pipeline_id, record_kind, place, name, status, colour, is_built_in, created_at, \
             updated_at, version) \
             SELECT {id}, org_id, id, 'case', {place}, '{name}', '{status}', '{colour}', true, {base} \
             FROM pipeline WHERE kind = 'case' AND is_built_in;"
        );
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

/// Each case that is there stands in the built-in stage of its status since the log last told of that, those that came later
/// above.
fn stand(engine: DbBackend) -> String {
    let (id, told) = if engine == DbBackend::Postgres {
        ("id::text", "change.fields::jsonb ? 'status'")
    } else {
        ("id", "json_extract(change.fields, '$.status') IS NOT NULL")
    };
    format!(
        "UPDATE \"case\" SET rank = 'c' || replace({id}, '-', '') || '8', \
         stage_id = (SELECT stage.id FROM stage WHERE stage.org_id = \"case\".org_id AND stage.record_kind = 'case' \
         AND stage.status = \"case\".status AND stage.is_built_in), \
         stage_entered_at = COALESCE((SELECT max(change.at) FROM change WHERE change.org_id = \"case\".org_id \
         AND change.record_kind = 'case' AND change.record_id = \"case\".id AND {told}), created_at)"
    )
}

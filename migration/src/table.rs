//! How a table is made. A migration says what is its own; what every table of an organisation has is written here
//! once: the base columns, the keys that keep references inside the organisation, and the fences of the database.

mod build;
mod column;
mod fence;
mod grow;
mod index;
mod later;
mod reach;
mod search;

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

pub use column::Type;
pub use fence::{add_later_reference, drop_later_reference, in_every_org};
pub use grow::grown_table;
pub use later::{add_reference, drop_reference};
pub use reach::Reached;
pub use search::{create_words, drop_words};

use column::Column;
use index::Index;

/// Tables that the platform reads and writes outside any organisation: they are how one finds out which
/// organisation it is. Everything else is shut. The list is what the policies were made from: a name added here
/// needs a migration that makes its policy anew.
pub const OPEN_TO_PLATFORM: &[&str] = &[
    "organisation",
    "role",
    "member",
    "invitation",
    "form",
    "help_centre",
    "mailbox",
    "event_feed",
    "case_survey",
    "stream_ticket",
    "idempotency_key",
    "fang_tasks",
];

/// Tables with an organisation that only say what belongs to what: no id, no version, no trash.
pub const LINKS: &[&str] = &[
    "team_member",
    "record_tag",
    "assignment",
    "comment_mention",
    "account_contact",
    "opportunity_contact",
    "lead_contact",
    "task_contact",
    "product_price",
    "opportunity_line",
    "board_member",
    "case_contact",
    "case_watcher",
    "case_lineage",
    "case_solution",
    "case_alarm",
    "escalation_notice",
    "routing_rule_account",
    "routing_rule_member",
    "routing_turn",
    "event_contact",
    "event_lead",
    "event_invited",
    "invoice_line",
    "invoice_adjustment",
];

/// Tables with an organisation that are only ever added to.
pub const LOGS: &[&str] = &["change"];

/// Tables with an organisation that are machinery, not records: they have no base columns either.
pub const MACHINERY: &[&str] = &[
    "idempotency_key",
    "fang_tasks",
    "stream_ticket",
    "search_word",
    "account_reach",
    "contact_reach",
    "opportunity_reach",
    "lead_reach",
    "task_reach",
    "case_reach",
    "event_reach",
    "invoice_reach",
    "counter",
];

/// The records that are searched by their words.
pub const SEARCHED: &[&str] =
    &["account", "contact", "opportunity", "lead", "task", "product", "card", "solution", "case", "event", "invoice"];

/// A row that is not in the trash.
pub const LIVE: &str = "deleted_at IS NULL";

/// A table on its way into the database; [`create`](Table::create) makes it.
#[must_use]
pub struct Table {
    name: &'static str,
    columns: Vec<Column>,
    constraints: Vec<String>,
    /// Constraints that PostgreSQL gets later, when the table they name is there.
    later: Vec<String>,
    indexes: Vec<Index>,
    of_org: bool,
    searched: bool,
}

/// A table of the platform: people and organisations, not what an organisation keeps.
pub fn platform_table(name: &'static str) -> Table {
    Table {
        name,
        columns: Vec::new(),
        constraints: Vec::new(),
        later: Vec::new(),
        indexes: Vec::new(),
        of_org: false,
        searched: false,
    }
}

/// A table of rows that belong to an organisation, with the columns that every such row has.
pub fn org_table(name: &'static str) -> Table {
    fenced(name).base_columns()
}

/// An [`org_table`] that can be searched: `search_text` holds its words, folded,
/// lower-cased and separated by single spaces.
pub fn searched_table(name: &'static str) -> Table {
    let mut table = fenced(name);
    table.searched = true;
    table.base_columns().preset("is_active", Type::Bool, "true").preset("search_text", Type::Text, "''")
}

/// A table that says which rows belong together. Give its keys, then [`key`](Table::key).
pub fn link_table(name: &'static str) -> Table {
    fenced(name).column("created_at", Type::Time).optional("created_by", Type::Uuid)
}

/// A table of an organisation that is machinery and says all its columns itself; `org_id` is there.
pub fn machinery_table(name: &'static str) -> Table {
    fenced(name)
}

/// Machinery that may also serve the platform: `org_id` can be null, and such rows are the platform's alone.
pub fn shared_machinery_table(name: &'static str) -> Table {
    let mut table = platform_table(name).optional("org_id", Type::Uuid).platform_reference("org_id", "organisation");
    table.of_org = true;
    table
}

/// What triggers make from other rows; no row of its own right, so no key to check either.
fn derived_table(name: &'static str) -> Table {
    let mut table = platform_table(name).column("org_id", Type::Uuid);
    table.of_org = true;
    table
}

fn fenced(name: &'static str) -> Table {
    let mut table = platform_table(name).column("org_id", Type::Uuid).platform_reference("org_id", "organisation");
    table.of_org = true;
    table
}

impl Table {
    /// Makes the table with its keys, indexes and fences.
    ///
    /// # Errors
    ///
    /// The database refuses a statement.
    pub async fn create(self, manager: &SchemaManager<'_>) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared(&self.sql(manager.get_database_backend())).await?;
        Ok(())
    }

    fn sql(&self, engine: DbBackend) -> String {
        let mut parts: Vec<String> = Vec::new();
        if self.searched && engine == DbBackend::Sqlite {
            parts.push(search::ROW_NUMBER.to_owned());
        }
        parts.extend(self.columns.iter().map(|column| column.sql(engine)));
        if self.searched {
            parts.push(search::row_key(engine).to_owned());
        }
        parts.extend(self.constraints.iter().cloned());
        if engine == DbBackend::Sqlite {
            parts.extend(self.later.iter().cloned());
        }
        let mut sql = format!("CREATE TABLE \"{}\" (\n  {}\n);\n", self.name, parts.join(",\n  "));
        for index in &self.indexes {
            sql.push_str(&index.sql(self.name));
        }
        if self.of_org {
            sql.push_str(&fence::around(self.name, engine));
        }
        if LOGS.contains(&self.name) {
            sql.push_str(&fence::append_only(self.name, engine));
        }
        if self.searched {
            sql.push_str(&search::keep(self.name, engine));
        }
        sql
    }
}

/// The fence around `organisation` itself, whose own id says which organisation it is.
///
/// # Errors
///
/// The database refuses a statement.
pub async fn fence_organisation(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    if manager.get_database_backend() == DbBackend::Postgres {
        let sql = fence::policy("organisation", "id");
        manager.get_connection().execute_unprepared(&sql).await?;
    }
    Ok(())
}

/// Drops the tables in this order, with what hangs on them.
///
/// # Errors
///
/// The database refuses, because a later table still refers to one of these.
pub async fn drop_tables(manager: &SchemaManager<'_>, tables: &[&str]) -> Result<(), DbErr> {
    for table in tables {
        if SEARCHED.contains(table) && manager.get_database_backend() == DbBackend::Sqlite {
            let sql = format!("DROP TABLE {table}_search");
            manager.get_connection().execute_unprepared(&sql).await?;
        }
        let sql = format!("DROP TABLE \"{table}\"");
        manager.get_connection().execute_unprepared(&sql).await?;
    }
    Ok(())
}

//! The second fence: what the database itself refuses, should a query ever forget its organisation.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

use super::OPEN_TO_PLATFORM;

pub fn reference(table: &str, column: &str, to: &str, key: &str) -> String {
    format!("CONSTRAINT {table}_{column}_fkey FOREIGN KEY (org_id, {column}) REFERENCES \"{to}\" (org_id, {key})")
}

pub fn around(table: &str, engine: DbBackend) -> String {
    if engine == DbBackend::Postgres {
        return policy(table, "org_id");
    }
    format!(
        "CREATE TRIGGER {table}_org_stays BEFORE UPDATE OF org_id ON \"{table}\" WHEN NEW.org_id IS NOT OLD.org_id BEGIN \
         SELECT RAISE(ABORT, 'a row stays in its organisation'); END;\n"
    )
}

/// Settings that the transaction makes: `app.org`, or `app.platform` for the few tables it opens. Both are read once
/// per statement, for the inner `SELECT`s. An empty setting is what is left of one after its transaction.
pub fn policy(table: &str, org: &str) -> String {
    let mut rule = format!("{org} = (SELECT NULLIF(current_setting('app.org', true), '')::uuid)");
    if OPEN_TO_PLATFORM.contains(&table) {
        rule.push_str(" OR (SELECT current_setting('app.platform', true)) = 'on'");
    }
    format!(
        "ALTER TABLE \"{table}\" ENABLE ROW LEVEL SECURITY;\n\
         ALTER TABLE \"{table}\" FORCE ROW LEVEL SECURITY;\n\
         CREATE POLICY tenancy ON \"{table}\" USING ({rule}) WITH CHECK ({rule});\n"
    )
}

/// SQLite has no rights to withhold, so triggers keep the log; on PostgreSQL the server's role has no right to change it.
pub fn append_only(table: &str, engine: DbBackend) -> String {
    if engine == DbBackend::Postgres {
        return String::new();
    }
    ["UPDATE", "DELETE"]
        .map(|verb| {
            format!(
                "CREATE TRIGGER {table}_no_{} BEFORE {verb} ON {table} BEGIN \
                 SELECT RAISE(ABORT, 'the log is only added to'); END;\n",
                verb.to_lowercase()
            )
        })
        .concat()
}

/// The key that [`later_reference`](super::Table::later_reference) left out on PostgreSQL.
///
/// # Errors
///
/// The database refuses, because a row points nowhere.
pub async fn add_later_reference(
    manager: &SchemaManager<'_>,
    table: &str,
    column: &str,
    to: &str,
) -> Result<(), DbErr> {
    if manager.get_database_backend() == DbBackend::Postgres {
        let sql = format!("ALTER TABLE \"{table}\" ADD {}", reference(table, column, to, "id"));
        manager.get_connection().execute_unprepared(&sql).await?;
    }
    Ok(())
}

/// Lets go of the rows that are about to be dropped. On SQLite the key stays, and the table takes no new rows until
/// its counterpart is back: SQLite cannot drop a key.
///
/// # Errors
///
/// The database refuses a statement.
pub async fn drop_later_reference(manager: &SchemaManager<'_>, table: &str, column: &str) -> Result<(), DbErr> {
    in_every_org(manager, &[table], &format!("UPDATE \"{table}\" SET {column} = NULL")).await?;
    if manager.get_database_backend() == DbBackend::Postgres {
        let sql = format!("ALTER TABLE \"{table}\" DROP CONSTRAINT {table}_{column}_fkey");
        manager.get_connection().execute_unprepared(&sql).await?;
    }
    Ok(())
}

/// Runs `sql` on the rows of all organisations. Without this a migration would see no row of `tables`: the fence
/// holds for the owner too. They are locked until the migration's transaction ends.
///
/// # Errors
///
/// The database refuses a statement.
pub async fn in_every_org(manager: &SchemaManager<'_>, tables: &[&str], sql: &str) -> Result<(), DbErr> {
    let db = manager.get_connection();
    let fenced: &[&str] = if manager.get_database_backend() == DbBackend::Postgres { tables } else { &[] };
    for table in fenced {
        db.execute_unprepared(&format!("ALTER TABLE \"{table}\" NO FORCE ROW LEVEL SECURITY")).await?;
    }
    db.execute_unprepared(sql).await?;
    for table in fenced {
        db.execute_unprepared(&format!("ALTER TABLE \"{table}\" FORCE ROW LEVEL SECURITY")).await?;
    }
    Ok(())
}

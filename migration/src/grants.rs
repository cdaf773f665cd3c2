//! What the server's role may do on PostgreSQL: everything with rows, nothing with tables, and no rewriting of the log.

use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, Statement, TransactionTrait};

use crate::table::LOGS;

/// The migrator's own list: the server reads it to see whether it may start.
const MIGRATIONS: &str = "seaql_migrations";

/// Gives `app_role` its rights on every table there is, however often it is called.
pub async fn give(owner: &DatabaseConnection, app_role: Option<&str>) -> Result<(), DbErr> {
    let alone = owner.begin().await?;
    let me = text(&alone, "SELECT current_user::text").await?.concat();
    let app = app_role.unwrap_or(&me);
    let role = quoted(app);
    for log in LOGS {
        alone.execute_unprepared(&format!("REVOKE UPDATE, DELETE, TRUNCATE ON \"{log}\" FROM {role}")).await?;
    }
    if app != me {
        let schema = quoted(&text(&alone, "SELECT current_schema()::text").await?.concat());
        alone.execute_unprepared(&format!("GRANT USAGE ON SCHEMA {schema} TO {role}")).await?;
        let tables = "SELECT tablename::text FROM pg_tables \
                      WHERE schemaname = current_schema() AND tableowner = current_user ORDER BY 1";
        for table in text(&alone, tables).await? {
            let rights = match table.as_str() {
                MIGRATIONS => "SELECT",
                log if LOGS.contains(&log) => "SELECT, INSERT",
                _ => "SELECT, INSERT, UPDATE, DELETE",
            };
            alone.execute_unprepared(&format!("GRANT {rights} ON {} TO {role}", quoted(&table))).await?;
        }
    }
    alone.commit().await
}

async fn text(db: &impl ConnectionTrait, sql: &str) -> Result<Vec<String>, DbErr> {
    db.query_all_raw(Statement::from_string(db.get_database_backend(), sql))
        .await?
        .iter()
        .map(|row| row.try_get_by_index(0))
        .collect()
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

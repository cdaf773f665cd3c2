//! References from tables that were there before what they refer to.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend, Statement};

use super::{Type, fence};

/// Gives a table that is there a column that may refer to a row of another table of the same organisation. SQLite adds no key
/// of two columns to a table, so its text is changed as <https://www.sqlite.org/lang_altertable.html#otheralter> says: a key
/// changes nothing in the rows.
///
/// # Errors
///
/// The database refuses a statement.
pub async fn add_reference(manager: &SchemaManager<'_>, table: &str, column: &str, to: &str) -> Result<(), DbErr> {
    let (db, engine) = (manager.get_connection(), manager.get_database_backend());
    let kind = Type::Uuid.sql(engine);
    db.execute_unprepared(&format!("ALTER TABLE \"{table}\" ADD COLUMN {column} {kind}")).await?;
    if engine == DbBackend::Postgres {
        return fence::add_later_reference(manager, table, column, to).await;
    }
    let key = key(table, column, to);
    rewrite(db, table, &format!("substr(sql, 1, length(sql) - 1) || '{key})'")).await
}

/// Takes the column away again, with what it says.
///
/// # Errors
///
/// The database refuses, because something else still knows the column.
pub async fn drop_reference(manager: &SchemaManager<'_>, table: &str, column: &str, to: &str) -> Result<(), DbErr> {
    let db = manager.get_connection();
    if manager.get_database_backend() == DbBackend::Sqlite {
        let key = key(table, column, to);
        rewrite(db, table, &format!("replace(sql, '{key}', '')")).await?;
    }
    db.execute_unprepared(&format!("ALTER TABLE \"{table}\" DROP COLUMN {column}")).await?;
    Ok(())
}

fn key(table: &str, column: &str, to: &str) -> String {
    format!(", {}", fence::reference(table, column, to, "id"))
}

async fn rewrite(db: &SchemaManagerConnection<'_>, table: &str, sql: &str) -> Result<(), DbErr> {
    let version = Statement::from_string(DbBackend::Sqlite, "PRAGMA schema_version");
    let version = db.query_one_raw(version).await?.map_or(Ok(0), |row| row.try_get_by_index::<i64>(0))?;
    db.execute_unprepared("PRAGMA writable_schema = ON").await?;
    let new = format!("UPDATE sqlite_master SET sql = {sql} WHERE type = 'table' AND name = '{table}'");
    db.execute_unprepared(&new).await?;
    db.execute_unprepared(&format!("PRAGMA schema_version = {}", version + 1)).await?;
    db.execute_unprepared("PRAGMA writable_schema = RESET").await?;
    Ok(())
}

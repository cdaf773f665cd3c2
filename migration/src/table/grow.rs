//! Columns and indexes that a table gets after it was made.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::ConnectionTrait;

use super::{Table, platform_table};

/// A table that is there already: what is said of it is added by [`grow`](Table::grow), or taken away again by
/// [`shrink`](Table::shrink). Columns must be optional or have a preset, for the rows that there are.
pub fn grown_table(name: &'static str) -> Table {
    platform_table(name)
}

impl Table {
    /// # Errors
    ///
    /// The database refuses a statement.
    pub async fn grow(self, manager: &SchemaManager<'_>) -> Result<(), DbErr> {
        let engine = manager.get_database_backend();
        let mut sql = String::new();
        for column in &self.columns {
            sql.push_str(&format!("ALTER TABLE {} ADD COLUMN {};\n", self.name, column.sql(engine)));
        }
        for index in &self.indexes {
            sql.push_str(&index.sql(self.name));
        }
        manager.get_connection().execute_unprepared(&sql).await?;
        Ok(())
    }

    /// # Errors
    ///
    /// The database refuses a statement.
    pub async fn shrink(self, manager: &SchemaManager<'_>) -> Result<(), DbErr> {
        let mut sql = String::new();
        for index in &self.indexes {
            sql.push_str(&format!("DROP INDEX {};\n", index.name(self.name)));
        }
        for column in &self.columns {
            sql.push_str(&format!("ALTER TABLE {} DROP COLUMN {};\n", self.name, column.name()));
        }
        manager.get_connection().execute_unprepared(&sql).await?;
        Ok(())
    }
}

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
        let table = self.name;
        let columns =
            self.columns.iter().map(|column| format!("ALTER TABLE \"{table}\" ADD COLUMN {};\n", column.sql(engine)));
        let indexes = self.indexes.iter().map(|index| index.sql(table));
        manager.get_connection().execute_unprepared(&columns.chain(indexes).collect::<String>()).await?;
        Ok(())
    }

    /// # Errors
    ///
    /// The database refuses a statement.
    pub async fn shrink(self, manager: &SchemaManager<'_>) -> Result<(), DbErr> {
        let table = self.name;
        let indexes = self.indexes.iter().map(|index| format!("DROP INDEX {};\n", index.name(table)));
        let columns =
            self.columns.iter().map(|column| format!("ALTER TABLE \"{table}\" DROP COLUMN {};\n", column.name()));
        manager.get_connection().execute_unprepared(&indexes.chain(columns).collect::<String>()).await?;
        Ok(())
    }
}

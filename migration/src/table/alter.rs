//! How a table that is there gets another column.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend, Statement};

use super::{Type, fence, index::Index};

/// A table that is there, with what it is to get; [`apply`](Alter::apply) does it.
#[must_use]
pub struct Alter {
    table: &'static str,
    columns: Vec<(&'static str, Type)>,
    references: Vec<(&'static str, &'static str)>,
    indexes: Vec<Index>,
}

pub fn alter_table(table: &'static str) -> Alter {
    Alter { table, columns: Vec::new(), references: Vec::new(), indexes: Vec::new() }
}

impl Alter {
    pub fn optional(mut self, name: &'static str, kind: Type) -> Self {
        self.columns.push((name, kind));
        self
    }

    /// A row of another table of the same organisation.
    pub fn optional_reference(mut self, column: &'static str, to: &'static str) -> Self {
        self.references.push((column, to));
        self.optional(column, Type::Uuid)
    }

    pub fn index_where(mut self, columns: &'static str, condition: &'static str) -> Self {
        self.indexes.push(Index::on(columns).only(condition));
        self
    }

    /// # Errors
    ///
    /// The database refuses a statement.
    pub async fn apply(&self, manager: &SchemaManager<'_>) -> Result<(), DbErr> {
        let (db, engine) = (manager.get_connection(), manager.get_database_backend());
        for (name, kind) in &self.columns {
            db.execute_unprepared(&format!("ALTER TABLE {} ADD COLUMN {name} {}", self.table, kind.sql(engine)))
                .await?;
        }
        if engine == DbBackend::Postgres {
            for (column, to) in &self.references {
                let key = fence::reference(self.table, column, to, "id");
                db.execute_unprepared(&format!("ALTER TABLE {} ADD {key}", self.table)).await?;
            }
        } else if !self.references.is_empty() {
            self.add_keys(db).await?;
        }
        for index in &self.indexes {
            db.execute_unprepared(&index.sql(self.table)).await?;
        }
        Ok(())
    }

    /// SQLite's `ALTER TABLE` knows no key of two columns. What it keeps of a table is its `CREATE TABLE`, and a key changes
    /// nothing else: for such changes its manual says to edit that text (<https://www.sqlite.org/lang_altertable.html>,
    /// section 7, the simpler procedure).
    async fn add_keys(&self, db: &SchemaManagerConnection<'_>) -> Result<(), DbErr> {
        for (column, to) in &self.references {
            let key = format!(",\n  {}\n)", fence::reference(self.table, column, to, "id"));
            self.rewrite(db, "rtrim(rtrim(sql, ')'), char(10))", &key).await?;
        }
        Ok(())
    }

    /// The reverse of [`apply`](Self::apply).
    ///
    /// # Errors
    ///
    /// The database refuses a statement.
    pub async fn revert(&self, manager: &SchemaManager<'_>) -> Result<(), DbErr> {
        let (db, engine) = (manager.get_connection(), manager.get_database_backend());
        for index in &self.indexes {
            db.execute_unprepared(&format!("DROP INDEX {}", index.name(self.table))).await?;
        }
        for (column, to) in &self.references {
            if engine == DbBackend::Postgres {
                let sql = format!("ALTER TABLE {} DROP CONSTRAINT {}_{column}_fkey", self.table, self.table);
                db.execute_unprepared(&sql).await?;
            } else {
                let key = format!(",\n  {}", fence::reference(self.table, column, to, "id"));
                self.rewrite(db, &format!("replace(sql, '{key}', '')"), "").await?;
            }
        }
        for (name, _) in self.columns.iter().rev() {
            db.execute_unprepared(&format!("ALTER TABLE {} DROP COLUMN {name}", self.table)).await?;
        }
        Ok(())
    }

    async fn rewrite(&self, db: &SchemaManagerConnection<'_>, text: &str, and: &str) -> Result<(), DbErr> {
        let asked = Statement::from_string(DbBackend::Sqlite, "PRAGMA schema_version");
        let version: i64 = match db.query_one_raw(asked).await? {
            Some(row) => row.try_get_by_index(0)?,
            None => return Err(DbErr::Custom("SQLite tells no schema version".to_owned())),
        };
        let table = self.table;
        for sql in [
            "PRAGMA writable_schema = ON".to_owned(),
            format!("UPDATE sqlite_schema SET sql = {text} || '{and}' WHERE type = 'table' AND name = '{table}'"),
            format!("PRAGMA schema_version = {}", version + 1),
            "PRAGMA writable_schema = OFF".to_owned(),
        ] {
            db.execute_unprepared(&sql).await?;
        }
        Ok(())
    }
}

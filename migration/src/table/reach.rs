//! Who reaches which record, kept beside the record.
//!
//! Somebody who sees only what is theirs asks for "my leads in process": two conditions on two tables, of which no index
//! knows both. Counting them meant to try a hundred thousand rows one by one. So each record that is seen by assignment has
//! a twin table, `lead_reach`: one row for the record's creator and one for each member and team it is assigned to, in the
//! order in which lists show them, with every column of the record that its list filters by. A list of somebody who does
//! not see everything is then one stretch of one index, and so is its count.
//!
//! Triggers keep it, so that it is right whatever writes; what is in the trash is not in it. It takes the room of those
//! columns once for each who reaches the record. The time of the last change is left out on purpose: with it, every change
//! of a record would write here.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

use super::{Type, fence, in_every_org, index::Index};

/// A record that is seen by assignment, with the columns that its list filters by.
pub struct Reached {
    pub table: &'static str,
    pub columns: &'static [(&'static str, Type)],
}

/// Columns that every such record has and its list asks for.
const SHARED: &[(&str, Type)] = &[("created_by", Type::Uuid), ("is_active", Type::Bool), ("search_text", Type::Text)];

impl Reached {
    /// Makes the twin of the table, and fills it from what is there.
    ///
    /// # Errors
    ///
    /// The database refuses a statement.
    pub async fn create(&self, manager: &SchemaManager<'_>) -> Result<(), DbErr> {
        let engine = manager.get_database_backend();
        let sql = format!("{}{}{}", self.twin(engine), fence::around(&self.name(), engine), self.triggers(engine));
        manager.get_connection().execute_unprepared(&sql).await?;
        let table = self.quoted();
        let creators = self.of_creator(&table, &format!("{table} "));
        let assignees = self.of_assignees(&table, &format!("FROM {table} "));
        in_every_org(manager, &[self.table, "assignment", &self.name()], &format!("{creators};\n{assignees};")).await
    }

    /// Makes an order in which the rows of somebody are read, beside that in which they came.
    ///
    /// # Errors
    ///
    /// The database refuses the statement.
    pub async fn index(&self, manager: &SchemaManager<'_>, columns: &'static str) -> Result<(), DbErr> {
        let twin = self.name();
        let name = Index::on(columns).name(&twin);
        let sql = format!("CREATE INDEX {name} ON {twin} (org_id, principal_id, {columns})");
        manager.get_connection().execute_unprepared(&sql).await?;
        Ok(())
    }

    /// Drops what [`create`](Reached::create) made, with its orders.
    ///
    /// # Errors
    ///
    /// The database refuses a statement.
    pub async fn drop(&self, manager: &SchemaManager<'_>) -> Result<(), DbErr> {
        let (table, name) = (self.table, self.name());
        let sql = if manager.get_database_backend() == DbBackend::Postgres {
            format!(
                "DROP TABLE {name};\n\
                 DROP FUNCTION {name}_added, {name}_changed, {name}_gone, {name}_assigned, {name}_unassigned CASCADE;"
            )
        } else {
            let triggers = ["added", "changed", "gone", "assigned", "unassigned"];
            let triggers = triggers.map(|what| format!("DROP TRIGGER {table}_reach_{what};\n")).concat();
            format!("{triggers}DROP TABLE {name};")
        };
        manager.get_connection().execute_unprepared(&sql).await?;
        Ok(())
    }

    fn name(&self) -> String {
        format!("{}_reach", self.table)
    }

    /// As statements name it: one of them, `case`, is a word of SQL.
    fn quoted(&self) -> String {
        format!("\"{}\"", self.table)
    }

    fn columns(&self) -> impl Iterator<Item = &(&'static str, Type)> {
        SHARED.iter().chain(self.columns)
    }

    fn twin(&self, engine: DbBackend) -> String {
        let sqlite = engine == DbBackend::Sqlite;
        let [id, time] = [Type::Uuid, Type::Time].map(|kind| kind.sql(engine));
        let own = self.columns().map(|(name, kind)| format!(",\n  {name} {}", kind.sql(engine)));
        let own = own.collect::<Vec<_>>().concat();
        // What fits into the index is filtered by without a look at the table.
        let short: Vec<&str> = self.columns().filter(|(_, kind)| kind.is_short()).map(|(name, _)| *name).collect();
        let also = if sqlite { String::new() } else { format!(" INCLUDE (is_assigned, {})", short.join(", ")) };
        let how = if sqlite { " WITHOUT ROWID" } else { "" };
        format!(
            "CREATE TABLE {} (\n  org_id {id} NOT NULL,\n  principal_id {id} NOT NULL,\n  created_at {time} NOT NULL,\n  \
             id {id} NOT NULL,\n  is_assigned boolean NOT NULL{own},\n  PRIMARY KEY (org_id, principal_id, created_at, id){also}\n){how};\n",
            self.name()
        )
    }

    /// `rest` follows the select. Whoever made a record keeps their row of it, assigned to them or not.
    fn insert(&self, principal: &str, is_assigned: bool, row: &str, rest: &str) -> String {
        let names = self.columns().map(|(name, _)| format!(", {name}")).collect::<Vec<_>>().concat();
        let values = self.columns().map(|(name, _)| format!(", {row}.{name}")).collect::<Vec<_>>().concat();
        let again = if is_assigned { "UPDATE SET is_assigned = TRUE" } else { "NOTHING" };
        format!(
            "INSERT INTO {} (org_id, principal_id, created_at, id, is_assigned{names}) \
             SELECT {row}.org_id, {principal}, {row}.created_at, {row}.id, {is_assigned}{values} {rest} \
             ON CONFLICT (org_id, principal_id, created_at, id) DO {again}",
            self.name()
        )
    }

    fn of_creator(&self, row: &str, from: &str) -> String {
        let from = if from.is_empty() { String::new() } else { format!("FROM {from}") };
        let rest = format!("{from}WHERE {row}.created_by IS NOT NULL AND {row}.deleted_at IS NULL");
        self.insert(&format!("{row}.created_by"), false, row, &rest)
    }

    fn of_assignees(&self, row: &str, from: &str) -> String {
        let rest = if from.is_empty() {
            format!("FROM assignment WHERE {} AND {row}.deleted_at IS NULL", self.assigned(row))
        } else {
            format!("{from}JOIN assignment ON {} WHERE {row}.deleted_at IS NULL", self.assigned(row))
        };
        self.insert("assignment.principal_id", true, row, &rest)
    }

    fn assigned(&self, row: &str) -> String {
        format!(
            "assignment.org_id = {row}.org_id AND assignment.record_kind = '{}' AND assignment.record_id = {row}.id",
            self.table
        )
    }

    /// Away with the rows of a record, found by their keys: by everyone who could reach it.
    fn away(&self) -> String {
        format!(
            "DELETE FROM {} WHERE org_id = OLD.org_id AND created_at = OLD.created_at AND id = OLD.id AND principal_id \
             IN (SELECT OLD.created_by UNION ALL SELECT principal_id FROM assignment WHERE {})",
            self.name(),
            self.assigned("OLD")
        )
    }

    fn unassign(&self) -> String {
        let table = self.quoted();
        let of_row =
            |what: &str| format!("(SELECT {what} FROM {table} WHERE org_id = OLD.org_id AND id = OLD.record_id)");
        let these = format!(
            "org_id = OLD.org_id AND principal_id = OLD.principal_id AND id = OLD.record_id AND created_at = {}",
            of_row("created_at")
        );
        let name = self.name();
        format!(
            "DELETE FROM {name} WHERE {these} AND COALESCE({}, TRUE); UPDATE {name} SET is_assigned = FALSE WHERE {these}",
            of_row("created_by <> OLD.principal_id")
        )
    }

    fn triggers(&self, engine: DbBackend) -> String {
        let (kind, table, name) = (self.table, self.quoted(), self.name());
        let distinct = if engine == DbBackend::Sqlite { "IS NOT" } else { "IS DISTINCT FROM" };
        let watched = ["created_at", "deleted_at"].into_iter().chain(self.columns().map(|(name, _)| *name));
        let differs: Vec<String> = watched.map(|name| format!("OLD.{name} {distinct} NEW.{name}")).collect();
        let differs = differs.join(" OR ");
        let (added, joined) = (self.of_creator("NEW", ""), self.of_assignees("NEW", ""));
        let (away, unassign) = (self.away(), self.unassign());
        let assigned = self.insert(
            "NEW.principal_id",
            true,
            &table,
            &format!(
                "FROM {table} WHERE {table}.org_id = NEW.org_id AND {table}.id = NEW.record_id AND {table}.deleted_at IS NULL"
            ),
        );
        if engine == DbBackend::Sqlite {
            return format!(
                "CREATE TRIGGER {name}_added AFTER INSERT ON {table} BEGIN {added}; {joined}; END;\n\
                 CREATE TRIGGER {name}_changed AFTER UPDATE ON {table} WHEN {differs} \
                 BEGIN {away}; {added}; {joined}; END;\n\
                 CREATE TRIGGER {name}_gone AFTER DELETE ON {table} BEGIN {away}; END;\n\
                 CREATE TRIGGER {name}_assigned AFTER INSERT ON assignment WHEN NEW.record_kind = '{kind}' \
                 BEGIN {assigned}; END;\n\
                 CREATE TRIGGER {name}_unassigned AFTER DELETE ON assignment WHEN OLD.record_kind = '{kind}' \
                 BEGIN {unassign}; END;\n"
            );
        }
        let function = |what: &str, body: &str| {
            format!(
                "CREATE FUNCTION {name}_{what}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body}; RETURN NULL; END $$;\n"
            )
        };
        let all_added = [self.of_creator("added", "added "), self.of_assignees("added", "FROM added ")].join("; ");
        [
            function("added", &all_added),
            function("changed", &[away.clone(), added, joined].join("; ")),
            function("gone", &away),
            function("assigned", &assigned),
            function("unassigned", &unassign),
            format!(
                "CREATE TRIGGER {name}_added AFTER INSERT ON {table} REFERENCING NEW TABLE AS added \
                 FOR EACH STATEMENT EXECUTE FUNCTION {name}_added();\n\
                 CREATE TRIGGER {name}_changed AFTER UPDATE ON {table} FOR EACH ROW WHEN ({differs}) \
                 EXECUTE FUNCTION {name}_changed();\n\
                 CREATE TRIGGER {name}_gone AFTER DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION {name}_gone();\n\
                 CREATE TRIGGER {name}_assigned AFTER INSERT ON assignment FOR EACH ROW \
                 WHEN (NEW.record_kind = '{kind}') EXECUTE FUNCTION {name}_assigned();\n\
                 CREATE TRIGGER {name}_unassigned AFTER DELETE ON assignment FOR EACH ROW \
                 WHEN (OLD.record_kind = '{kind}') EXECUTE FUNCTION {name}_unassigned();\n"
            ),
        ]
        .concat()
    }
}

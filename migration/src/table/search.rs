//! Search by the words of `search_text`, which are already folded, lower-cased and separated by single spaces.
//!
//! SQLite has FTS5. PostgreSQL's `@@` is not leakproof, so under row security no index would ever serve it; instead
//! each word is a row of `search_word`, found by its beginning with operators that are.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::{ConnectionTrait, DbBackend};

use super::{Type, derived_table};

/// On SQLite the row number must be a column of its own: `VACUUM` may renumber the rows of a table without one, and
/// the index would point at others.
pub const ROW_NUMBER: &str = "seq integer PRIMARY KEY AUTOINCREMENT";

/// A table has one primary key, and on SQLite the row number is it.
pub fn row_key(engine: DbBackend) -> &'static str {
    if engine == DbBackend::Sqlite { "UNIQUE (id)" } else { "PRIMARY KEY (id)" }
}

/// What keeps the index like the table.
pub fn keep(table: &str, engine: DbBackend) -> String {
    if engine == DbBackend::Postgres {
        return format!(
            "CREATE TRIGGER {table}_words_added AFTER INSERT ON \"{table}\" REFERENCING NEW TABLE AS added \
             FOR EACH STATEMENT EXECUTE FUNCTION search_words_added();\n\
             CREATE TRIGGER {table}_words_changed AFTER UPDATE OF search_text ON \"{table}\" FOR EACH ROW \
             WHEN (OLD.search_text IS DISTINCT FROM NEW.search_text) EXECUTE FUNCTION search_words_changed();\n\
             CREATE TRIGGER {table}_words_gone AFTER DELETE ON \"{table}\" FOR EACH ROW \
             EXECUTE FUNCTION search_words_gone();\n"
        );
    }
    let add = format!("INSERT INTO {table}_search (rowid, search_text) VALUES (NEW.seq, NEW.search_text);");
    let take = format!(
        "INSERT INTO {table}_search ({table}_search, rowid, search_text) VALUES ('delete', OLD.seq, OLD.search_text);"
    );
    format!(
        "CREATE VIRTUAL TABLE {table}_search USING fts5(search_text, content='{table}', content_rowid='seq', \
         tokenize='unicode61');\n\
         CREATE TRIGGER {table}_words_added AFTER INSERT ON \"{table}\" BEGIN {add} END;\n\
         CREATE TRIGGER {table}_words_changed AFTER UPDATE OF search_text ON \"{table}\" \
         WHEN OLD.search_text IS NOT NEW.search_text BEGIN {take} {add} END;\n\
         CREATE TRIGGER {table}_words_gone AFTER DELETE ON \"{table}\" BEGIN {take} END;\n"
    )
}

/// The words themselves and the functions that keep them. They act with the rights of whoever changes the record,
/// inside the same fence. Words longer than 64 letters are cut.
const WORDS: &str = "
ALTER TABLE search_word ALTER COLUMN word TYPE varchar(64) COLLATE \"C\";

CREATE FUNCTION search_words_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_word (org_id, record_kind, word, record_id)
    SELECT DISTINCT added.org_id, TG_TABLE_NAME, left(word, 64), added.id
    FROM added, unnest(string_to_array(added.search_text, ' ')) AS word WHERE word <> '';
  RETURN NULL;
END $$;

CREATE FUNCTION search_words_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  before text[] := ARRAY(SELECT left(word, 64) FROM unnest(string_to_array(OLD.search_text, ' ')) AS word);
  after text[] := ARRAY(SELECT left(word, 64) FROM unnest(string_to_array(NEW.search_text, ' ')) AS word);
BEGIN
  DELETE FROM search_word WHERE org_id = OLD.org_id AND record_kind = TG_TABLE_NAME
    AND word = ANY (ARRAY(SELECT unnest(before) EXCEPT SELECT unnest(after))) AND record_id = OLD.id;
  INSERT INTO search_word (org_id, record_kind, word, record_id)
    SELECT NEW.org_id, TG_TABLE_NAME, word, NEW.id
    FROM (SELECT unnest(after) AS word EXCEPT SELECT unnest(before)) AS fresh WHERE word <> ''
    ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;

CREATE FUNCTION search_words_gone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM search_word WHERE org_id = OLD.org_id AND record_kind = TG_TABLE_NAME
    AND word = ANY (ARRAY(SELECT left(word, 64) FROM unnest(string_to_array(OLD.search_text, ' ')) AS word))
    AND record_id = OLD.id;
  RETURN NULL;
END $$;
";

/// Makes `search_word`, which only PostgreSQL needs.
///
/// # Errors
///
/// The database refuses a statement.
pub async fn create_words(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    if manager.get_database_backend() == DbBackend::Sqlite {
        return Ok(());
    }
    // From the word to its records when it is rare; from the newest records to the word when nearly all have it.
    derived_table("search_word")
        .column("record_kind", Type::Varchar(32))
        .column("word", Type::Varchar(64))
        .column("record_id", Type::Uuid)
        .key("org_id, record_kind, word, record_id")
        .index("org_id, record_kind, record_id, word")
        .create(manager)
        .await?;
    manager.get_connection().execute_unprepared(WORDS).await?;
    Ok(())
}

/// Drops what [`create_words`] made.
///
/// # Errors
///
/// The database refuses, because a table is still searched.
pub async fn drop_words(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    if manager.get_database_backend() == DbBackend::Postgres {
        manager
            .get_connection()
            .execute_unprepared(
                "DROP TABLE search_word; DROP FUNCTION search_words_added; \
                 DROP FUNCTION search_words_changed; DROP FUNCTION search_words_gone;",
            )
            .await?;
    }
    Ok(())
}

//! What every table of an organisation has, found in the catalogue of each engine.

use migration::table::{LINKS, LOGS, MACHINERY};
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};
use testing::{Engine, TestApp};

const BASE: [&str; 8] =
    ["id", "org_id", "created_at", "created_by", "updated_at", "updated_by", "version", "deleted_at"];

const OF_ORG: &str = "SELECT table_name::text AS name FROM information_schema.columns \
                      WHERE table_schema = 'public' AND column_name = 'org_id' ORDER BY 1";

pub async fn names(conn: &DatabaseConnection, sql: &str) -> Vec<String> {
    let rows = conn.query_all_raw(Statement::from_string(conn.get_database_backend(), sql)).await.expect("rows");
    rows.iter().map(|row| row.try_get("", "name").expect("a name")).collect()
}

pub async fn tables_of_orgs(conn: &DatabaseConnection) -> Vec<String> {
    names(conn, OF_ORG).await
}

#[tokio::test]
async fn every_table_of_an_organisation_has_its_columns_keys_and_policy() {
    let Some(app) = TestApp::start(Engine::Postgres).await else { return };
    let conn = app.database.owner().await;
    let tables = tables_of_orgs(&conn).await;
    assert!(tables.len() > 15, "{tables:?}");
    for table in &tables {
        let bare = is_bare(table);
        let columns = names(
            &conn,
            &format!("SELECT column_name::text AS name FROM information_schema.columns WHERE table_name = '{table}'"),
        )
        .await;
        assert!(bare || BASE.iter().all(|base| columns.iter().any(|column| column == base)), "{table}: {columns:?}");
        let unique = format!(
            "SELECT indexrelid::regclass::text AS name FROM pg_index WHERE indrelid = '{table}'::regclass AND indisunique \
             AND indpred IS NULL AND pg_get_indexdef(indexrelid) LIKE '%(org_id, id)'"
        );
        assert!(bare || !names(&conn, &unique).await.is_empty(), "{table} has no key (org_id, id)");
        let fenced = format!(
            "SELECT p.polname::text AS name FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE c.oid = '{table}'::regclass \
             AND c.relrowsecurity AND c.relforcerowsecurity AND p.polqual IS NOT NULL AND p.polwithcheck IS NOT NULL"
        );
        assert!(!names(&conn, &fenced).await.is_empty(), "{table} has no fence");
    }
    let all = tables.iter().map(|table| format!("'{table}'::regclass")).collect::<Vec<_>>().join(", ");
    let plain = format!(
        "SELECT conname::text AS name FROM pg_constraint k WHERE contype = 'f' AND conrelid IN ({all}) AND confrelid IN ({all}) \
         AND NOT EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey) AND a.attname = 'org_id')"
    );
    assert_eq!(
        names(&conn, &plain).await,
        Vec::<String>::new(),
        "a reference between organisations' tables that may leave one"
    );
    app.done().await;
}

#[tokio::test]
async fn every_table_of_an_organisation_has_its_columns_and_keys_on_sqlite() {
    let app = TestApp::start(Engine::Sqlite).await.expect("SQLite is always there");
    let conn = app.database.owner().await;
    let of_org = "SELECT m.name AS name FROM sqlite_master m, pragma_table_info(m.name) c \
                  WHERE m.type = 'table' AND c.name = 'org_id' ORDER BY 1";
    let tables = names(&conn, of_org).await;
    assert!(tables.len() > 15, "{tables:?}");
    let mut references = 0;
    for table in &tables {
        let columns = names(&conn, &format!("SELECT name FROM pragma_table_info('{table}')")).await;
        assert!(
            is_bare(table) || BASE.iter().all(|base| columns.iter().any(|column| column == base)),
            "{table}: {columns:?}"
        );
        let unique = format!(
            "SELECT l.name AS name FROM pragma_index_list('{table}') l WHERE l.\"unique\" AND NOT l.partial \
             AND (SELECT group_concat(name) FROM pragma_index_info(l.name)) = 'org_id,id'"
        );
        assert!(is_bare(table) || !names(&conn, &unique).await.is_empty(), "{table} has no key (org_id, id)");
        let stays = format!(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = '{table}' AND sql LIKE '%org_id%'"
        );
        assert!(is_bare(table) || !names(&conn, &stays).await.is_empty(), "{table} lets its rows leave");
        let pairs = format!(
            "SELECT \"table\" || ':' || group_concat(\"from\" || '>' || \"to\") AS name FROM pragma_foreign_key_list('{table}') GROUP BY id"
        );
        for reference in names(&conn, &pairs).await {
            let (other, columns) = reference.split_once(':').expect("a table and its columns");
            references += 1;
            assert!(
                !tables.iter().any(|of_org| of_org == other) || columns.split(',').any(|pair| pair == "org_id>org_id"),
                "{table} points at {reference}, and may point out of its organisation"
            );
        }
    }
    assert!(references > 40, "{references}");
    let server = app.parts.platform.connection();
    assert_eq!(names(server, "SELECT 'on' AS name FROM pragma_foreign_keys WHERE foreign_keys").await, ["on"]);
    app.done().await;
}

/// Links, logs and machinery have no columns of a record.
fn is_bare(table: &str) -> bool {
    [LINKS, LOGS, MACHINERY].iter().any(|list| list.contains(&table))
}

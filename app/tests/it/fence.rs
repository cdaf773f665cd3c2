//! The second fence: with every filter of the server taken out, PostgreSQL itself keeps organisations apart.

use migration::table::OPEN_TO_PLATFORM;
use sea_orm::{ConnectionTrait, Database, DbBackend, Statement, TransactionTrait};
use testing::{Engine, TestApp};

use crate::{catalogue::tables_of_orgs, house::furnish};

#[tokio::test]
async fn without_any_filter_nothing_of_another_organisation_is_seen_or_written() {
    let Some(app) = TestApp::start(Engine::Postgres).await else { return };
    let (ours, theirs) = (app.admin("Ours").await, app.admin("Theirs").await);
    furnish(&app, &ours).await;
    furnish(&app, &theirs).await;
    let tables = tables_of_orgs(&app.database.owner().await).await;
    let (ours, theirs) = (ours.org.expect("an organisation"), theirs.org.expect("an organisation"));
    let conn = Database::connect(&app.database.url).await.expect("as the server");
    for table in &tables {
        let tx = conn.begin().await.expect("a transaction");
        tx.execute_unprepared(&format!("SELECT set_config('app.org', '{ours}', true)")).await.expect("set");
        let count = |filter: &str| {
            Statement::from_string(DbBackend::Postgres, format!("SELECT count(*) AS n FROM \"{table}\" {filter}"))
        };
        let row = tx.query_one_raw(count(&format!("WHERE org_id <> '{ours}'"))).await.expect("read").expect("a row");
        assert_eq!(row.try_get::<i64>("", "n").expect("a number"), 0, "{table} shows another's rows");
        if table == "lead" || table == "account" {
            let own = tx.query_one_raw(count("")).await.expect("read").expect("a row");
            assert!(own.try_get::<i64>("", "n").expect("a number") > 0, "{table} shows one's own");
            let moved = format!("UPDATE {table} SET org_id = '{theirs}'");
            tx.execute_unprepared(&moved).await.expect_err("a row does not leave its organisation");
        }
        tx.rollback().await.expect("back");
        if !OPEN_TO_PLATFORM.contains(&table.as_str()) {
            let outside = conn.query_one_raw(count("")).await.expect("read").expect("a row");
            assert_eq!(outside.try_get::<i64>("", "n").expect("a number"), 0, "{table} shows rows to nobody");
        }
    }
    conn.close().await.expect("closed");
    app.done().await;
}

#[tokio::test]
#[expect(clippy::disallowed_methods, reason = "tests are told of their PostgreSQL by the environment")]
async fn the_server_does_not_start_as_a_superuser() {
    let Ok(url) = std::env::var("TEST_SUPERUSER_URL") else { return };
    let conn = Database::connect(url).await.expect("a connection");
    let told = rapport::start::check_role(&conn).await.expect_err("refused");
    assert!(told.contains("superuser"), "{told}");
}

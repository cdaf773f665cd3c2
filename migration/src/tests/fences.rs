use sea_orm::{ConnectionTrait, Database, TransactionTrait};

use super::{Fresh, NOON, column, in_database, setting};
use crate::table::OPEN_TO_PLATFORM;
use crate::up;

fn team(fresh: &Fresh, id: u32, org: u32) -> String {
    let (row, org) = (fresh.id(id), fresh.id(org));
    format!(
        "INSERT INTO team (id, org_id, created_at, updated_at, name) \
         VALUES ({row}, {org}, '{NOON}', '{NOON}', 'Team {id}')"
    )
}

#[tokio::test]
async fn a_row_stays_in_its_organisation() {
    for fresh in Fresh::all_ready().await {
        fresh.with_two_orgs().await;
        fresh.within(1, &team(&fresh, 10, 1)).await.expect("a team");
        let moved = format!("UPDATE team SET org_id = {}", fresh.id(2));
        fresh.within(1, &moved).await.expect_err("refused");
        fresh.within(1, "UPDATE team SET name = 'Renamed'").await.expect("changed");
        fresh.gone().await;
    }
}

#[tokio::test]
async fn a_foreign_id_is_refused_in_a_reference() {
    for fresh in Fresh::all_ready().await {
        fresh.with_two_orgs().await;
        let contact = |id: u32, account: &str| {
            let (id, org) = (fresh.id(id), fresh.id(2));
            format!(
                "INSERT INTO contact (id, org_id, created_at, updated_at, first_name, last_name, account_id) \
                 VALUES ({id}, {org}, '{NOON}', '{NOON}', 'Jo', 'Smith', {account})"
            )
        };
        for (id, org) in [(10, 1), (20, 2)] {
            let (row, org_id) = (fresh.id(id), fresh.id(org));
            let sql = format!(
                "INSERT INTO account (id, org_id, created_at, updated_at, name) \
                 VALUES ({row}, {org_id}, '{NOON}', '{NOON}', 'Acme')"
            );
            fresh.within(org, &sql).await.expect("an account");
        }
        fresh.within(2, &contact(21, &fresh.id(20))).await.expect("one's own");
        fresh.within(2, &contact(22, &fresh.id(10))).await.expect_err("another's");
        fresh.gone().await;
    }
}

#[tokio::test]
async fn an_assignment_is_to_one_member_or_one_team() {
    for fresh in Fresh::all_ready().await {
        fresh.with_two_orgs().await;
        fresh.within(1, &team(&fresh, 10, 1)).await.expect("a team");
        let assign = |principal: u32, team: &str| {
            let (org, principal) = (fresh.id(1), fresh.id(principal));
            let record = fresh.id(99);
            format!(
                "INSERT INTO assignment (org_id, created_at, record_kind, record_id, principal_id, team_id) \
                 VALUES ({org}, '{NOON}', 'lead', {record}, {principal}, {team})"
            )
        };
        fresh.within(1, &assign(10, &fresh.id(10))).await.expect("to the team");
        fresh.within(1, &assign(11, &fresh.id(10))).await.expect_err("not the same");
        fresh.within(1, &assign(10, "NULL")).await.expect_err("to nobody");
        fresh.gone().await;
    }
}

#[tokio::test]
async fn the_log_is_only_added_to() {
    for fresh in Fresh::all_ready().await {
        fresh.with_two_orgs().await;
        let (org, record) = (fresh.id(1), fresh.id(10));
        let entry = format!(
            "INSERT INTO change (org_id, at, record_kind, record_id, verb, fields) \
             VALUES ({org}, '{NOON}', 'lead', {record}, 'create', '{{}}')"
        );
        fresh.within(1, &entry).await.expect("an entry");
        fresh.within(1, "UPDATE change SET verb = 'x'").await.expect_err("rewritten");
        fresh.within(1, "DELETE FROM change").await.expect_err("erased");
        fresh.gone().await;
    }
}

#[tokio::test]
async fn row_security_hides_and_refuses_when_a_query_forgets_its_organisation() {
    let Some(fresh) = Fresh::postgres().await else {
        return;
    };
    up(&fresh.db, None).await.expect("up");
    fresh.with_two_orgs().await;
    fresh.within(1, &team(&fresh, 10, 1)).await.expect("a team");
    fresh.within(2, &team(&fresh, 20, 2)).await.expect("another's team");
    fresh.within(1, &team(&fresh, 11, 2)).await.expect_err("into another's");
    fresh.as_platform(&team(&fresh, 12, 1)).await.expect_err("teams are shut to the platform");

    let names = "SELECT name::text FROM team ORDER BY 1";
    assert_eq!(column(&fresh.db, names).await, [""; 0]);
    let tx = fresh.db.begin().await.expect("begin");
    tx.execute_unprepared("SELECT set_config('app.org', '00000000-0000-7000-8000-000000000001', true)")
        .await
        .expect("set");
    assert_eq!(column(&tx, names).await, ["Team 10"]);
    assert_eq!(column(&tx, "SELECT name::text FROM organisation").await, ["One"]);
    tx.commit().await.expect("commit");
    assert_eq!(column(&fresh.db, names).await, [""; 0], "nothing is left in the pool");
    fresh.gone().await;
}

#[tokio::test]
async fn every_table_of_an_organisation_is_fenced() {
    let Some(fresh) = Fresh::postgres().await else {
        return;
    };
    up(&fresh.db, None).await.expect("up");
    let open =
        column(&fresh.db, "SELECT tablename::text FROM pg_policies WHERE qual LIKE '%app.platform%' ORDER BY 1").await;
    let mut listed = OPEN_TO_PLATFORM.to_vec();
    listed.sort_unstable();
    assert_eq!(open, listed);
    let unfenced = "SELECT c.relname::text FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid \
         AND a.attname = 'org_id' LEFT JOIN pg_policy p ON p.polrelid = c.oid \
         WHERE c.relkind = 'r' AND NOT (c.relrowsecurity AND c.relforcerowsecurity \
         AND p.polqual IS NOT NULL AND p.polwithcheck IS NOT NULL)";
    assert_eq!(column(&fresh.db, unfenced).await, [""; 0]);
    let plain_keys = "SELECT k.conname::text FROM pg_constraint k WHERE k.contype = 'f' \
         AND EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = k.confrelid AND attname = 'org_id') \
         AND NOT EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = k.conrelid \
         AND a.attname = 'org_id' AND a.attnum = ANY (k.conkey))";
    assert_eq!(column(&fresh.db, plain_keys).await, [""; 0]);
    fresh.gone().await;
}

#[tokio::test]
async fn the_servers_role_writes_rows_but_not_history_nor_tables() {
    let (Some(fresh), Some(server)) = (Fresh::postgres().await, setting("TEST_APP_DATABASE_URL")) else {
        return;
    };
    let name = column(&fresh.db, "SELECT current_database()::text").await.concat();
    let db = Database::connect(in_database(&server, &name)).await.expect("the server's role");
    let role = column(&db, "SELECT current_user::text").await.concat();
    up(&fresh.db, Some(&role)).await.expect("up");
    up(&fresh.db, Some(&role)).await.expect("and again");
    let app = Fresh { url: String::new(), db };
    app.with_two_orgs().await;
    app.within(1, &team(&app, 10, 1)).await.expect("a team");
    app.within(1, &team(&app, 11, 2)).await.expect_err("into another's");
    assert_eq!(column(&app.db, "SELECT name::text FROM team").await, [""; 0]);
    assert!(crate::pending(&app.db).await.expect("may look").is_empty());
    for refused in ["DELETE FROM change", "UPDATE change SET verb = ''", "TRUNCATE change", "DROP TABLE team"] {
        app.within(1, refused).await.expect_err(refused);
    }
    app.within(1, "DELETE FROM seaql_migrations").await.expect_err("not its own");
    app.db.close().await.expect("closed");
    fresh.gone().await;
}

use sea_orm::{ConnectionTrait, Database};

use super::{Fresh, NOON, column};
use crate::{down, pending, status, up};

async fn tables(fresh: &Fresh) -> Vec<String> {
    let sql = if fresh.is_postgres() {
        "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
    } else {
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY 1"
    };
    column(&fresh.db, sql).await
}

#[tokio::test]
async fn every_migration_can_be_taken_back_and_applied_again() {
    for fresh in Fresh::all().await {
        let all = u32::try_from(pending(&fresh.db).await.expect("pending").len()).expect("few");
        assert!(all > 0);
        up(&fresh.db, None).await.expect("up");
        let first = tables(&fresh).await;
        down(&fresh.db, all).await.expect("down");
        assert_eq!(tables(&fresh).await, ["seaql_migrations"]);
        up(&fresh.db, None).await.expect("up again");
        assert_eq!(tables(&fresh).await, first);
        assert!(status(&fresh.db).await.expect("status").iter().all(|step| step.applied));
        fresh.gone().await;
    }
}

#[tokio::test]
async fn leads_can_be_taken_back_with_their_customers_left() {
    for fresh in Fresh::all_ready().await {
        fresh.with_two_orgs().await;
        let (org, lead, account) = (fresh.id(1), fresh.id(10), fresh.id(11));
        let sql = format!(
            "INSERT INTO lead (id, org_id, created_at, updated_at, title, status) \
             VALUES ({lead}, {org}, '{NOON}', '{NOON}', 'Bridge', 'converted');
             INSERT INTO account (id, org_id, created_at, updated_at, name, lead_id) \
             VALUES ({account}, {org}, '{NOON}', '{NOON}', 'Bridges', {lead});
             UPDATE lead SET converted_account_id = {account} WHERE id = {lead};"
        );
        fresh.within(1, &sql).await.expect("a converted lead");
        down(&fresh.db, 2).await.expect("down");
        up(&fresh.db, None).await.expect("up");
        fresh.within(1, "UPDATE account SET name = 'Still there'").await.expect("usable");
        fresh.gone().await;
    }
}

#[tokio::test]
async fn of_two_migrators_at_once_both_succeed() {
    for fresh in Fresh::all().await {
        let other = Database::connect(&fresh.url).await.expect("a second connection");
        let third = Database::connect(&fresh.url).await.expect("a third connection");
        let (a, b, c) = tokio::join!(up(&fresh.db, None), up(&other, None), up(&third, None));
        a.and(b).and(c).expect("all three");
        assert!(pending(&fresh.db).await.expect("pending").is_empty());
        other.close().await.expect("closed");
        third.close().await.expect("closed");
        fresh.gone().await;
    }
}

#[tokio::test]
async fn a_live_name_is_taken_whatever_its_case() {
    for fresh in Fresh::all_ready().await {
        fresh.with_two_orgs().await;
        let account = |id: u32, org: u32, name: &str| {
            let (id, org) = (fresh.id(id), fresh.id(org));
            format!(
                "INSERT INTO account (id, org_id, created_at, updated_at, name) \
                 VALUES ({id}, {org}, '{NOON}', '{NOON}', '{name}')"
            )
        };
        fresh.within(1, &account(10, 1, "Acme")).await.expect("the first");
        fresh.within(1, &account(11, 1, "ACME")).await.expect_err("taken");
        fresh.within(2, &account(12, 2, "acme")).await.expect("another's name");
        let trashed = format!("UPDATE account SET deleted_at = '{NOON}'");
        fresh.within(1, &trashed).await.expect("trashed");
        fresh.within(1, &account(13, 1, "acme")).await.expect("free again");
        fresh.gone().await;
    }
}

#[tokio::test]
async fn sqlite_keeps_the_largest_amount_to_the_cent() {
    use sea_orm::prelude::Decimal;
    use sea_orm::{DbBackend, Statement};

    let fresh = Fresh::sqlite().await;
    up(&fresh.db, None).await.expect("up");
    fresh.with_two_orgs().await;
    for (number, amount) in ["9999999999999.99", "0.01", "1234567890123.45", "8007199254740.93"].iter().enumerate() {
        let amount: Decimal = amount.parse().expect("a number");
        let id = fresh.id(u32::try_from(number).expect("few") + 10);
        let sql = format!(
            "INSERT INTO lead (id, org_id, created_at, updated_at, title, status, opportunity_amount) \
             VALUES ({id}, {}, '{NOON}', '{NOON}', 'Bridge', 'new', ?) RETURNING opportunity_amount",
            fresh.id(1)
        );
        let statement = Statement::from_sql_and_values(DbBackend::Sqlite, sql, [amount.into()]);
        let row = fresh.db.query_one_raw(statement).await.expect("inserted").expect("a row");
        assert_eq!(row.try_get_by_index::<Decimal>(0).expect("a number"), amount);
    }
    fresh.gone().await;
}

#[tokio::test]
async fn no_index_name_is_cut() {
    if let Some(fresh) = Fresh::postgres().await {
        up(&fresh.db, None).await.expect("up");
        let long = "SELECT indexname::text FROM pg_indexes WHERE schemaname = 'public' AND length(indexname) >= 63";
        assert_eq!(column(&fresh.db, long).await, [""; 0]);
        fresh.gone().await;
    }
}

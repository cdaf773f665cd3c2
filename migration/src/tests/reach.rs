use sea_orm::TransactionTrait;

use super::{Fresh, NOON, column};
use crate::{down, up};

/// `principal record status`, by the last digits of the ids.
async fn reached(fresh: &Fresh, org: u32) -> Vec<String> {
    let tx = fresh.db.begin().await.expect("begin");
    let last = if fresh.is_postgres() {
        sea_orm::ConnectionTrait::execute_unprepared(
            &tx,
            &format!("SELECT set_config('app.org', '00000000-0000-7000-8000-{org:012}', true)"),
        )
        .await
        .expect("set");
        |id: &str| format!("right({id}::text, 2)")
    } else {
        |id: &str| format!("substr(hex({id}), -2)")
    };
    let (principal, id) = (last("principal_id"), last("id"));
    let sql = format!(
        "SELECT {principal} || ' ' || {id} || CASE WHEN is_assigned THEN ' assigned ' ELSE ' made ' END || status || ' ' \
         || email_lower FROM lead_reach \
         WHERE org_id = {} ORDER BY 1",
        fresh.id(org)
    );
    column(&tx, &sql).await
}

fn lead(fresh: &Fresh, org: u32, id: u32, created_by: u32) -> String {
    let (org, id, created_by) = (fresh.id(org), fresh.id(id), fresh.id(created_by));
    format!(
        "INSERT INTO lead (id, org_id, created_at, created_by, updated_at, title, email, status) \
         VALUES ({id}, {org}, '{NOON}', {created_by}, '{NOON}', 'Bridge', 'JO@elbe.example', 'new')"
    )
}

fn team(fresh: &Fresh, org: u32, id: u32) -> String {
    format!(
        "INSERT INTO team (id, org_id, created_at, updated_at, name) \
         VALUES ({}, {}, '{NOON}', '{NOON}', 'Team {id}')",
        fresh.id(id),
        fresh.id(org)
    )
}

fn assign(fresh: &Fresh, org: u32, kind: &str, id: u32, team: u32) -> String {
    let (org, id, team) = (fresh.id(org), fresh.id(id), fresh.id(team));
    format!(
        "INSERT INTO assignment (org_id, created_at, record_kind, record_id, principal_id, team_id) \
         VALUES ({org}, '{NOON}', '{kind}', {id}, {team}, {team})"
    )
}

#[tokio::test]
async fn whoever_reaches_a_record_is_kept_beside_it() {
    for fresh in Fresh::all_ready().await {
        fresh.with_two_orgs().await;
        let run = async |sql: &str| fresh.within(1, sql).await.expect(sql);
        run(&team(&fresh, 1, 30)).await;
        run(&lead(&fresh, 1, 10, 40)).await;
        run(&lead(&fresh, 1, 11, 40)).await;
        assert_eq!(reached(&fresh, 1).await, ["40 10 made new jo@elbe.example", "40 11 made new jo@elbe.example"]);

        run(&assign(&fresh, 1, "lead", 10, 30)).await;
        run(&assign(&fresh, 1, "contact", 11, 30)).await;
        let three =
            ["30 10 assigned new jo@elbe.example", "40 10 made new jo@elbe.example", "40 11 made new jo@elbe.example"];
        assert_eq!(reached(&fresh, 1).await, three);
        assert_eq!(reached(&fresh, 2).await, [""; 0]);

        let (ten, eleven) = (fresh.id(10), fresh.id(11));
        run(&format!("UPDATE lead SET status = 'recycled', email = 'MIA@elbe.example' WHERE id = {ten}")).await;
        run(&format!("UPDATE lead SET deleted_at = '{NOON}' WHERE id = {eleven}")).await;
        assert_eq!(
            reached(&fresh, 1).await,
            ["30 10 assigned recycled mia@elbe.example", "40 10 made recycled mia@elbe.example"]
        );

        run(&format!("UPDATE lead SET deleted_at = NULL WHERE id = {eleven}")).await;
        run(&format!("DELETE FROM assignment WHERE record_id = {ten}")).await;
        assert_eq!(
            reached(&fresh, 1).await,
            ["40 10 made recycled mia@elbe.example", "40 11 made new jo@elbe.example"]
        );

        run(&format!("DELETE FROM lead WHERE id = {eleven}")).await;
        assert_eq!(reached(&fresh, 1).await, ["40 10 made recycled mia@elbe.example"]);
        fresh.gone().await;
    }
}

#[tokio::test]
async fn whoever_made_a_record_keeps_it_when_it_is_no_longer_assigned_to_them() {
    for fresh in Fresh::all_ready().await {
        fresh.with_two_orgs().await;
        let run = async |sql: &str| fresh.within(1, sql).await.expect(sql);
        run(&team(&fresh, 1, 30)).await;
        run(&lead(&fresh, 1, 10, 30)).await;
        run(&assign(&fresh, 1, "lead", 10, 30)).await;
        assert_eq!(reached(&fresh, 1).await, ["30 10 assigned new jo@elbe.example"]);
        run("DELETE FROM assignment").await;
        assert_eq!(reached(&fresh, 1).await, ["30 10 made new jo@elbe.example"]);
        fresh.gone().await;
    }
}

#[tokio::test]
async fn what_was_there_before_is_reached_too() {
    for fresh in Fresh::all_ready().await {
        fresh.with_two_orgs().await;
        down(&fresh.db, 1).await.expect("down");
        for org in [1, 2] {
            let id = org * 10;
            fresh.within(org, &team(&fresh, org, id + 3)).await.expect("a team");
            fresh.within(org, &lead(&fresh, org, id, 40)).await.expect("a lead");
            fresh.within(org, &assign(&fresh, org, "lead", id, id + 3)).await.expect("assigned");
        }
        up(&fresh.db, None).await.expect("up");
        assert_eq!(reached(&fresh, 1).await, ["13 10 assigned new jo@elbe.example", "40 10 made new jo@elbe.example"]);
        assert_eq!(reached(&fresh, 2).await, ["23 20 assigned new jo@elbe.example", "40 20 made new jo@elbe.example"]);
        fresh.gone().await;
    }
}

use sea_orm::{ConnectionTrait, TransactionTrait};

use super::{Fresh, NOON, column};

async fn found(fresh: &Fresh, org: u32, prefix: &str) -> Vec<String> {
    let tx = fresh.db.begin().await.expect("begin");
    let condition = if fresh.is_postgres() {
        let setting = format!("SELECT set_config('app.org', '00000000-0000-7000-8000-{org:012}', true)");
        tx.execute_unprepared(&setting).await.expect("set");
        format!(
            "id IN (SELECT record_id FROM search_word WHERE org_id = {} AND record_kind = 'lead' \
             AND word >= '{prefix}' AND word < '{prefix}\u{10FFFF}')",
            fresh.id(org)
        )
    } else {
        format!("seq IN (SELECT rowid FROM lead_search WHERE lead_search MATCH '\"{prefix}\"*')")
    };
    let org = fresh.id(org);
    column(&tx, &format!("SELECT title FROM lead WHERE org_id = {org} AND {condition} ORDER BY title")).await
}

#[tokio::test]
async fn a_record_is_found_by_how_its_words_begin() {
    for fresh in Fresh::all_ready().await {
        fresh.with_two_orgs().await;
        for (org, first, text) in [(1, 10, "smith jones jones"), (2, 20, "smithers")] {
            let org_id = fresh.id(org);
            let (a, b) = (fresh.id(first), fresh.id(first + 1));
            let sql = format!(
                "INSERT INTO lead (id, org_id, created_at, updated_at, title, status, search_text) VALUES \
                 ({a}, {org_id}, '{NOON}', '{NOON}', 'A', 'new', '{text}'), \
                 ({b}, {org_id}, '{NOON}', '{NOON}', 'B', 'new', 'müller')"
            );
            fresh.within(org, &sql).await.expect("two leads");
        }
        assert_eq!(found(&fresh, 1, "smi").await, ["A"]);
        assert_eq!(found(&fresh, 1, "jones").await, ["A"]);
        assert_eq!(found(&fresh, 2, "mül").await, ["B"]);
        assert_eq!(found(&fresh, 2, "jones").await, [""; 0]);

        let (a, b) = (fresh.id(10), fresh.id(11));
        let change = format!("UPDATE lead SET search_text = 'jones smythe', title = 'C' WHERE id = {a}");
        fresh.within(1, &change).await.expect("changed");
        assert_eq!(found(&fresh, 1, "smi").await, [""; 0]);
        assert_eq!(found(&fresh, 1, "smy").await, ["C"]);
        assert_eq!(found(&fresh, 1, "jon").await, ["C"]);

        fresh.within(1, &format!("DELETE FROM lead WHERE id = {b}")).await.expect("gone");
        assert_eq!(found(&fresh, 1, "mül").await, [""; 0]);
        if !fresh.is_postgres() {
            fresh.db.execute_unprepared("VACUUM").await.expect("vacuum");
            let check = "INSERT INTO lead_search (lead_search, rank) VALUES ('integrity-check', 1)";
            fresh.db.execute_unprepared(check).await.expect("the index is like the table");
            assert_eq!(found(&fresh, 2, "mül").await, ["B"]);
        }
        fresh.gone().await;
    }
}

/// Row security lets only leakproof operators use an index: the search must be made of those.
#[tokio::test]
async fn search_uses_its_key_under_row_security() {
    let Some(fresh) = Fresh::postgres().await else {
        return;
    };
    crate::up(&fresh.db, None).await.expect("up");
    fresh.with_two_orgs().await;
    let fill = format!(
        "INSERT INTO lead (id, org_id, created_at, updated_at, title, status, search_text) \
         SELECT gen_random_uuid(), {}, now(), now(), 'Lead', 'new', md5(n::text) || ' ' || md5((n + 1)::text) \
         FROM generate_series(1, 20000) AS n; ANALYZE search_word; ANALYZE lead",
        fresh.id(1)
    );
    fresh.within(1, &fill).await.expect("filled");
    let tx = fresh.db.begin().await.expect("begin");
    tx.execute_unprepared("SELECT set_config('app.org', '00000000-0000-7000-8000-000000000001', true)")
        .await
        .expect("set");
    // What may be used is the question, not what is cheaper today.
    tx.execute_unprepared("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off").await.expect("set");
    let plan = column(
        &tx,
        &format!(
            "EXPLAIN SELECT title FROM lead WHERE org_id = {0} AND id IN (SELECT record_id FROM search_word \
             WHERE org_id = {0} AND record_kind = 'lead' AND word >= 'c4ca4' AND word < 'c4ca4\u{10FFFF}')",
            fresh.id(1)
        ),
    )
    .await
    .join("\n");
    drop(tx);
    let by_word = plan.lines().any(|line| line.contains("Index Cond:") && line.contains("word >= 'c4ca4'"));
    assert!(by_word, "{plan}");
    fresh.gone().await;
}

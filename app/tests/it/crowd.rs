//! Sixty-four at once who move, merge, take apart and close: nothing is lost, and the log knows all of it.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::future::join_all;
use poem::http::Method;
use sea_orm::{ConnectionTrait, QueryResult, Statement, TransactionTrait};
use serde_json::{Value, json};
use testing::{Engine, Person, Reply, TestApp, both};

use crate::house::text;

const CROWD: usize = 64;

async fn made(app: &TestApp, who: &Person, path: &str, body: Value) -> Value {
    app.post(who, path, body).await.expect(201).json()
}

/// As a client does that is told to come again.
async fn patiently(ask: impl AsyncFn() -> Reply) -> Reply {
    for _ in 0..100 {
        let reply = ask().await;
        if reply.status != 503 {
            return reply;
        }
    }
    panic!("never possible");
}

fn path(kind: &str, record: &Value) -> String {
    format!("/api/{kind}/{}/", text(&record["id"]))
}

/// Asks the database itself, within the organisation.
async fn rows(app: &TestApp, who: &Person, sql: &str) -> Vec<QueryResult> {
    let conn = app.database.owner().await;
    let tx = conn.begin().await.expect("a transaction");
    if app.database.engine == Engine::Postgres {
        let org = who.org.expect("an organisation");
        tx.execute_unprepared(&format!("SELECT set_config('app.org', '{org}', true)")).await.expect("set");
    }
    let rows = tx.query_all_raw(Statement::from_string(tx.get_database_backend(), sql)).await.expect("an answer");
    tx.rollback().await.expect("back");
    conn.close().await.expect("closed");
    rows
}

fn number(row: &QueryResult, name: &str) -> i64 {
    row.try_get("", name).expect("a number")
}

/// How many entries of the log each record of this kind has under this verb.
async fn logged(app: &TestApp, who: &Person, kind: &str, verb: &str) -> BTreeMap<String, i64> {
    let sql = format!(
        "SELECT record_id AS id, count(*) AS n FROM change WHERE record_kind = '{kind}' AND verb = '{verb}' GROUP BY record_id"
    );
    let rows = rows(app, who, &sql).await;
    rows.iter().map(|row| (row.try_get::<uuid::Uuid>("", "id").expect("an id").to_string(), number(row, "n"))).collect()
}

both! {
    async fn of_all_who_move_nothing_is_lost(app) {
        let ada = app.admin("Acme").await;
        let bob = app.admin_too(&ada, "Bob").await;
        let board = app.get(&ada, "/api/opportunities/board/").await.expect(200).json();
        let stages: Vec<Value> = board["columns"].as_array().expect("columns")[..3].iter().map(|column| column["stage"]["id"].clone()).collect();
        let mut deals = Vec::new();
        for n in 0..16 {
            let body = json!({ "name": n.to_string(), "amount": "10.01", "currency": "EUR", "pipeline_stage_id": stages[n % 3] });
            deals.push(made(&app, &ada, "/api/opportunities/", body).await);
        }
        // To the top of a stage, and right above and right below one that may be moved itself at the same time.
        let wanted = |n: usize| {
            let (card, other) = (&deals[n % 16], &deals[(n * 5 + 1) % 16]);
            let stage = &stages[n / 3 % 3];
            (card, match n % 3 {
                0 => json!({ "pipeline_stage_id": stage }),
                1 => json!({ "pipeline_stage_id": stage, "before": other["id"] }),
                _ => json!({ "pipeline_stage_id": stage, "after": other["id"] }),
            })
        };
        let moves = join_all((0..CROWD).map(|n| {
            let ((card, wanted), who, app) = (wanted(n), if n % 2 == 0 { &ada } else { &bob }, &app);
            let moving = format!("{}move/", path("opportunities", card));
            async move { patiently(async || app.post(who, &moving, wanted.clone()).await).await }
        })).await;
        let told: Vec<u16> = moves.iter().map(|reply| reply.status.as_u16()).collect();
        // 422: the other one was gone from the stage.
        assert!(told.iter().all(|status| [200, 422].contains(status)), "{told:?}");
        assert!(told.iter().filter(|status| **status == 200).count() > CROWD / 3, "{told:?}");

        let board = app.get(&ada, "/api/opportunities/board/?limit=50").await.expect(200).json();
        let mut seen = BTreeSet::new();
        for column in board["columns"].as_array().expect("columns") {
            let cards = column["results"].as_array().expect("cards");
            assert_eq!(column["count"], cards.len());
            let sums = if cards.is_empty() { json!([]) } else { json!([{ "currency": "EUR", "amount": format!("{}.{:02}", cards.len() * 1001 / 100, cards.len() * 1001 % 100), "count": cards.len() }]) };
            assert_eq!(column["sums"], sums);
            assert!(cards.iter().all(|card| card["stage"] == column["stage"]["status"]), "{column}");
            assert!(cards.iter().all(|card| seen.insert(text(&card["id"]))), "one is in two places");
        }
        assert_eq!(seen.len(), 16);
        let ranks = "SELECT count(*) AS n, count(DISTINCT rank) AS d FROM opportunity GROUP BY stage_id";
        for row in rows(&app, &ada, ranks).await {
            assert_eq!(number(&row, "n"), number(&row, "d"), "two are in the same place");
        }
        let changes = logged(&app, &ada, "opportunity", "changed").await;
        for deal in &deals {
            let now = app.get(&ada, &path("opportunities", deal)).await.expect(200).json();
            let changed = changes.get(&text(&deal["id"])).copied().unwrap_or_default();
            assert_eq!(now["version"], changed + 1, "each change of it is in the log");
            let history = app.get(&ada, &format!("{}stage-history/", path("opportunities", deal))).await.expect(200).json();
            let stays: Vec<&Value> = history["stays"].as_array().expect("stays").iter().map(|stay| &stay["pipeline_stage"]["id"]).collect();
            assert_eq!(stays.last(), Some(&&now["pipeline_stage"]["id"]));
            assert!(stays.windows(2).all(|pair| pair[0] != pair[1]), "a stage was left that it was not in: {stays:?}");
        }
        app.done().await;
    }

    async fn of_all_who_merge_and_take_apart_nothing_is_lost(app) {
        let ada = app.admin("Acme").await;
        let bob = app.admin_too(&ada, "Bob").await;
        let targets = [made(&app, &ada, "/api/cases/", json!({ "name": "One" })).await, made(&app, &ada, "/api/cases/", json!({ "name": "Two" })).await];
        let said = async |case: &Value| {
            let page = app.get(&ada, &format!("/api/cases/comment/{}/?limit=200", text(&case["id"]))).await.expect(200).json();
            page["results"].as_array().expect("comments").iter().map(|comment| text(&comment["body"])).collect::<Vec<_>>()
        };
        let mut sources = Vec::new();
        for n in 0..8 {
            let source = made(&app, &ada, "/api/cases/", json!({ "name": n.to_string(), "watchers": [ada.user] })).await;
            made(&app, &ada, &format!("/api/cases/comment/{}/", text(&source["id"])), json!({ "body": n.to_string() })).await;
            sources.push(source);
        }
        // Each is merged four times, now into the one and now into the other, and taken apart four times.
        let crowd = join_all((0..CROWD).map(|n| {
            let (app, who, source, target) = (&app, if n % 2 == 0 { &ada } else { &bob }, &sources[n / 2 % 8], &targets[n / 16 % 2]);
            let merging = json!({ "others": [source["id"]] });
            async move {
                let reply = if n % 2 == 0 {
                    patiently(async || app.post(who, &format!("{}merge/", path("cases", target)), merging.clone()).await).await
                } else {
                    patiently(async || app.send(Some(who), Method::POST, &format!("{}separation/", path("cases", source)), None).await).await
                };
                (n / 2 % 8, n % 2 == 0, reply)
            }
        })).await;
        let codes: BTreeSet<String> = crowd.iter().filter(|(.., reply)| reply.status != 200).map(|(.., reply)| reply.code()).collect();
        assert!(codes.iter().all(|code| ["already_merged", "not_merged"].contains(&code.as_str())), "{codes:?}");

        let (merged, parted) = (logged(&app, &ada, "case", "merged").await, logged(&app, &ada, "case", "unmerged").await);
        let on = [said(&targets[0]).await, said(&targets[1]).await];
        for (n, source) in sources.iter().enumerate() {
            let done = |merging: bool| crowd.iter().filter(|(of, how, reply)| *of == n && *how == merging && reply.status == 200).count();
            let (merges, partings) = (done(true), done(false));
            let now = app.get(&ada, &path("cases", source)).await.expect(200).json();
            let into = targets.iter().position(|target| target["id"] == now["merged_into"]["id"]);
            assert_eq!(merges, partings + usize::from(into.is_some()), "each merge is there or was taken back once");
            let count = |log: &BTreeMap<String, i64>| log.get(&text(&source["id"])).copied().unwrap_or_default();
            assert_eq!((count(&merged), count(&parted)), (i64::try_from(merges).expect("few"), i64::try_from(partings).expect("few")));
            assert_eq!(now["status"], if into.is_some() { "duplicate" } else { "new" });
            let places = [&said(source).await, &on[0], &on[1]].map(|all| all.iter().filter(|body| **body == n.to_string()).count());
            assert_eq!(places, [into.is_none(), into == Some(0), into == Some(1)].map(usize::from), "said once, where it belongs");
        }
        for (target, there) in targets.iter().zip(&on) {
            let now = app.get(&ada, &path("cases", target)).await.expect(200).json();
            assert_eq!(now["watchers"].as_array().map(Vec::len), Some(usize::from(!there.is_empty())), "{now}");
        }
        app.work().await;
        app.done().await;
    }

    async fn of_all_who_close_one_does(app) {
        let ada = app.admin("Acme").await;
        let bob = app.admin_too(&ada, "Bob").await;
        let parent = made(&app, &ada, "/api/cases/", json!({ "name": "Parent" })).await;
        let mut family = vec![parent.clone()];
        for n in 0..4 {
            family.push(made(&app, &ada, "/api/cases/", json!({ "name": n.to_string(), "parent_id": parent["id"] })).await);
        }
        let closed = join_all((0..CROWD).map(|n| {
            let (app, who, case) = (&app, if n % 2 == 0 { &ada } else { &bob }, if n % 4 == 0 { &family[1 + n / 4 % 4] } else { &parent });
            let closing = format!("{}closing/", path("cases", case));
            async move { patiently(async || app.post(who, &closing, json!({ "with_children": true })).await).await }
        })).await;
        assert!(closed.iter().all(|reply| reply.status == 200));
        let changes = logged(&app, &ada, "case", "changed").await;
        for case in &family {
            let now = app.get(&ada, &path("cases", case)).await.expect(200).json();
            assert_eq!((&now["status"], &now["version"]), (&json!("closed"), &json!(2)), "closed once");
            assert_eq!(changes.get(&text(&case["id"])), Some(&1));
        }
        let deal = made(&app, &ada, "/api/opportunities/", json!({ "name": "Deal", "amount": "10.00", "currency": "EUR" })).await;
        let deal = path("opportunities", &deal);
        let body = |stage: &str| json!({ "stage": stage, "closed_on": "2026-11-05" });
        // All of them have seen it as it was made.
        let told = join_all((0..CROWD).map(|n| {
            let (app, who, deal) = (&app, if n % 2 == 0 { &ada } else { &bob }, &deal);
            let body = body(if n % 2 == 0 { "closed_won" } else { "closed_lost" });
            async move { patiently(async || app.send_with(Some(who), Method::PATCH, deal, &[("if-match", "\"1\"")], Some(body.clone())).await).await.status.as_u16() }
        })).await;
        let winner = told.iter().position(|status| *status == 200).expect("one of them");
        assert_eq!(told.iter().filter(|status| **status == 412).count(), CROWD - 1, "{told:?}");
        let now = app.get(&ada, &deal).await.expect(200).json();
        let expected = if winner % 2 == 0 { ("closed_won", ada.user) } else { ("closed_lost", bob.user) };
        assert_eq!((&now["stage"], &now["closed_by"], &now["version"]), (&json!(expected.0), &json!(expected.1), &json!(2)));
        app.done().await;
    }
}

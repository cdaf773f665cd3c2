//! Pipelines, the boards that show them, and the way of records through their stages.

use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use base::Clock;
use chrono::Duration;
use futures_util::future::join_all;
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use serde_json::{Value, json};
use testing::{Engine, Person, TestApp, both};

async fn made(app: &TestApp, who: &Person, path: &str, body: Value) -> Value {
    app.post(who, path, body).await.expect(201).json()
}

async fn lead(app: &TestApp, who: &Person, title: &str) -> Value {
    made(app, who, "/api/leads/", json!({ "title": title, "company_name": title })).await
}

async fn board(app: &TestApp, who: &Person, path: &str) -> Value {
    app.get(who, path).await.expect(200).json()
}

/// The titles of each column from the top down, by the name of its stage.
fn titles(board: &Value) -> Vec<(String, Vec<String>)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let columns = board["columns"].as_array().expect("columns");
    let column = |column: &Value| {
        let cards = column["results"].as_array().expect("cards");
        (text(&column["stage"]["name"]), cards.iter().map(|card| text(&card["title"])).collect())
    };
    columns.iter().map(column).filter(|(_, cards): &(_, Vec<_>)| !cards.is_empty()).collect()
}

fn column<'a>(board: &'a Value, stage: &str) -> &'a Value {
    let columns = board["columns"].as_array().expect("columns");
    columns.iter().find(|column| column["stage"]["name"] == stage).expect("a stage of that name")
}

fn id(value: &Value) -> &str {
    value["id"].as_str().expect("an id")
}

async fn to(app: &TestApp, who: &Person, lead: &Value, wanted: Value) -> testing::Reply {
    app.post(who, &format!("/api/leads/{}/move/", id(lead)), wanted).await
}

/// A pipeline of leads with a stage for what is new and a small one for demonstrations.
async fn partners(app: &TestApp, ada: &Person, limit: Value) -> Value {
    let body = json!({
        "kind": "lead", "name": "Partners",
        "stages": [
            { "name": "Found", "status": "assigned" },
            { "name": "Demo", "status": "in_process", "wip_limit": limit },
        ],
    });
    made(app, ada, "/api/pipelines/", body).await
}

both! {
    async fn an_organisation_has_a_pipeline_of_each_kind_from_its_first_day(app) {
        let ada = app.admin("Acme").await;
        let bob = app.member(&ada, "Bob").await;
        let all = app.get(&bob, "/api/pipelines/?sort=name").await.expect(200).json();
        let stages = |pipeline: &Value| {
            let stage = |stage: &Value| format!("{} {} {} {}", stage["name"], stage["status"], stage["kind"], stage["probability"]);
            pipeline["stages"].as_array().expect("stages").iter().map(stage).collect::<Vec<_>>().join(", ").replace('"', "")
        };
        let told: Vec<String> = all["results"].as_array().expect("pipelines").iter().map(stages).collect();
        assert_eq!(told, [
            "New new open null, Assigned assigned open null, Pending pending open null, Closed closed done null, \
             Rejected rejected done null, Duplicate duplicate done null",
            "Assigned assigned open null, In process in_process open null, Recycled recycled open null, \
             Converted converted won null, Closed closed lost null",
            "Prospecting prospecting open 10, Qualification qualification open 25, Proposal proposal open 50, \
             Negotiation negotiation open 75, Won closed_won won 100, Lost closed_lost lost 0",
            "New new open null, In progress in_progress open null, Completed completed done null",
        ]);
        let body = json!({ "kind": "lead", "name": "Mine", "stages": [{ "name": "One", "status": "assigned" }] });
        app.post(&bob, "/api/pipelines/", body).await.expect(403);
        app.done().await;
    }

    async fn a_status_leads_to_a_stage_and_a_stage_says_the_status(app) {
        let ada = app.admin("Acme").await;
        let partners = partners(&app, &ada, Value::Null).await;
        let (found, demo) = (&partners["stages"][0], &partners["stages"][1]);
        let one = lead(&app, &ada, "One").await;
        assert_eq!(one["pipeline_stage"]["name"], "Assigned");
        let path = format!("/api/leads/{}/", id(&one));
        let change = async |body: Value| app.patch(&ada, &path, body).await.expect(200).json();
        let there = change(json!({ "pipeline_stage_id": id(found) })).await;
        assert_eq!((&there["pipeline_stage"]["name"], &there["status"]), (&json!("Found"), &json!("assigned")));
        let there = change(json!({ "status": "in_process" })).await;
        assert_eq!(there["pipeline_stage"]["id"], demo["id"], "the first of that status in the same pipeline");
        let there = change(json!({ "status": "recycled" })).await;
        assert_eq!(there["pipeline_stage"]["name"], "Recycled", "the pipeline has none, so the built-in one");
        let there = change(json!({ "title": "Other" })).await;
        assert_eq!(there["pipeline_stage"]["name"], "Recycled");
        let refused = app.patch(&ada, &path, json!({ "pipeline_stage_id": partners["id"] })).await.expect(422);
        assert_eq!(refused.pointers(), ["/pipeline_stage_id"]);
        let tasks = app.get(&ada, "/api/pipelines/?kind=task").await.expect(200).json();
        let of_tasks = json!({ "pipeline_stage_id": tasks["results"][0]["stages"][0]["id"] });
        app.patch(&ada, &path, of_tasks).await.expect(422);
        let history = app.get(&ada, &format!("{path}stage-history/")).await.expect(200).json();
        let stays: Vec<&Value> = history["stays"].as_array().expect("stays").iter().map(|stay| &stay["pipeline_stage"]["name"]).collect();
        assert_eq!(stays, ["Assigned", "Found", "Demo", "Recycled"]);
        assert_eq!(history["stays"][3]["left_at"], Value::Null);
        app.done().await;
    }

    async fn a_conversion_is_a_move_too(app) {
        let ada = app.admin("Acme").await;
        let one = lead(&app, &ada, "One").await;
        app.post(&ada, &format!("/api/leads/{}/conversion/", id(&one)), json!({})).await.expect(201);
        let board = board(&app, &ada, "/api/leads/board/").await;
        assert_eq!(titles(&board), [("Converted".to_owned(), vec!["One".to_owned()])]);
        let stage = column(&board, "Assigned")["stage"]["id"].clone();
        let refused = to(&app, &ada, &one, json!({ "pipeline_stage_id": stage })).await.expect(409);
        assert_eq!(refused.code(), "converted");
        let other = lead(&app, &ada, "Other").await;
        let converted = column(&board, "Converted")["stage"]["id"].clone();
        let refused = to(&app, &ada, &other, json!({ "pipeline_stage_id": converted })).await.expect(422);
        assert_eq!(refused.pointers(), ["/status"]);
        app.done().await;
    }

    async fn a_card_is_moved_before_or_after_another(app) {
        let ada = app.admin("Acme").await;
        let mut leads = Vec::new();
        for title in ["A", "B", "C", "D"] {
            leads.push(lead(&app, &ada, title).await);
        }
        let order = async || titles(&board(&app, &ada, "/api/leads/board/").await)[0].1.concat();
        assert_eq!(order().await, "DCBA", "what comes in goes on top");
        to(&app, &ada, &leads[0], json!({ "before": leads[2]["id"] })).await.expect(200);
        assert_eq!(order().await, "DACB");
        to(&app, &ada, &leads[3], json!({ "after": leads[1]["id"] })).await.expect(200);
        assert_eq!(order().await, "ACBD");
        to(&app, &ada, &leads[3], json!({ "after": leads[0]["id"] })).await.expect(200);
        assert_eq!(order().await, "ADCB");
        to(&app, &ada, &leads[1], json!({})).await.expect(200);
        assert_eq!(order().await, "BADC");
        for wanted in [
            json!({ "before": leads[0]["id"], "after": leads[1]["id"] }),
            json!({ "before": leads[2]["id"] }),
            json!({ "before": "01900000-0000-7000-8000-000000000000" }),
        ] {
            to(&app, &ada, &leads[2], wanted).await.expect(422);
        }
        app.done().await;
    }

    async fn a_column_goes_on_in_the_list(app) {
        let ada = app.admin("Acme").await;
        for n in 0..5 {
            lead(&app, &ada, &n.to_string()).await;
        }
        let board = board(&app, &ada, "/api/leads/board/?limit=2").await;
        assert_eq!(titles(&board)[0].1, ["4", "3"]);
        let first = column(&board, "Assigned");
        assert_eq!(first["count"], 5);
        let path = format!(
            "/api/leads/?pipeline_stage_id={}&sort=-rank&limit=2&cursor={}",
            id(&first["stage"]), first["next"].as_str().expect("more"),
        );
        let rest = app.get(&ada, &path).await.expect(200).json();
        let titles: Vec<&Value> = rest["results"].as_array().expect("rows").iter().map(|row| &row["title"]).collect();
        assert_eq!(titles, ["2", "1"]);
        assert_eq!(column(&board, "Closed")["next"], Value::Null);
        app.done().await;
    }

    async fn a_board_counts_and_sums_what_one_may_see(app) {
        let ada = app.admin("Acme").await;
        let bob = app.member(&ada, "Bob").await;
        for (amount, currency, whose) in [("0.10", "EUR", true), ("0.20", "EUR", true), ("7.00", "USD", true), ("5.00", "EUR", false)] {
            let assigned_to = if whose { json!([bob.user]) } else { json!([]) };
            let body = json!({ "name": amount, "amount": amount, "currency": currency, "assigned_to": assigned_to });
            made(&app, &ada, "/api/opportunities/", body).await;
        }
        made(&app, &bob, "/api/opportunities/", json!({ "name": "none yet" })).await;
        let of = async |who: &Person| {
            let board = board(&app, who, "/api/opportunities/board/").await;
            let first = column(&board, "Prospecting");
            (first["count"].clone(), first["sums"].clone(), first["results"].as_array().map_or(0, Vec::len))
        };
        let sum = |currency: &str, amount: &str, count: u64| json!({ "currency": currency, "amount": amount, "count": count });
        assert_eq!(of(&bob).await, (json!(4), json!([sum("EUR", "0.30", 2), sum("USD", "7.00", 1)]), 4));
        assert_eq!(of(&ada).await, (json!(5), json!([sum("EUR", "5.30", 3), sum("USD", "7.00", 1)]), 5));
        app.done().await;
    }

    async fn no_more_stand_in_a_stage_than_its_limit_says(app) {
        let ada = app.admin("Acme").await;
        let partners = partners(&app, &ada, json!(3)).await;
        let demo = json!({ "pipeline_stage_id": partners["stages"][1]["id"] });
        let mut leads = Vec::new();
        for n in 0..12 {
            leads.push(lead(&app, &ada, &n.to_string()).await);
        }
        let moves = join_all(leads.iter().map(|lead| to(&app, &ada, lead, demo.clone()))).await;
        let moved = moves.iter().filter(|reply| reply.status.is_success()).count();
        assert_eq!(moved, 3);
        let refused = moves.iter().find(|reply| !reply.status.is_success()).expect("somebody was too late");
        assert_eq!((refused.status.as_u16(), refused.code().as_str()), (409, "wip_limit_reached"));
        let new = json!({ "title": "New", "pipeline_stage_id": partners["stages"][1]["id"] });
        app.post(&ada, "/api/leads/", new.clone()).await.expect(409);
        let out = leads.iter().zip(&moves).find(|(_, reply)| reply.status.is_success()).expect("one is in").0;
        app.delete(&ada, &format!("/api/leads/{}/", id(out))).await.expect(204);
        app.post(&ada, "/api/leads/", new).await.expect(201);
        app.done().await;
    }

    async fn a_hundred_moves_at_once_keep_one_order(app) {
        let ada = app.admin("Acme").await;
        let mut leads = Vec::new();
        for n in 0..20 {
            leads.push(lead(&app, &ada, &n.to_string()).await);
        }
        let wanted = |n: usize| {
            let (card, beside) = (&leads[n % 20], &leads[(n * 7 + 3) % 20]);
            let side = if n.is_multiple_of(2) { "before" } else { "after" };
            (card, json!({ side: beside["id"] }))
        };
        let moves = (0..100).map(wanted).filter(|(card, wanted)| wanted.as_object().is_some_and(|side| side.values().all(|id| *id != card["id"])));
        let moves = join_all(moves.map(async |(card, wanted)| {
            // Whoever waits too long for the others is told to come again.
            loop {
                let reply = to(&app, &ada, card, wanted.clone()).await;
                if reply.status.as_u16() != 503 {
                    return reply;
                }
            }
        }))
        .await;
        assert!(moves.len() > 90 && moves.iter().all(|reply| reply.status.is_success()), "{:?}", moves.iter().find(|reply| !reply.status.is_success()).map(testing::Reply::json));
        let board = board(&app, &ada, "/api/leads/board/?limit=50").await;
        let order = &titles(&board)[0].1;
        let different: BTreeSet<&String> = order.iter().collect();
        assert_eq!((order.len(), different.len()), (20, 20));
        let first = &column(&board, "Assigned")["results"];
        let moved = leads.iter().find(|lead| lead["id"] != first[0]["id"] && lead["id"] != first[1]["id"]);
        to(&app, &ada, moved.expect("another"), json!({ "before": first[1]["id"] })).await.expect(200);
        app.done().await;
    }

    async fn a_stage_goes_when_nothing_stands_in_it(app) {
        let ada = app.admin("Acme").await;
        let partners = partners(&app, &ada, Value::Null).await;
        let path = format!("/api/pipelines/{}/", id(&partners));
        let stage = |n: usize| json!({ "id": partners["stages"][n]["id"], "name": format!("Stage {n}"), "status": partners["stages"][n]["status"] });
        let one = lead(&app, &ada, "One").await;
        to(&app, &ada, &one, json!({ "pipeline_stage_id": partners["stages"][1]["id"] })).await.expect(200);
        let refused = app.patch(&ada, &path, json!({ "stages": [stage(0)] })).await.expect(409);
        assert_eq!(refused.code(), "stage_in_use");
        app.delete(&ada, &path).await.expect(409);
        let turned = app.patch(&ada, &path, json!({ "stages": [stage(1), { "name": "New", "status": "closed" }, stage(0)] })).await.expect(200).json();
        let names: Vec<&Value> = turned["stages"].as_array().expect("stages").iter().map(|stage| &stage["name"]).collect();
        assert_eq!(names, ["Stage 1", "New", "Stage 0"]);
        to(&app, &ada, &one, json!({ "pipeline_stage_id": partners["stages"][0]["id"] })).await.expect(200);
        let mut other = stage(0);
        other["status"] = json!("recycled");
        let refused = app.patch(&ada, &path, json!({ "stages": [other] })).await.expect(409);
        assert_eq!(refused.code(), "stage_in_use", "what stands in it would have another status than its stage");
        let less = app.patch(&ada, &path, json!({ "stages": [stage(0)] })).await.expect(200).json();
        assert_eq!(less["stages"].as_array().map(Vec::len), Some(1));
        let history = app.get(&ada, &format!("/api/leads/{}/stage-history/", id(&one))).await.expect(200).json();
        assert_eq!(history["stays"][1]["pipeline_stage"]["name"], "Stage 1", "a stage that is gone keeps its name");
        let board = board(&app, &ada, &format!("/api/leads/board/?pipeline_id={}", id(&partners))).await;
        assert_eq!(titles(&board), [("Stage 0".to_owned(), vec!["One".to_owned()])]);
        app.delete(&ada, &format!("/api/leads/{}/", id(&one))).await.expect(204);
        app.delete(&ada, &path).await.expect(409);
        app.done().await;
    }

    async fn a_built_in_pipeline_stays(app) {
        let ada = app.admin("Acme").await;
        let all = app.get(&ada, "/api/pipelines/?kind=task").await.expect(200).json();
        let built_in = &all["results"][0];
        let path = format!("/api/pipelines/{}/", id(built_in));
        assert_eq!(app.delete(&ada, &path).await.expect(409).code(), "built_in");
        let stages = json!([{ "id": built_in["stages"][0]["id"], "name": "Inbox", "status": "new" }]);
        assert_eq!(app.patch(&ada, &path, json!({ "stages": stages })).await.expect(422).pointers(), ["/stages"]);
        let mut stages = built_in["stages"].clone();
        for stage in stages.as_array_mut().expect("stages") {
            stage.as_object_mut().expect("a stage").retain(|name, value| ["id", "name", "status", "wip_limit"].contains(&name.as_str()) && !value.is_null());
        }
        stages[0]["name"] = json!("Inbox");
        let changed = app.patch(&ada, &path, json!({ "stages": stages })).await.expect(200).json();
        assert_eq!(changed["stages"][0]["name"], "Inbox");
        stages[0]["status"] = json!("completed");
        app.patch(&ada, &path, json!({ "stages": stages })).await.expect(422);
        app.done().await;
    }

    async fn a_pipeline_must_make_sense(app) {
        let ada = app.admin("Acme").await;
        let body = json!({
            "kind": "lead", "name": "Odd",
            "stages": [
                { "name": "One", "status": "closed_won" },
                { "name": "one", "status": "assigned", "probability": 10, "expected_days": 9, "warning_days": 3 },
                { "id": "01900000-0000-7000-8000-000000000000", "name": "Two", "status": "assigned" },
            ],
        });
        let refused = app.post(&ada, "/api/pipelines/", body).await.expect(422);
        let mut pointers = refused.pointers();
        pointers.sort();
        assert_eq!(pointers, [
            "/stages/0/status", "/stages/1/name", "/stages/1/probability", "/stages/1/warning_days", "/stages/2/id",
        ]);
        app.done().await;
    }

    async fn a_deal_is_won_by_its_stage(app) {
        let ada = app.admin("Acme").await;
        let deal = made(&app, &ada, "/api/opportunities/", json!({ "name": "Deal", "probability": 33 })).await;
        let board = board(&app, &ada, "/api/opportunities/board/").await;
        let path = format!("/api/opportunities/{}/", id(&deal));
        let to = async |stage: &str| {
            let wanted = json!({ "pipeline_stage_id": column(&board, stage)["stage"]["id"] });
            app.post(&ada, &format!("{path}move/"), wanted).await
        };
        let there = to("Proposal").await.expect(200).json();
        assert_eq!((&there["stage"], &there["probability"]), (&json!("proposal"), &json!(50)));
        assert_eq!(to("Won").await.expect(422).pointers(), ["/amount"], "nothing is won for nothing");
        app.patch(&ada, &path, json!({ "amount": "10.00", "currency": "EUR", "closed_on": "2027-01-31" })).await.expect(200);
        let won = to("Won").await.expect(200).json();
        let today = testing::noon().date_naive().to_string();
        assert_eq!((&won["probability"], &won["closed_on"]), (&json!(100), &json!(today)));
        assert_eq!(won["closed_by"], json!(ada.user));
        let again = to("Qualification").await.expect(200).json();
        assert_eq!((&again["probability"], &again["closed_on"], &again["closed_by"]), (&json!(25), &Value::Null, &Value::Null));
        let kept = app.patch(&ada, &path, json!({ "probability": 40 })).await.expect(200).json();
        assert_eq!(kept["probability"], 40);
        app.done().await;
    }

    async fn every_record_stands_in_a_stage_of_its_status(app) {
        let ada = app.admin("Acme").await;
        crate::house::furnish(&app, &ada).await;
        let conn = app.database.owner().await;
        let backend = conn.get_database_backend();
        let rows = async |sql: String| conn.query_all_raw(Statement::from_string(backend, sql)).await.expect("rows");
        // Whatever stands in a stage since some time goes through a pipeline.
        let staged = if backend == DbBackend::Sqlite {
            "SELECT m.name AS name, max(c.name = 'status') AS has_status FROM sqlite_master m JOIN pragma_table_info(m.name) c \
             WHERE m.type = 'table' GROUP BY m.name HAVING max(c.name = 'stage_entered_at')"
        } else {
            "SELECT table_name::text AS name, max((column_name = 'status')::int) AS has_status FROM information_schema.columns \
             WHERE table_schema = 'public' GROUP BY table_name HAVING max((column_name = 'stage_entered_at')::int) = 1"
        };
        let staged = rows(staged.to_owned()).await;
        assert_eq!(staged.len(), pipelines::BUILT_IN.len());
        for table in staged {
            let name: String = table.try_get("", "name").expect("a name");
            let status = if table.try_get::<i32>("", "has_status").expect("a number") == 1 { "status" } else { "stage" };
            let sql = format!(
                "SELECT count(*) AS all_of_them, count(CASE WHEN stage.status = it.{status} AND it.rank <> '' THEN 1 END) AS right_ones \
                 FROM \"{name}\" it LEFT JOIN stage ON stage.id = it.stage_id"
            );
            let row = rows(sql).await.pop().expect("a row");
            let [all, right]: [i64; 2] = ["all_of_them", "right_ones"].map(|name| row.try_get("", name).expect("a number"));
            assert_eq!(all, right, "{name}");
            // On PostgreSQL the owner, too, sees no organisation's rows.
            assert!(all > 0 || backend == DbBackend::Postgres, "{name}");
        }
        app.done().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deal_ages_in_its_stage() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let moved = Arc::new(AtomicI64::new(0));
        let Some(app) = TestApp::start_with(engine, Clock::Moved(testing::noon(), moved.clone()), &[]).await else {
            continue;
        };
        let ada = app.admin("Acme").await;
        let deal = made(&app, &ada, "/api/opportunities/", json!({ "name": "Deal" })).await;
        let mut told = Vec::new();
        for days in [14, 15, 21, 22] {
            moved.store(Duration::days(days).num_microseconds().expect("few"), Ordering::Relaxed);
            let ada = app.logged_in(&ada).await;
            let shown = app.get(&ada, &format!("/api/opportunities/{}/", id(&deal))).await.expect(200).json();
            assert_eq!(shown["days_in_stage"], days);
            told.push(shown["ageing"].clone());
        }
        assert_eq!(told, ["green", "yellow", "yellow", "red"]);
        let ada = app.logged_in(&ada).await;
        let path = format!("/api/opportunities/{}/", id(&deal));
        let on = app.patch(&ada, &path, json!({ "stage": "proposal" })).await.expect(200).json();
        assert_eq!((&on["ageing"], &on["days_in_stage"]), (&json!("green"), &json!(0)));
        app.done().await;
    }
}

//! Cases on their board: a move there is a change of status, with all that follows from it.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use base::Clock;
use futures_util::future::join_all;
use poem::http::Method;
use serde_json::{Value, json};
use testing::{Engine, Person, Reply, TestApp, both};

async fn case(app: &TestApp, who: &Person, body: Value) -> Value {
    app.post(who, "/api/cases/", body).await.expect(201).json()
}

fn id(value: &Value) -> &str {
    value["id"].as_str().expect("an id")
}

fn path(case: &Value) -> String {
    format!("/api/cases/{}/", id(case))
}

async fn again(app: &TestApp, who: &Person, case: &Value) -> Value {
    app.get(who, &path(case)).await.expect(200).json()
}

async fn board(app: &TestApp, who: &Person) -> Value {
    app.get(who, "/api/cases/board/?limit=50").await.expect(200).json()
}

/// The built-in stage of a status.
async fn stage(app: &TestApp, who: &Person, status: &str) -> Value {
    let board = board(app, who).await;
    let columns = board["columns"].as_array().expect("columns");
    columns.iter().find(|column| column["stage"]["status"] == status).expect("a stage")["stage"].clone()
}

async fn to(app: &TestApp, who: &Person, case: &Value, stage: &Value) -> Reply {
    app.post(who, &format!("{}move/", path(case)), json!({ "pipeline_stage_id": stage["id"] })).await
}

/// How many there are in each column that is not empty.
fn counts(board: &Value) -> Vec<(String, u64)> {
    let columns = board["columns"].as_array().expect("columns").iter();
    let count = |column: &Value| {
        (column["stage"]["status"].as_str().expect("a status").to_owned(), column["count"].as_u64().expect("a number"))
    };
    columns.map(count).filter(|(_, count)| *count > 0).collect()
}

/// A pipeline of its own for repairs.
async fn repairs(app: &TestApp, ada: &Person) -> Value {
    let stages = json!([
        { "name": "Reported", "status": "new" }, { "name": "Technician there", "status": "assigned" },
        { "name": "Spare part ordered", "status": "pending" }, { "name": "Repaired", "status": "closed" },
    ]);
    let body = json!({ "kind": "case", "name": "Repairs", "stages": stages });
    app.post(ada, "/api/pipelines/", body).await.expect(201).json()
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

/// What two cases must have in common that went the same way.
fn fate(case: &Value) -> Vec<Value> {
    ["status", "pipeline_stage", "stage_entered_at", "closed_at", "closed_on", "closed_by", "sla"]
        .map(|name| case[name].clone())
        .to_vec()
}

/// Sixty-four moves and eight closings at once, and what must hold then.
async fn moved_and_closed(app: &TestApp, ada: &Person, built_in: &Value, top: &Value, parts: &[Value]) {
    let moving = join_all((0..64).map(|n| {
        let (card, beside, stage) = (&parts[n % 16], &parts[(n * 5 + 3) % 16], &built_in["stages"][n % 4]);
        let wanted =
            if n % 3 == 0 { json!({ "after": beside["id"] }) } else { json!({ "pipeline_stage_id": stage["id"] }) };
        let path = format!("{}move/", path(card));
        async move { patiently(async || app.post(ada, &path, wanted.clone()).await).await }
    }));
    let closing = format!("{}closing/", path(top));
    let closing =
        join_all((0..8).map(|_| patiently(async || app.post(ada, &closing, json!({ "with_children": true })).await)));
    let (moved, closed) = tokio::join!(moving, closing);
    assert!(closed.iter().all(|reply| reply.status == 200));
    // A card that is to stand beside another may find that one gone to another stage.
    let fine = |reply: &Reply| reply.status == 200 || reply.status == 422 && reply.pointers() == ["/after"];
    assert!(moved.iter().all(fine), "{:?}", moved.iter().find(|reply| !fine(reply)).map(Reply::json));
    let shown = board(app, ada).await;
    assert_eq!(counts(&shown).iter().map(|(_, count)| count).sum::<u64>(), 17, "each stands somewhere");
    for column in shown["columns"].as_array().expect("columns") {
        let cards = column["results"].as_array().expect("cards");
        assert_eq!(cards.len() as u64, column["count"].as_u64().expect("a number"));
        for card in cards {
            assert_eq!(card["status"], column["stage"]["status"]);
            assert_eq!(card["closed_at"].is_null(), column["stage"]["kind"] == "open", "{card}");
        }
    }
    for part in parts {
        let history = app.get(ada, &format!("{}stage-history/", path(part))).await.expect(200).json();
        let stays = history["stays"].as_array().expect("stays");
        assert!(
            stays.windows(2).all(|pair| pair[0]["pipeline_stage"]["id"] != pair[1]["pipeline_stage"]["id"]),
            "{stays:?}"
        );
        assert_eq!(stays.last().expect("one")["pipeline_stage"], again(app, ada, part).await["pipeline_stage"]);
    }
}

both! {
    async fn a_case_stands_in_the_stage_of_its_status(app) {
        let ada = app.admin("Acme").await;
        let made = case(&app, &ada, json!({ "name": "Lift" })).await;
        assert_eq!(made["pipeline_stage"]["name"], "New");
        let pending = app.patch(&ada, &path(&made), json!({ "status": "pending" })).await.expect(200).json();
        assert_eq!(pending["pipeline_stage"]["name"], "Pending");
        let closed = to(&app, &ada, &made, &stage(&app, &ada, "closed").await).await.expect(200).json();
        assert_eq!((&closed["status"], &closed["closed_by"]), (&json!("closed"), &json!(ada.user)));
        let repairs = repairs(&app, &ada).await;
        let there = app.patch(&ada, &path(&made), json!({ "pipeline_stage_id": repairs["stages"][1]["id"], "status": "new" })).await.expect(200).json();
        assert_eq!((&there["status"], &there["closed_at"]), (&json!("assigned"), &Value::Null), "the stage says the status");
        let part = app.patch(&ada, &path(&made), json!({ "status": "pending" })).await.expect(200).json();
        assert_eq!(part["pipeline_stage"]["name"], "Spare part ordered", "in the pipeline where it stands");
        let rejected = app.patch(&ada, &path(&made), json!({ "status": "rejected" })).await.expect(200).json();
        assert_eq!(rejected["pipeline_stage"]["name"], "Rejected", "or else in the built-in one");
        let history = app.get(&ada, &format!("{}stage-history/", path(&made))).await.expect(200).json();
        let stays: Vec<&Value> = history["stays"].as_array().expect("stays").iter().map(|stay| &stay["pipeline_stage"]["name"]).collect();
        assert_eq!(stays, ["New", "Pending", "Closed", "Technician there", "Spare part ordered", "Rejected"]);
        let straight = case(&app, &ada, json!({ "name": "Door", "pipeline_stage_id": repairs["stages"][2]["id"] })).await;
        assert_eq!((&straight["status"], &straight["sla"]["state"]), (&json!("pending"), &json!("paused")));
        let found = app.get(&ada, &format!("/api/cases/?pipeline_stage_id={}&sort=-rank", id(&repairs["stages"][2]))).await.expect(200).json();
        assert_eq!((&found["count"], &found["results"][0]["id"]), (&json!(1), &straight["id"]));
        let of_leads = app.get(&ada, "/api/leads/board/").await.expect(200).json()["columns"][0]["stage"].clone();
        assert_eq!(to(&app, &ada, &made, &of_leads).await.expect(422).pointers(), ["/pipeline_stage_id"]);
        app.done().await;
    }

    async fn the_board_counts_what_one_may_see(app) {
        let ada = app.admin("Acme").await;
        let bob = app.member(&ada, "Bob").await;
        for (status, whose) in [("new", true), ("new", false), ("pending", true), ("closed", false)] {
            let assigned_to = if whose { json!([bob.user]) } else { json!([]) };
            case(&app, &ada, json!({ "name": status, "status": status, "assigned_to": assigned_to })).await;
        }
        let told = |all: &[(&str, u64)]| all.iter().map(|(status, count)| ((*status).to_owned(), *count)).collect::<Vec<_>>();
        assert_eq!(counts(&board(&app, &ada).await), told(&[("new", 2), ("pending", 1), ("closed", 1)]));
        assert_eq!(counts(&board(&app, &bob).await), told(&[("new", 1), ("pending", 1)]));
        app.work().await;
        app.done().await;
    }

    async fn a_merged_case_stands_among_the_duplicates_until_it_is_taken_out(app) {
        let ada = app.admin("Acme").await;
        let repairs = repairs(&app, &ada).await;
        let target = case(&app, &ada, json!({ "name": "Lift" })).await;
        let source = case(&app, &ada, json!({ "name": "Lift again", "pipeline_stage_id": repairs["stages"][1]["id"] })).await;
        let gone = case(&app, &ada, json!({ "name": "Lift, too", "pipeline_stage_id": repairs["stages"][2]["id"] })).await;
        app.post(&ada, &format!("{}merge/", path(&target)), json!({ "others": [source["id"], gone["id"]] })).await.expect(200);
        assert_eq!(again(&app, &ada, &source).await["pipeline_stage"]["name"], "Duplicate");
        let refused = to(&app, &ada, &source, &repairs["stages"][0]).await.expect(422);
        assert_eq!(refused.json()["errors"][0]["code"], "merged");
        let kept: Vec<Value> = [0, 1, 3].iter().map(|place: &usize| {
            let stage = &repairs["stages"][*place];
            json!({ "id": stage["id"], "name": stage["name"], "status": stage["status"] })
        }).collect();
        app.patch(&ada, &format!("/api/pipelines/{}/", id(&repairs)), json!({ "stages": kept })).await.expect(200);
        for (case, stage, status) in [(&source, "Technician there", "assigned"), (&gone, "Pending", "pending")] {
            let apart = app.send(Some(&ada), Method::POST, &format!("{}separation/", path(case)), None).await.expect(200).json();
            assert_eq!((&apart["pipeline_stage"]["name"], &apart["status"]), (&json!(stage), &json!(status)));
        }
        app.done().await;
    }

    async fn a_case_is_closed_in_its_own_pipeline_with_what_is_beneath_it(app) {
        let ada = app.admin("Acme").await;
        let repairs = repairs(&app, &ada).await;
        let top = case(&app, &ada, json!({ "name": "House" })).await;
        let part = case(&app, &ada, json!({ "name": "Lift", "parent_id": top["id"], "pipeline_stage_id": repairs["stages"][0]["id"] })).await;
        app.post(&ada, &format!("{}closing/", path(&top)), json!({ "with_children": true })).await.expect(200);
        assert_eq!(again(&app, &ada, &top).await["pipeline_stage"]["name"], "Closed");
        assert_eq!(again(&app, &ada, &part).await["pipeline_stage"]["name"], "Repaired");
        app.done().await;
    }

    async fn who_watches_is_told_of_a_move(app) {
        let ada = app.admin("Acme").await;
        let mia = app.member(&ada, "Mia").await;
        let made = case(&app, &ada, json!({ "name": "Lift", "assigned_to": [mia.user], "watchers": [mia.user] })).await;
        app.work().await;
        let before = app.mails().len();
        to(&app, &ada, &made, &stage(&app, &ada, "pending").await).await.expect(200);
        app.post(&ada, &format!("{}move/", path(&made)), json!({})).await.expect(200);
        app.work().await;
        let news: Vec<String> = app.mails().split_off(before);
        assert!(news.len() == 1 && news[0].contains(&mia.email) && news[0].contains("It is pending now."), "{news:?}");
        app.done().await;
    }

    async fn a_full_stage_turns_members_away_and_no_customer(app) {
        let ada = app.admin("Acme").await;
        let built_in = app.get(&ada, "/api/pipelines/?kind=case").await.expect(200).json()["results"][0].clone();
        let mut stages = built_in["stages"].clone();
        for stage in stages.as_array_mut().expect("stages") {
            stage.as_object_mut().expect("a stage").retain(|name, _| ["id", "name", "status"].contains(&name.as_str()));
        }
        stages[0]["wip_limit"] = json!(1);
        app.patch(&ada, &format!("/api/pipelines/{}/", id(&built_in)), json!({ "stages": stages })).await.expect(200);
        case(&app, &ada, json!({ "name": "First" })).await;
        assert_eq!(app.post(&ada, "/api/cases/", json!({ "name": "Second" })).await.expect(409).code(), "wip_limit_reached");
        let mailbox = json!({ "name": "Support", "address": "support@harbour.example" });
        let key = app.post(&ada, "/api/mailboxes/", mailbox).await.expect(201).json()["key"].as_str().expect("a key").to_owned();
        let mail = "From: greta@elbe.example\nMessage-ID: <1@elbe.example>\nSubject: Lift\n\nIt goes up.";
        assert_eq!(crate::inbound::deliver(&app, &key, mail).await.expect(200).json()["status"], "stored");
        assert_eq!(counts(&board(&app, &ada).await), [("new".to_owned(), 2)]);
        app.work().await;
        app.done().await;
    }

    async fn of_many_who_move_and_close_at_once_nothing_is_lost(app) {
        let ada = app.admin("Acme").await;
        let built_in = app.get(&ada, "/api/pipelines/?kind=case").await.expect(200).json()["results"][0].clone();
        // With a limit the stage of what is closed is held, too.
        let mut stages = built_in["stages"].clone();
        for stage in stages.as_array_mut().expect("stages") {
            stage.as_object_mut().expect("a stage").retain(|name, _| ["id", "name", "status"].contains(&name.as_str()));
        }
        stages[3]["wip_limit"] = json!(100);
        app.patch(&ada, &format!("/api/pipelines/{}/", id(&built_in)), json!({ "stages": stages })).await.expect(200);
        let top = case(&app, &ada, json!({ "name": "Top" })).await;
        let mut parts = Vec::new();
        for n in 0..16 {
            parts.push(case(&app, &ada, json!({ "name": format!("Part {n}"), "parent_id": top["id"] })).await);
        }
        moved_and_closed(&app, &ada, &built_in, &top, &parts).await;
        app.work().await;
        app.done().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_moves_a_case_changes_its_status() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let moved = Arc::new(AtomicI64::new(0));
        let Some(app) = TestApp::start_with(engine, Clock::Moved(testing::noon(), moved.clone()), &[]).await else {
            continue;
        };
        let ada = app.admin("Acme").await;
        let (patched, carried) =
            (case(&app, &ada, json!({ "name": "Lift" })).await, case(&app, &ada, json!({ "name": "Lift" })).await);
        let steps = [
            "assigned",
            "pending",
            "assigned",
            "closed",
            "rejected",
            "new",
            "pending",
            "duplicate",
            "pending",
            "closed",
        ];
        for (hours, status) in (1_i64..).zip(steps) {
            moved.store(hours * 3_600_000_000, Ordering::Relaxed);
            app.work().await;
            let ada = app.logged_in(&ada).await;
            let one = app.patch(&ada, &path(&patched), json!({ "status": status })).await.expect(200).json();
            let other = to(&app, &ada, &carried, &stage(&app, &ada, status).await).await.expect(200).json();
            assert_eq!(fate(&one), fate(&other), "{status}");
            assert_eq!(one["status"], status);
        }
        let ada = app.logged_in(&ada).await;
        let dones: Vec<Value> = [again(&app, &ada, &patched).await, again(&app, &ada, &carried).await]
            .iter()
            .map(|case| case["sla"]["resolution"].clone())
            .collect();
        assert_eq!(dones[0], dones[1]);
        assert!(!dones[0]["done_at"].is_null(), "{dones:?}");
        app.work().await;
        app.done().await;
    }
}

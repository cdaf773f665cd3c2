//! What is promised for a case, and what happens when it is late.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use base::Clock;
use chrono::{DateTime, Duration, Utc};
use serde_json::{Value, json};
use testing::{Engine, Person, TestApp, both};

/// A server whose clock can be moved on.
pub struct Later {
    pub app: TestApp,
    moved: Arc<AtomicI64>,
}

impl Later {
    pub async fn start(engine: Engine) -> Option<Self> {
        let moved = Arc::new(AtomicI64::new(0));
        let app = TestApp::start_with(engine, Clock::Moved(testing::noon(), moved.clone()), &[]).await?;
        Some(Self { app, moved })
    }

    /// So many seconds after the beginning, with what is to be done by then.
    pub async fn at(&self, seconds: i64) {
        self.moved.store(seconds * 1_000_000, Ordering::Relaxed);
        self.app.work().await;
    }

    fn mails(&self, words: &str) -> usize {
        self.app.mails().iter().filter(|mail| mail.contains(words)).count()
    }
}

async fn case(app: &TestApp, who: &Person, body: Value) -> Value {
    app.post(who, "/api/cases/", body).await.expect(201).json()
}

fn path(case: &Value) -> String {
    format!("/api/cases/{}/", case["id"].as_str().expect("an id"))
}

async fn say(app: &TestApp, who: &Person, case: &Value, visibility: &str) -> String {
    let said = json!({ "body": "We look into it.", "visibility": visibility });
    let comments = format!("/api/cases/comment/{}/", case["id"].as_str().expect("an id"));
    app.post(who, &comments, said).await.expect(201).id().to_string()
}

fn after(hours: i64) -> Value {
    json!(testing::noon() + Duration::hours(hours))
}

fn same(due: &Value, expected: DateTime<Utc>) -> bool {
    due.as_str().and_then(|due| due.parse::<DateTime<Utc>>().ok()) == Some(expected)
}

const HOUR: i64 = 3_600;

both! {
    async fn without_any_policy_the_usual_is_promised_around_the_clock(app) {
        let ada = app.admin("Acme").await;
        for (priority, answer, solution) in [("urgent", 1, 4), ("high", 4, 24), ("normal", 8, 48), ("low", 24, 72)] {
            let made = case(&app, &ada, json!({ "name": "Lift", "priority": priority })).await;
            let sla = &made["sla"];
            assert_eq!((&sla["state"], &sla["policy_id"], &sla["first_response"]["target"]), (&json!("on_track"), &Value::Null, &json!(answer * HOUR)));
            assert!(same(&sla["first_response"]["due"], testing::noon() + Duration::hours(answer)), "{sla}");
            assert!(same(&sla["resolution"]["due"], testing::noon() + Duration::hours(solution)), "{sla}");
        }
        let late = after(4).as_str().expect("a time").to_owned();
        let found = app.get(&ada, &format!("/api/cases/?resolution_due__lte={late}")).await.expect(200).json();
        assert_eq!((&found["count"], &found["results"][0]["priority"]), (&json!(1), &json!("urgent")));
        app.done().await;
    }

    async fn the_first_public_comment_of_a_member_is_the_answer(app) {
        let ada = app.admin("Acme").await;
        let made = case(&app, &ada, json!({ "name": "Lift" })).await;
        let note = say(&app, &ada, &made, "internal").await;
        let state = async |of: &str| app.get(&ada, &path(&made)).await.expect(200).json()["sla"][of].clone();
        assert_eq!(state("first_response").await["done_at"], Value::Null, "nobody outside reads a note");
        app.patch(&ada, &format!("/api/comments/{note}/"), json!({ "visibility": "public" })).await.expect(200);
        let answered = state("first_response").await;
        assert_eq!(answered["state"], "met");
        assert!(same(&answered["done_at"], testing::noon()));
        assert_eq!(state("resolution").await["state"], "on_track");
        let log = app.get(&ada, &format!("/api/cases/activity/{}/", made["id"].as_str().expect("an id"))).await.expect(200).json();
        assert!(log["results"].to_string().contains("answered"), "{log}");
        app.done().await;
    }

    async fn whoever_may_not_change_a_case_answers_it_by_a_public_comment_too(app) {
        let ada = app.admin("Acme").await;
        let reading = app.post(&ada, "/api/roles/", json!({ "name": "Reader", "grants": { "case.view": "org" } })).await.expect(201).id();
        let bob = app.member(&ada, "Bob").await;
        app.give(&ada, &bob, reading).await;
        let made = case(&app, &ada, json!({ "name": "Lift" })).await;
        app.patch(&bob, &path(&made), json!({ "name": "No" })).await.expect(403);
        say(&app, &bob, &made, "public").await;
        assert_eq!(app.get(&ada, &path(&made)).await.expect(200).json()["sla"]["first_response"]["state"], "met");
        app.done().await;
    }

    async fn a_policy_counts_by_its_calendar(app) {
        let ada = app.admin("Acme").await;
        let week = ["monday", "tuesday", "wednesday", "thursday", "friday"];
        let hours: Vec<Value> = week.iter().map(|day| json!({ "weekday": day, "opens": "09:00", "closes": "17:00" })).collect();
        let calendar = json!({ "name": "Office", "time_zone": "Europe/Berlin", "business_hours": hours });
        let calendar = app.post(&ada, "/api/calendars/", calendar).await.expect(201).id();
        let policy = json!({ "name": "Gold", "calendar_id": calendar, "is_default": true });
        let policy = app.post(&ada, "/api/sla-policies/", policy).await.expect(201).id();
        let made = case(&app, &ada, json!({ "name": "Lift" })).await;
        assert_eq!(made["sla"]["policy_id"], json!(policy));
        // Noon in UTC is one in the afternoon in Berlin: four hours are left that Thursday, and four of Friday.
        let due = "2026-11-06T12:00:00Z".parse().expect("a time");
        assert!(same(&made["sla"]["first_response"]["due"], due), "{}", made["sla"]);
        app.done().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_clock_stands_while_it_is_pending_and_goes_on_when_it_is_opened_again() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(later) = Later::start(engine).await else { continue };
        let app = &later.app;
        let ada = app.admin("Acme").await;
        let made = case(app, &ada, json!({ "name": "Lift" })).await;
        let ada = app.logged_in(&ada).await;
        let to = async |status: &str| {
            let ada = app.logged_in(&ada).await;
            app.patch(&ada, &path(&made), json!({ "status": status })).await.expect(200).json()["sla"].clone()
        };
        later.at(6 * HOUR - 1).await;
        let on_track = app.get(&app.logged_in(&ada).await, &path(&made)).await.expect(200).json();
        assert_eq!(on_track["sla"]["state"], "on_track");
        later.at(6 * HOUR).await;
        let at_risk = app.get(&app.logged_in(&ada).await, &path(&made)).await.expect(200).json();
        assert_eq!(
            (&at_risk["sla"]["state"], &at_risk["sla"]["resolution"]["state"]),
            (&json!("at_risk"), &json!("on_track"))
        );
        let pending = to("pending").await;
        assert_eq!((&pending["state"], &pending["first_response"]["due"]), (&json!("paused"), &Value::Null));
        later.at(30 * HOUR).await;
        let assigned = to("assigned").await;
        assert!(same(&assigned["first_response"]["due"], testing::noon() + Duration::hours(32)), "{assigned}");
        assert!(same(&assigned["resolution"]["due"], testing::noon() + Duration::hours(72)), "{assigned}");
        later.at(32 * HOUR).await;
        let closed = to("closed").await;
        assert_eq!(
            (&closed["first_response"]["state"], &closed["resolution"]["state"]),
            (&json!("breached"), &json!("met"))
        );
        later.at(100 * HOUR).await;
        assert_eq!(to("closed").await["resolution"]["state"], "met", "long after it was due it is still as it was");
        let again = to("assigned").await;
        assert!(same(&again["resolution"]["due"], testing::noon() + Duration::hours(140)), "{again}");
        assert_eq!(again["first_response"]["state"], "breached");
        later.app.done().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_looks_after_it_is_warned_once_and_what_is_late_escalates() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(later) = Later::start(engine).await else { continue };
        let app = &later.app;
        let ada = app.admin("Acme").await;
        let (mia, tom) = (app.member(&ada, "Mia").await, app.admin_too(&ada, "Tom").await);
        let rule = json!({
            "name": "Late is for Tom", "promised": "first_response", "level": "breach", "priorities": ["normal"],
            "assign_to_id": tom.user, "notify": [ada.user], "raises_priority": true,
        });
        app.post(&ada, "/api/escalation-rules/", rule).await.expect(201);
        let other = json!({ "name": "Not these", "promised": "first_response", "level": "breach", "priorities": ["low"], "notify": [mia.user] });
        app.post(&ada, "/api/escalation-rules/", other).await.expect(201);
        let made = case(app, &ada, json!({ "name": "Lift", "assigned_to": [mia.user] })).await;
        let answered = case(app, &ada, json!({ "name": "Door", "assigned_to": [mia.user] })).await;
        say(app, &ada, &answered, "public").await;

        later.at(6 * HOUR - 1).await;
        assert_eq!(later.mails("is due at"), 0);
        later.at(6 * HOUR).await;
        assert_eq!(later.mails("is due at"), 1, "three quarters of eight hours");
        // Paused and on again it is at risk again, and nobody is told again.
        let ada = app.logged_in(&ada).await;
        for status in ["pending", "assigned"] {
            app.patch(&ada, &path(&made), json!({ "status": status })).await.expect(200);
        }
        later.at(8 * HOUR - 1).await;
        assert_eq!((later.mails("is due at"), later.mails("was due at")), (1, 0));
        later.at(8 * HOUR).await;
        assert_eq!(
            later.mails("was due at"),
            2,
            "Tom, who gets it; Ada, whom the rule tells; Mia does not see it any more"
        );
        let ada = app.logged_in(&ada).await;
        let late = app.get(&ada, &path(&made)).await.expect(200).json();
        assert_eq!((&late["priority"], &late["assigned_to"][0]["id"]), (&json!("high"), &json!(tom.user)));
        assert_eq!(
            (&late["sla"]["state"], late["assigned_to"].as_array().map(Vec::len)),
            (&json!("breached"), Some(1))
        );
        assert!(
            same(&late["sla"]["resolution"]["due"], testing::noon() + Duration::hours(24)),
            "the next higher priority's"
        );
        let untouched = app.get(&ada, &path(&answered)).await.expect(200).json();
        assert_eq!(untouched["priority"], "normal", "it was answered");
        later.at(9 * HOUR).await;
        assert_eq!(later.mails("was due at"), 2, "once");
        later.app.done().await;
    }
}

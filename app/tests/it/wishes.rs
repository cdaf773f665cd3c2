//! What members want to be told of, where, and when.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use base::Clock;
use chrono::{Datelike, Days, Duration};
use rapport::mount;
use serde_json::{Value, json};
use testing::{Engine, Person, TestApp, both};

const HERE: &str = "/api/notifications/preferences/";

async fn lead(app: &TestApp, by: &Person, title: &str, assigned_to: &Person) -> String {
    let lead = json!({ "title": title, "assigned_to": [assigned_to.user] });
    app.post(by, "/api/leads/", lead).await.expect(201).id().to_string()
}

async fn comment(app: &TestApp, by: &Person, lead: &str, body: &str) {
    app.post(by, &format!("/api/leads/comment/{lead}/"), json!({ "body": body })).await.expect(201);
}

async fn rate(app: &TestApp, by: &Person, lead: &str, rating: &str) {
    app.patch(by, &format!("/api/leads/{lead}/"), json!({ "rating": rating })).await.expect(200);
}

async fn want(app: &TestApp, who: &Person, kinds: &[(&str, bool, &str)]) {
    let kinds: Vec<Value> =
        kinds.iter().map(|(kind, in_app, mail)| json!({ "kind": kind, "in_app": in_app, "mail": mail })).collect();
    app.patch(who, HERE, json!({ "kinds": kinds })).await.expect(200);
}

async fn listed(app: &TestApp, who: &Person) -> Vec<String> {
    let page = app.get(who, "/api/notifications/?sort=created_at").await.expect(200).json();
    let kinds = page["results"].as_array().expect("rows").iter();
    kinds.map(|row| row["kind"].as_str().unwrap_or_default().to_owned()).collect()
}

/// The subjects of the mails to somebody, as they came.
fn subjects(app: &TestApp, who: &Person) -> Vec<String> {
    let theirs = app.mails().into_iter().filter(|mail| mail.contains(&who.email));
    let subject = |mail: String| mail.lines().find_map(|line| line.strip_prefix("Subject: ").map(str::to_owned));
    let mut all: Vec<String> = theirs.filter_map(subject).collect();
    all.sort();
    all
}

both! {
    async fn each_kind_has_its_way(app) {
        let ada = app.admin("Acme").await;
        let bob = app.member(&ada, "Bob").await;
        let usual = app.get(&bob, HERE).await.expect(200).json();
        assert_eq!((usual["version"].clone(), usual["kinds"].as_array().map(Vec::len)), (json!(0), Some(6)));
        want(&app, &bob, &[("assigned", true, "off"), ("commented", true, "immediately"), ("changed", false, "off"), ("mentioned", false, "immediately")]).await;
        let kept = app.get(&bob, HERE).await.expect(200).json();
        assert_eq!((&kept["version"], &kept["kinds"][0]["in_app"]), (&json!(1), &json!(false)));
        let bobs = lead(&app, &ada, "Move", &bob).await;
        rate(&app, &ada, &bobs, "hot").await;
        comment(&app, &ada, &bobs, "Called").await;
        comment(&app, &ada, &bobs, &format!("@{} look", bob.email)).await;
        app.work().await;
        assert_eq!(listed(&app, &bob).await, ["assigned", "commented"], "neither of the two that he wants not");
        assert_eq!(subjects(&app, &bob), ["Admin of Acme commented on the lead: Move", "Admin of Acme mentioned you: Move"]);
        app.done().await;
    }

    async fn wishes_are_whole(app) {
        let ada = app.admin("Acme").await;
        let way = json!({ "kind": "changed", "in_app": true, "mail": "off" });
        for (wrong, pointer) in [
            (json!({ "kinds": [way, way] }), "/kinds"),
            (json!({ "quiet_hours": { "from": "08:00", "to": "08:00" } }), "/quiet_hours"),
            (json!({ "quiet_hours": { "from": "24:00", "to": "08:00" } }), "/quiet_hours/from"),
            (json!({ "time_zone": "Mars/Olympus" }), "/time_zone"),
        ] {
            assert_eq!(app.patch(&ada, HERE, wrong.clone()).await.expect(422).pointers(), [pointer], "{wrong}");
        }
        let night = json!({ "quiet_hours": { "from": "22:00", "to": "07:00" }, "time_zone": "Europe/Berlin" });
        let kept = app.patch(&ada, HERE, night.clone()).await.expect(200).json();
        assert_eq!((&kept["quiet_hours"], &kept["time_zone"]), (&night["quiet_hours"], &night["time_zone"]));
        let none = app.patch(&ada, HERE, json!({ "quiet_hours": null, "time_zone": null })).await.expect(200).json();
        assert_eq!((&none["quiet_hours"], &none["time_zone"]), (&Value::Null, &Value::Null));
        let at_once = futures_util::future::join_all((0..8).map(|_| app.patch(&ada, HERE, night.clone()))).await;
        assert!(at_once.iter().all(|reply| [200, 412].contains(&reply.status.as_u16())), "{at_once:?}");
        app.done().await;
    }
}

/// A server whose clock is moved, with everything that comes round.
async fn clocked(engine: Engine) -> Option<(TestApp, Arc<AtomicI64>)> {
    let moved = Arc::new(AtomicI64::new(0));
    let app = TestApp::start_with(engine, Clock::Moved(testing::noon(), moved.clone()), &[]).await?;
    app.queue.ensure_scheduled(mount::schedule()).await.expect("scheduled");
    Some((app, moved))
}

/// Works until so many minutes after noon.
async fn until(app: &TestApp, moved: &AtomicI64, minutes: i64) {
    moved.store(minutes * 60_000_000, Ordering::Relaxed);
    app.work().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_gathered_comes_in_one_mail() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some((app, moved)) = clocked(engine).await else { continue };
        let ada = app.admin("Acme").await;
        let bob = app.member(&ada, "Bob").await;
        want(&app, &bob, &[("assigned", true, "hourly"), ("changed", false, "daily"), ("mentioned", true, "off")])
            .await;
        let (one, two) = (lead(&app, &ada, "One", &bob).await, lead(&app, &ada, "Two", &bob).await);
        let secret = lead(&app, &ada, "Secret", &bob).await;
        rate(&app, &ada, &one, "hot").await;
        app.patch(&ada, &format!("/api/leads/{secret}/"), json!({ "assigned_to": [] })).await.expect(200);
        until(&app, &moved, 59).await;
        assert_eq!(subjects(&app, &bob), [""; 0], "not before the hour is over");
        until(&app, &moved, 61).await;
        assert_eq!(subjects(&app, &bob), ["2 notifications from Acme"]);
        let mail = app.mails().concat();
        assert!(mail.contains("One") && mail.contains("Two") && !mail.contains("Secret"), "{mail}");
        until(&app, &moved, 185).await;
        assert_eq!(subjects(&app, &bob).len(), 1, "once, and nothing when there is nothing");
        lead(&app, &app.logged_in(&ada).await, "Three", &bob).await;
        until(&app, &moved, 250).await;
        let third = "Admin of Acme assigned you the lead: Three";
        assert_eq!(subjects(&app, &bob), ["2 notifications from Acme", third], "the next mail has what is new");
        let (ada, bob) = (app.logged_in(&ada).await, app.logged_in(&bob).await);
        lead(&app, &ada, "Read", &bob).await;
        app.post(&bob, "/api/notifications/reading/", json!({})).await.expect(200);
        rate(&app, &ada, &two, "cold").await;
        app.delete(&ada, &format!("/api/leads/{two}/")).await.expect(204);
        // Seven o'clock in UTC, which is where the organisation is.
        until(&app, &moved, 18 * 60 + 59).await;
        assert_eq!(subjects(&app, &bob).len(), 2, "what was read is not told again");
        until(&app, &moved, 19 * 60 + 1).await;
        let changed = "Admin of Acme changed the lead: One";
        assert_eq!(subjects(&app, &bob), ["2 notifications from Acme", third, changed], "not what is in the trash");
        until(&app, &moved, 3 * 24 * 60).await;
        assert_eq!(subjects(&app, &bob).len(), 3);
        app.done().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_week_gathers_comes_on_monday() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some((app, moved)) = clocked(engine).await else { continue };
        let ada = app.admin("Acme").await;
        let bob = app.member(&ada, "Bob").await;
        want(&app, &bob, &[("assigned", true, "weekly")]).await;
        app.patch(&bob, HERE, json!({ "time_zone": "Asia/Tokyo" })).await.expect(200);
        let noon = testing::noon();
        let monday = noon.date_naive() + Days::new(u64::from(7 - noon.weekday().num_days_from_monday()));
        // Seven o'clock in Tokyo is ten in the evening before in UTC.
        let monday = (monday.and_hms_opt(7, 0, 0).expect("a time") - Duration::hours(9)).and_utc();
        let minutes = (monday - noon).num_minutes();
        lead(&app, &ada, "One", &bob).await;
        until(&app, &moved, minutes - 24 * 60).await;
        lead(&app, &app.logged_in(&ada).await, "Two", &bob).await;
        until(&app, &moved, minutes - 1).await;
        assert_eq!(subjects(&app, &bob), [""; 0], "not before the week is over");
        until(&app, &moved, minutes + 1).await;
        assert_eq!(subjects(&app, &bob), ["2 notifications from Acme"]);
        lead(&app, &app.logged_in(&ada).await, "Three", &bob).await;
        until(&app, &moved, minutes + 7 * 24 * 60 - 1).await;
        assert_eq!(subjects(&app, &bob).len(), 1);
        until(&app, &moved, minutes + 7 * 24 * 60 + 1).await;
        assert_eq!(subjects(&app, &bob).len(), 2);
        app.done().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn mails_wait_until_quiet_hours_end() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some((app, moved)) = clocked(engine).await else { continue };
        let ada = app.admin("Acme").await;
        let (bob, eve) = (app.member(&ada, "Bob").await, app.member(&ada, "Eve").await);
        // Noon in UTC is nine in the evening in Tokyo.
        let night = json!({ "quiet_hours": { "from": "20:00", "to": "06:30" }, "time_zone": "Asia/Tokyo" });
        app.patch(&bob, HERE, night).await.expect(200);
        want(&app, &bob, &[("commented", true, "immediately"), ("changed", true, "hourly")]).await;
        let bobs = lead(&app, &ada, "Move", &bob).await;
        comment(&app, &ada, &bobs, "Called").await;
        rate(&app, &ada, &bobs, "hot").await;
        let gone = lead(&app, &ada, "Gone", &bob).await;
        lead(&app, &ada, "Hers", &eve).await;
        until(&app, &moved, 9 * 60 + 29).await;
        assert_eq!((subjects(&app, &bob), subjects(&app, &eve).len()), (vec![], 1));
        let ada = app.logged_in(&ada).await;
        app.delete(&ada, &format!("/api/leads/{gone}/")).await.expect(204);
        until(&app, &moved, 9 * 60 + 30).await;
        let both = ["Admin of Acme assigned you: Move", "Admin of Acme commented on the lead: Move"];
        let now = subjects(&app, &bob);
        assert_eq!(now.len(), both.len(), "what is gone by then is not told: {now:?}");
        assert!(now.iter().any(|subject| subject == both[1]), "{now:?}");
        until(&app, &moved, 10 * 60).await;
        assert_eq!(subjects(&app, &bob).len(), 3, "and what was gathered on the next hour");
        until(&app, &moved, 12 * 60).await;
        assert_eq!(subjects(&app, &bob).len(), 3);
        app.done().await;
    }
}

//! What has to be done, and what comes again.

use base::Clock;
use chrono::Duration;
use futures_util::future::join_all;
use serde_json::{Value, json};
use testing::{Engine, Person, TestApp, both};

async fn task(app: &TestApp, who: &Person, body: Value) -> Value {
    app.post(who, "/api/tasks/", body).await.expect(201).json()
}

fn path(task: &Value) -> String {
    format!("/api/tasks/{}/", task["id"].as_str().expect("an id"))
}

fn titles(tasks: &Value) -> Vec<&str> {
    tasks.as_array().expect("tasks").iter().filter_map(|task| task["title"].as_str()).collect()
}

async fn complete(app: &TestApp, who: &Person, task: &Value) -> Value {
    app.patch(who, &path(task), json!({ "status": "completed" })).await.expect(200).json()
}

async fn followers(app: &TestApp, who: &Person, task: &Value) -> Value {
    let id = task["id"].as_str().expect("an id");
    app.get(who, &format!("/api/tasks/?previous_id={id}")).await.expect(200).json()
}

both! {
    async fn whoever_completes_it_and_when_is_kept(app) {
        let ada = app.admin("Acme").await;
        let made = task(&app, &ada, json!({ "title": "Call", "checklist": [{ "text": "Read" }], "priority": "high" })).await;
        assert_eq!((&made["status"], &made["checklist"][0]["is_done"]), (&json!("new"), &json!(false)));
        let done = complete(&app, &ada, &made).await;
        assert_eq!(done["completed_by"], json!(ada.user));
        assert!(done["completed_at"].is_string());
        let open = app.patch(&ada, &path(&made), json!({ "status": "in_progress" })).await.expect(200).json();
        assert_eq!((&open["completed_by"], &open["completed_at"]), (&Value::Null, &Value::Null));
        app.done().await;
    }

    async fn it_is_due_on_a_day_or_at_a_moment(app) {
        let ada = app.admin("Acme").await;
        let both = json!({ "title": "T", "due_on": "2026-11-23", "due_at": "2026-11-23T09:00:00Z" });
        assert_eq!(app.post(&ada, "/api/tasks/", both).await.expect(422).pointers(), ["/due_at"]);
        let never = json!({ "title": "T", "recurrence": "FREQ=DAILY", "reminders": [60], "time_zone": "Europe/Berlin" });
        let refused = app.post(&ada, "/api/tasks/", never).await.expect(422);
        assert_eq!(refused.pointers(), ["/time_zone", "/recurrence", "/reminders"]);
        for rule in ["FREQ=SECONDLY", "every monday", "FREQ=DAILY;COUNT=2;UNTIL=20270101T000000Z", "FREQ=WEEKLY;BYMONTHDAY=3"] {
            let body = json!({ "title": "T", "due_on": "2026-11-23", "recurrence": rule });
            let refused = app.post(&ada, "/api/tasks/", body).await.expect(422);
            assert_eq!(refused.pointers(), ["/recurrence"], "{rule}");
        }
        let day = task(&app, &ada, json!({ "title": "T", "due_on": "2026-11-23" })).await;
        let moved = app.patch(&ada, &path(&day), json!({ "due_at": "2026-11-24T09:00:00Z" })).await.expect(200).json();
        assert_eq!((&moved["due_on"], &moved["due_at"]), (&Value::Null, &json!("2026-11-24T09:00:00+00:00")));
        app.done().await;
    }

    async fn it_is_about_one_record(app) {
        let ada = app.admin("Acme").await;
        let account = app.post(&ada, "/api/accounts/", json!({ "name": "Kettle" })).await.expect(201).id();
        let lead = app.post(&ada, "/api/leads/", json!({ "title": "Kettle" })).await.expect(201).id();
        let two = json!({ "title": "T", "account_id": account, "lead_id": lead });
        assert_eq!(app.post(&ada, "/api/tasks/", two).await.expect(422).pointers(), ["/account_id"]);
        let made = task(&app, &ada, json!({ "title": "T", "account_id": account })).await;
        assert_eq!(made["account"]["name"], "Kettle");
        let moved = app.patch(&ada, &path(&made), json!({ "lead_id": lead })).await.expect(200).json();
        assert_eq!((&moved["account"], &moved["lead"]["id"]), (&Value::Null, &json!(lead)));
        app.done().await;
    }

    async fn the_next_of_a_series_is_made_once(app) {
        let ada = app.admin("Acme").await;
        let tag = app.post(&ada, "/api/tags/", json!({ "name": "Monthly" })).await.expect(201).id();
        let body = json!({
            "title": "Invoice", "due_on": "2027-01-31", "recurrence": "FREQ=MONTHLY;BYMONTHDAY=-1", "tags": [tag],
            "assigned_to": [ada.user], "checklist": [{ "text": "Check hours", "is_done": true }],
        });
        let first = task(&app, &ada, body).await;
        let (done, here) = (json!({ "status": "completed" }), path(&first));
        let at_once = join_all((0..12).map(|_| app.patch(&ada, &here, done.clone()))).await;
        assert!(at_once.iter().all(|reply| reply.status == 200), "completing twice is no fault");
        let next = followers(&app, &ada, &first).await;
        assert_eq!(next["count"], 1, "of twelve at once");
        let next = &next["results"][0];
        assert_eq!((&next["due_on"], &next["status"]), (&json!("2027-02-28"), &json!("new")));
        assert_eq!(next["checklist"][0], json!({ "text": "Check hours", "is_done": false }));
        assert_eq!(next["tags"][0]["id"], json!(tag));
        assert_eq!(next["assigned_to"][0]["id"], json!(ada.user));

        app.patch(&ada, &path(&first), json!({ "status": "new" })).await.expect(200);
        complete(&app, &ada, &first).await;
        assert_eq!(followers(&app, &ada, &first).await["count"], 1, "opened and completed again");
        complete(&app, &ada, next).await;
        assert_eq!(followers(&app, &ada, next).await["results"][0]["due_on"], "2027-03-31", "counted from the first");
        app.done().await;
    }

    async fn a_series_ends_where_its_rule_ends(app) {
        let ada = app.admin("Acme").await;
        let body = json!({ "title": "T", "due_on": "2026-11-23", "recurrence": "FREQ=WEEKLY;COUNT=2" });
        let first = task(&app, &ada, body).await;
        complete(&app, &ada, &first).await;
        let second = followers(&app, &ada, &first).await["results"][0].clone();
        assert_eq!(second["due_on"], "2026-11-30");
        complete(&app, &ada, &second).await;
        assert_eq!(followers(&app, &ada, &second).await["count"], 0);
        app.done().await;
    }

    async fn an_hour_stays_when_the_clocks_change(app) {
        let ada = app.admin("Acme").await;
        // Clocks go forward in Berlin on 28 March 2027.
        let body = json!({
            "title": "T", "due_at": "2027-03-27T08:00:00Z", "time_zone": "Europe/Berlin", "recurrence": "FREQ=DAILY",
        });
        let first = task(&app, &ada, body).await;
        complete(&app, &ada, &first).await;
        assert_eq!(followers(&app, &ada, &first).await["results"][0]["due_at"], "2027-03-28T07:00:00+00:00");
        app.done().await;
    }

    async fn my_day_is_what_is_mine_by_when_it_is_due(app) {
        let ada = app.admin("Acme").await;
        let bob = app.member(&ada, "Bob").await;
        let today = testing::noon().date_naive();
        let day = |days: i64| json!((today + Duration::days(days)).to_string());
        let for_bob = |title: &str, due: Value| json!({ "title": title, "due_on": due, "assigned_to": [bob.user] });
        for (title, due) in [("late", day(-1)), ("now", day(0)), ("soon", day(7)), ("far", day(8)), ("some day", Value::Null)] {
            task(&app, &ada, for_bob(title, due)).await;
        }
        let done = task(&app, &ada, for_bob("done", day(0))).await;
        complete(&app, &ada, &done).await;
        task(&app, &ada, json!({ "title": "not his", "due_on": day(0) })).await;
        task(&app, &bob, json!({ "title": "his own", "due_on": day(0) })).await;
        let mine = app.get(&bob, "/api/tasks/my-day/").await.expect(200).json();
        assert_eq!(titles(&mine["overdue"]), ["late"]);
        let mut now = titles(&mine["today"]);
        now.sort_unstable();
        assert_eq!(now, ["his own", "now"]);
        assert_eq!(titles(&mine["upcoming"]), ["soon"]);
        assert_eq!(titles(&mine["someday"]), ["some day"]);
        // At noon in UTC the next day has begun on Kiritimati (UTC+14).
        let there = app.get(&bob, "/api/tasks/my-day/?time_zone=Pacific/Kiritimati").await.expect(200).json();
        assert_eq!(there["date"], day(1));
        assert!(titles(&there["overdue"]).contains(&"now"));
        app.done().await;
    }
}

/// A task due at noon tomorrow of the clock of these tests, with reminders a day and an hour before.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reminder_comes_at_its_time_if_it_is_still_due() {
    use std::sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    };

    for engine in [Engine::Sqlite, Engine::Postgres] {
        let moved = Arc::new(AtomicI64::new(0));
        let Some(app) = TestApp::start_with(engine, Clock::Moved(testing::noon(), moved.clone()), &[]).await else {
            continue;
        };
        let ada = app.admin("Acme").await;
        let bob = app.member(&ada, "Bob").await;
        let due = testing::noon() + Duration::days(2);
        let body = |title: &str| json!({ "title": title, "due_at": due, "reminders": [86_400, 3_600], "assigned_to": [bob.user] });
        let kept = task(&app, &ada, body("Kept")).await;
        complete(&app, &ada, &kept).await;
        app.patch(&ada, &path(&kept), json!({ "status": "new" })).await.expect(200);
        let done = task(&app, &ada, body("Done")).await;
        let later = task(&app, &ada, body("Later")).await;
        let moved_on = json!({ "due_at": due + Duration::days(30) });
        app.patch(&ada, &path(&later), moved_on).await.expect(200);
        complete(&app, &ada, &done).await;
        let reminded = async |seconds: i64| {
            moved.store(seconds * 1_000_000, Ordering::Relaxed);
            app.work().await;
            app.mails().iter().filter(|mail| mail.contains("Subject: Due: ")).count()
        };
        assert_eq!(reminded(86_399).await, 0);
        assert_eq!(reminded(86_400).await, 1, "a day before");
        assert_eq!(reminded(2 * 86_400 - 3_601).await, 1);
        assert_eq!(reminded(2 * 86_400 - 3_600).await, 2, "an hour before");
        let mails = app.mails();
        let told = mails.iter().filter(|mail| mail.contains("Subject: Due: "));
        assert!(told.clone().all(|mail| mail.contains("Due: Kept") && mail.contains(&bob.email)), "{mails:?}");
        let ada = app.logged_in(&ada).await;
        app.delete(&ada, &path(&later)).await.expect(204);
        assert_eq!(reminded(33 * 86_400).await, 2, "what is in the trash is not told");
        app.done().await;
    }
}

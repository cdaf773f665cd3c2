//! Every job may run twice, because a worker may die after the work and before it says so: the second run does no harm.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use base::{
    Actor, Grants, Job, Outcome, Request, Work,
    queue::{Actors, Errand},
};
use cases::{Level, Promised, SoundAlarm, TellAlarm};
use events::{InviteToEvent, RemindOfEvent, TellEventSoon, TellInvited};
use notifications::{SendDigest, Span};
use rapport::mount;
use sea_orm::{
    ConnectionTrait, Database, DatabaseTransaction, DbBackend, FromQueryResult, Statement, TransactionTrait,
};
use serde_json::{Value, json};
use tasks::{RemindOfTask, TellTaskDue};
use testing::{Person, TestApp, both};
use uuid::Uuid;

use crate::house::{Ids, furnish, make, text};

both! {
    async fn every_job_does_no_harm_when_it_runs_twice(app) {
        let org = prepare(&app).await;
        let mut jobs: Vec<Given> = Vec::new();
        loop {
            let claims = app.queue.claim(50).await.expect("claims");
            if claims.is_empty() {
                break;
            }
            jobs.extend(claims.into_iter().map(|claim| Given { id: claim.id, org: claim.org_id, user: claim.user_id, told: claim.metadata }));
        }
        let outside = |job| Given { id: app.parts.db.clock().id(), org: None, user: None, told: json!({ "job": job }) };
        jobs.extend(mount::schedule().into_iter().map(outside));
        let mut tried = BTreeSet::new();
        for job in jobs {
            let name = text(&job.told["job"]["job"]);
            job.run(&app).await;
            let once = effects(&app, &org).await;
            job.run(&app).await;
            assert!(effects(&app, &org).await == once, "{name} does something again when it runs twice");
            tried.insert(name);
        }
        assert_eq!(tried, known(), "prepare() leaves one of each, and nothing else is a job");
        assert!(app.mails().len() > 3, "mails were sent");
        app.done().await;
    }
}

/// A job as its row has it.
struct Given {
    id: Uuid,
    org: Option<Uuid>,
    user: Option<Uuid>,
    told: Value,
}

impl Given {
    async fn run(&self, app: &TestApp) {
        let job = Errand::read(&self.told).expect("a job of ours").into_job();
        let actor = match self.org {
            None => None,
            Some(org) => mount::gate(&app.parts).actor(org, self.user, Request::default()).await.expect("an actor"),
        };
        let work = Work::new(app.parts.platform.clone(), actor, Arc::new(mount::tools(&app.parts)), self.id);
        assert_eq!(job.run(&work).await.expect("an outcome"), Outcome::Done, "{}", self.told);
    }
}

/// The names of all jobs that this program can read, as the registry tells them to whoever asks for one that is not there.
fn known() -> BTreeSet<String> {
    let told = serde_json::from_value::<Box<dyn Job>>(json!({ "job": "?", "with": null })).err().expect("no such job");
    let told = told.to_string();
    let names: BTreeSet<String> = told.split('`').skip(3).step_by(2).map(str::to_owned).collect();
    assert!(names.len() > 5, "{told}");
    names
}

/// Leaves a job of each kind in the queue. Answers the organisation.
async fn prepare(app: &TestApp) -> String {
    let admin = app.admin("Ours").await;
    let mia = app.member(&admin, "Mia").await;
    let ids = furnish(app, &admin).await;
    let lead = make(app, &admin, "lead", &ids, json!({ "assigned_to": [mia.user] })).await;
    let said = json!({ "body": "canary", "mentions": [mia.user] });
    app.post(&admin, &format!("/api/leads/comment/{lead}/"), said).await.expect(201);
    let always = json!({ "calendar_id": null });
    app.patch(&admin, &format!("/api/sla-policies/{}/", ids["sla_policy"]), always).await.expect(200);
    let watched = json!({ "assigned_to": [mia.user], "watchers": [mia.user] });
    let case = make(app, &admin, "case", &ids, watched).await;
    app.patch(&admin, &format!("/api/cases/{case}/"), json!({ "priority": "high" })).await.expect(200);
    alarm(app, &admin, &case).await;
    remind(app, &admin, &ids["task"]).await;
    notify(app, &admin, &mia, &lead).await;
    let answer = json!({ "body": "canary", "visibility": "public" });
    app.post(&admin, &format!("/api/cases/comment/{}/", ids["case"]), answer).await.expect(201);
    invite(app, &admin, &mia, &ids).await;
    let ask = json!({ "is_enabled": true, "delay_hours": 0 });
    app.patch(&admin, "/api/cases/satisfaction/settings/", ask).await.expect(200);
    make(app, &admin, "case", &ids, json!({ "contacts": [ids["contact"]], "status": "closed" })).await;
    ids["org"].clone()
}

/// The alarms of a case whose answer is overdue.
async fn alarm(app: &TestApp, admin: &Person, case: &str) {
    let due = app.get(admin, &format!("/api/cases/{case}/")).await.expect(200).json();
    let at = text(&due["sla"]["first_response"]["due"]).parse().expect("a time");
    let (case, member) = (case.parse().expect("an id"), admin.user);
    let (promised, level) = (Promised::FirstResponse, Level::Breach);
    #[expect(clippy::disallowed_methods, reason = "a test is its own gate")]
    let actor =
        Actor::of(admin.org.expect("an organisation"), member, Grants::everything(), Vec::new(), Request::default());
    let enqueue = app.parts.db.apply(&actor, async |tx| {
        tx.enqueue_at(tx.now(), tx.id(), SoundAlarm { case, promised, level, at }).await?;
        tx.enqueue_for(member, TellAlarm { case, promised, level, at, member }).await
    });
    enqueue.await.expect("enqueued");
}

/// The jobs of a reminder, whose time has come.
async fn remind(app: &TestApp, admin: &Person, task: &str) {
    let due = json!({ "due_on": "2026-11-05", "reminders": [0] });
    app.patch(admin, &format!("/api/tasks/{task}/"), due).await.expect(200);
    let (task, member) = (task.parse().expect("an id"), admin.user);
    let due = testing::noon().date_naive().and_hms_opt(0, 0, 0).expect("midnight").and_utc();
    #[expect(clippy::disallowed_methods, reason = "a test is its own gate")]
    let actor =
        Actor::of(admin.org.expect("an organisation"), member, Grants::everything(), Vec::new(), Request::default());
    let enqueue = app.parts.db.apply(&actor, async |tx| {
        tx.enqueue_at(tx.now(), tx.id(), RemindOfTask { task, due, before: 0 }).await?;
        tx.enqueue_for(member, TellTaskDue { task, due, member }).await
    });
    enqueue.await.expect("enqueued");
}

/// The jobs of somebody who wants mails of comments at once, and of changes gathered.
async fn notify(app: &TestApp, admin: &Person, mia: &Person, lead: &str) {
    let kinds = json!([
        { "kind": "commented", "in_app": true, "mail": "immediately" }, { "kind": "changed", "in_app": false, "mail": "hourly" },
    ]);
    app.patch(mia, "/api/notifications/preferences/", json!({ "kinds": kinds })).await.expect(200);
    app.post(admin, &format!("/api/leads/comment/{lead}/"), json!({ "body": "canary" })).await.expect(201);
    app.patch(admin, &format!("/api/leads/{lead}/"), json!({ "rating": "hot" })).await.expect(200);
    let gathered =
        SendDigest { member: mia.user, span: Span::Hourly, until: testing::noon() + chrono::Duration::hours(1) };
    #[expect(clippy::disallowed_methods, reason = "a test is its own gate")]
    let nobody = Actor::system(admin.org.expect("an organisation"), Request::default());
    let enqueue = app.parts.db.apply(&nobody, async |tx| tx.enqueue_for(mia.user, gathered).await);
    enqueue.await.expect("enqueued");
}

/// The jobs of an event with a reminder, to which a member and a guest are invited.
async fn invite(app: &TestApp, admin: &Person, mia: &Person, ids: &Ids) {
    let soon = json!({ "start": "2026-11-06", "recurrence": null, "reminders": [86_400], "assigned_to": [mia.user], "invites": true, "guests": [{ "email": "canary@people.example" }] });
    let event = make(app, admin, "event", ids, soon).await;
    let shown = app.get(admin, &format!("/api/events/{event}/")).await.expect(200).json();
    let starts_at = text(&shown["starts_at"]).parse().expect("a time");
    let (event, on) = (event.parse().expect("an id"), "2026-11-06".parse().expect("a day"));
    #[expect(clippy::disallowed_methods, reason = "a test is its own gate")]
    let actor = Actor::of(
        admin.org.expect("an organisation"),
        admin.user,
        Grants::everything(),
        Vec::new(),
        Request::default(),
    );
    let enqueue = app.parts.db.apply(&actor, async |tx| {
        tx.enqueue_at(tx.now(), tx.id(), InviteToEvent { event }).await?;
        tx.enqueue_for(
            mia.user,
            TellInvited { event, sequence: 0, member: mia.user, is_changed: false, answers_to: None },
        )
        .await?;
        tx.enqueue_at(tx.now(), tx.id(), RemindOfEvent { event, on, starts_at, before: 86_400 }).await?;
        tx.enqueue_for(mia.user, TellEventSoon { event, on, starts_at, member: mia.user }).await
    });
    enqueue.await.expect("enqueued");
}

/// What a job can have done: all rows, and mails, of which one with the same Message-ID is the same one.
async fn effects(app: &TestApp, org: &str) -> (BTreeMap<String, BTreeSet<String>>, BTreeSet<String>) {
    let mails = app.mails();
    let ids = mails.iter().map(|mail| {
        let line = mail.lines().find(|line| line.to_lowercase().starts_with("message-id:"));
        line.expect("a mail has a Message-ID").to_owned()
    });
    let conn = Database::connect(&app.database.url).await.expect("as the server");
    let rows = rows(&conn.begin().await.expect("a transaction"), org).await;
    conn.close().await.expect("closed");
    (rows, ids.collect())
}

async fn rows(tx: &DatabaseTransaction, org: &str) -> BTreeMap<String, BTreeSet<String>> {
    let backend = tx.get_database_backend();
    let tables = if backend == DbBackend::Postgres {
        let context = format!("SELECT set_config('app.org', '{org}', true), set_config('app.platform', 'on', true)");
        tx.execute_unprepared(&context).await.expect("set");
        "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public'"
    } else {
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%_search%' AND name NOT LIKE 'sqlite%'"
    };
    let mut all = BTreeMap::new();
    for table in tx.query_all_raw(Statement::from_string(backend, tables)).await.expect("tables") {
        let table: String = table.try_get("", "name").expect("a name");
        let every = Statement::from_string(backend, format!("SELECT * FROM \"{table}\""));
        let rows = Value::find_by_statement(every).all(tx).await.expect("rows");
        all.insert(table, rows.iter().map(Value::to_string).collect());
    }
    assert!(all.values().flatten().count() > 50, "nothing is seen");
    all
}

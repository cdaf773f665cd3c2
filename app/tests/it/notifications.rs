//! What members are told of inside the program.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use base::{Actor, Clock, Job, News, Outcome, Request, Work};
use futures_util::future::join_all;
use notifications::{Entity, ForgetNotifications};
use rapport::mount;
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use testing::{Engine, Person, TestApp, both};

const HERE: &str = "/api/notifications/";

type Row = <Entity as EntityTrait>::Model;

async fn lead(app: &TestApp, by: &Person, title: &str, assigned_to: &[&Person]) -> String {
    let users: Vec<_> = assigned_to.iter().map(|person| person.user).collect();
    let lead = json!({ "title": title, "assigned_to": users });
    app.post(by, "/api/leads/", lead).await.expect(201).id().to_string()
}

async fn comment(app: &TestApp, by: &Person, lead: &str, body: &str) {
    app.post(by, &format!("/api/leads/comment/{lead}/"), json!({ "body": body })).await.expect(201);
}

async fn change(app: &TestApp, by: &Person, lead: &str, change: Value) {
    app.patch(by, &format!("/api/leads/{lead}/"), change).await.expect(200);
}

/// What somebody is told, the oldest first: kind, record, verb.
async fn told(app: &TestApp, who: &Person) -> Vec<(String, String, String)> {
    let page = app.get(who, &format!("{HERE}?sort=created_at&limit=200")).await.expect(200).json();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let one = |row: &Value| (text(&row["kind"]), text(&row["record"]["name"]), text(&row["verb"]));
    let told: Vec<_> = page["results"].as_array().expect("rows").iter().map(one).collect();
    assert_eq!(page["count"], told.len());
    told
}

async fn unread(app: &TestApp, who: &Person) -> u64 {
    app.get(who, "/api/notifications/unread/").await.expect(200).json()["count"].as_u64().expect("a number")
}

fn these(told: &[(&str, &str, &str)]) -> Vec<(String, String, String)> {
    told.iter().map(|(kind, name, verb)| ((*kind).to_owned(), (*name).to_owned(), (*verb).to_owned())).collect()
}

both! {
    async fn one_is_told_what_others_do_to_ones_records(app) {
        let ada = app.admin("Acme").await;
        let (bob, eve) = (app.member(&ada, "Bob").await, app.member(&ada, "Eve").await);
        let move_ = lead(&app, &ada, "Move", &[&bob]).await;
        change(&app, &ada, &move_, json!({ "rating": "hot" })).await;
        comment(&app, &ada, &move_, "Called them.").await;
        comment(&app, &ada, &move_, &format!("@{} please look", bob.email)).await;
        change(&app, &bob, &move_, json!({ "rating": "cold" })).await;
        comment(&app, &bob, &move_, "Done").await;
        let bobs = these(&[
            ("assigned", "Move", "assigned"),
            ("changed", "Move", "changed"),
            ("commented", "Move", "commented"),
            ("mentioned", "Move", "commented"),
        ]);
        assert_eq!(told(&app, &bob).await, bobs, "and nothing of what he did himself");
        assert_eq!(told(&app, &ada).await, vec![], "made by her, and assigned to somebody else");
        assert_eq!(told(&app, &eve).await, vec![]);
        let page = app.get(&bob, &format!("{HERE}?kind=mentioned&kind=assigned")).await.expect(200).json();
        assert_eq!(page["count"], 2);
        assert_eq!(page["results"][0]["by"]["id"], json!(ada.user));
        app.done().await;
    }

    async fn of_what_one_may_not_see_nothing_is_told(app) {
        let ada = app.admin("Acme").await;
        let bob = app.member(&ada, "Bob").await;
        let secret = lead(&app, &ada, "Secret", &[]).await;
        comment(&app, &ada, &secret, &format!("@{} look", bob.email)).await;
        let theirs = lead(&app, &ada, "Theirs", &[&bob]).await;
        let seen = app.get(&bob, HERE).await.expect(200).json()["results"][0]["id"].as_str().expect("one").to_owned();
        assert_eq!((told(&app, &bob).await.len(), unread(&app, &bob).await), (1, 1));

        change(&app, &ada, &theirs, json!({ "assigned_to": [] })).await;
        assert_eq!((told(&app, &bob).await, unread(&app, &bob).await), (vec![], 0), "it is his no longer");
        for refused in [
            app.get(&bob, &format!("{HERE}{seen}/")).await,
            app.post(&bob, &format!("{HERE}{seen}/reading/"), json!(null)).await,
            app.delete(&bob, &format!("{HERE}{seen}/reading/")).await,
        ] {
            let _ = refused.expect(404);
        }
        assert_eq!(app.post(&bob, "/api/notifications/reading/", json!({})).await.expect(200).json()["count"], 0);
        change(&app, &ada, &secret, json!({ "assigned_to": [bob.user] })).await;
        let now = these(&[("mentioned", "Secret", "commented"), ("assigned", "Secret", "assigned")]);
        assert_eq!(told(&app, &bob).await, now, "what was said before is there when he may see it");
        app.delete(&ada, &format!("/api/leads/{secret}/")).await.expect(204);
        assert_eq!((told(&app, &bob).await, unread(&app, &bob).await), (vec![], 0), "nor what is in the trash");
        app.done().await;
    }

    async fn one_is_read_or_all_are(app) {
        let ada = app.admin("Acme").await;
        let (bob, eve) = (app.member(&ada, "Bob").await, app.member(&ada, "Eve").await);
        for title in ["One", "Two", "Three"] {
            lead(&app, &ada, title, &[&bob, &eve]).await;
        }
        let page = app.get(&bob, HERE).await.expect(200).json();
        let one = format!("{HERE}{}/", page["results"][0]["id"].as_str().expect("an id"));
        let reading = format!("{one}reading/");
        for _ in 0..2 {
            let read = app.post(&bob, &reading, json!(null)).await.expect(200).json();
            assert_eq!((&read["unread"], &read["version"]), (&json!(false), &json!(2)), "read twice is read once");
            assert!(read["read_at"].is_string());
        }
        let _ = app.get(&eve, &one).await.expect(404);
        let _ = app.get(&ada, &one).await.expect(404);
        assert_eq!((unread(&app, &bob).await, unread(&app, &eve).await), (2, 3));
        let left = app.get(&bob, &format!("{HERE}?unread=true")).await.expect(200).json();
        assert_eq!(left["count"], 2);
        app.delete(&bob, &reading).await.expect(200);
        assert_eq!(unread(&app, &bob).await, 3);
        let all = async |which: Value| app.post(&bob, "/api/notifications/reading/", which).await.expect(200).json()["count"].clone();
        assert_eq!(all(json!({ "until": "2020-01-01T00:00:00Z" })).await, 0);
        assert_eq!(all(json!({ "kinds": ["mentioned"] })).await, 0);
        assert_eq!((all(json!({})).await, unread(&app, &bob).await, unread(&app, &eve).await), (json!(3), 0, 3));
        app.done().await;
    }

    async fn what_many_do_at_once_is_told_once_each(app) {
        let ada = app.admin("Acme").await;
        let bob = app.member(&ada, "Bob").await;
        let busy = lead(&app, &ada, "Busy", &[&bob]).await;
        let said = format!("/api/leads/comment/{busy}/");
        let replies = join_all((0..16).map(|n| app.post(&ada, &said, json!({ "body": format!("Number {n}") })))).await;
        let kept = replies.iter().filter(|reply| reply.status == 201).count();
        assert!(kept > 8, "{kept}");
        assert_eq!(told(&app, &bob).await.len(), kept + 1, "as many as were kept, and the assignment");
        let refused = json!({ "rating": "warm", "assigned_to": [uuid::Uuid::nil()] });
        let _ = app.patch(&ada, &format!("/api/leads/{busy}/"), refused).await.expect(422);
        assert_eq!(told(&app, &bob).await.len(), kept + 1, "what was refused never was");
        app.done().await;
    }

    async fn what_one_had_before_is_no_news(app) {
        let ada = app.admin("Acme").await;
        let bob = app.member(&ada, "Bob").await;
        let bobs = lead(&app, &ada, "Move", &[&bob]).await;
        let wanted = json!({ "opportunity": { "name": "Deal" } });
        change(&app, &ada, &bobs, json!({ "company_name": "Elbe", "last_name": "Theo" })).await;
        app.post(&ada, &format!("/api/leads/{bobs}/conversion/"), wanted).await.expect(201);
        let kinds: Vec<_> = told(&app, &bob).await.into_iter().map(|(kind, _, verb)| format!("{kind} {verb}")).collect();
        assert_eq!(kinds, ["assigned assigned", "changed changed", "changed converted"]);
        app.done().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_old_is_forgotten() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let moved = Arc::new(AtomicI64::new(0));
        let Some(app) = TestApp::start_with(engine, Clock::Moved(testing::noon(), moved.clone()), &[]).await else {
            continue;
        };
        let (ada, eve) = (app.admin("Acme").await, app.admin("Else").await);
        let (bob, zoe) = (app.member(&ada, "Bob").await, app.member(&eve, "Zoe").await);
        for title in ["Read", "Unread"] {
            lead(&app, &ada, title, &[&bob]).await;
        }
        lead(&app, &eve, "Hers", &[&zoe]).await;
        let first = app.get(&bob, &format!("{HERE}?sort=created_at")).await.expect(200).json();
        let first = first["results"][0]["id"].as_str().expect("an id").to_owned();
        let days = async |days: i64| {
            moved.store(days * 86_400_000_000, Ordering::Relaxed);
            let id = app.parts.db.clock().id();
            let work = Work::new(app.parts.platform.clone(), None, Arc::new(mount::tools(&app.parts)), id);
            assert_eq!(ForgetNotifications {}.run(&work).await.expect("an outcome"), Outcome::Done);
            let names = async |who: &Person| {
                let told = told(&app, &app.logged_in(who).await).await;
                told.into_iter().map(|(_, name, _)| name).collect::<Vec<_>>()
            };
            (names(&bob).await, names(&zoe).await)
        };
        let these = |his: &[&str], hers: &[&str]| {
            let all = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
            (all(his), all(hers))
        };
        assert_eq!(days(10).await, these(&["Read", "Unread"], &["Hers"]));
        app.post(&app.logged_in(&bob).await, &format!("{HERE}{first}/reading/"), json!(null)).await.expect(200);
        assert_eq!(days(99).await, these(&["Read", "Unread"], &["Hers"]), "89 days after it was read");
        assert_eq!(days(101).await, these(&["Unread"], &["Hers"]));
        // More than one batch, of half of which it is known that they were read.
        #[expect(clippy::disallowed_methods, reason = "a test is its own gate")]
        let nobody = Actor::system(ada.org.expect("an organisation"), Request::default());
        let lead = lead(&app, &app.logged_in(&ada).await, "Many", &[]).await;
        let many = app.parts.db.apply(&nobody, async |tx| {
            let row = |n: usize| Row {
                member_user_id: bob.user,
                kind: News::Changed,
                record_kind: "lead".to_owned(),
                record_id: lead.parse().expect("an id"),
                verb: "changed".to_owned(),
                unread: n.is_multiple_of(2),
                read_at: (n % 2 == 1).then(|| tx.now()),
                in_app: true,
                ..Default::default()
            };
            tx.insert_many::<Entity>((0..4_200).map(row).collect()).await
        });
        assert_eq!(many.await.expect("kept").len(), 4_200);
        let left = async || {
            app.parts.db.read(&nobody, async |tx| tx.find::<Entity>().count(10_000).await).await.expect("a number")
        };
        days(180).await;
        assert_eq!(left().await, 4_201);
        days(192).await;
        assert_eq!(left().await, 2_101, "the other half, and what he never read");
        assert_eq!(days(364).await.1, ["Hers"]);
        assert_eq!(days(366).await.1, [""; 0], "what nobody read is kept for a year");
        assert_eq!(left().await, 2_100);
        days(470).await;
        assert_eq!(left().await, 0);
        app.work().await;
        app.done().await;
    }
}

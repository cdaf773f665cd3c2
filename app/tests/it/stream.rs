//! What happens, as it happens: to whoever may see it, whichever process wrote it, and nothing lost on the way.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicI64, Ordering},
    },
    time::Duration,
};

use base::{Actor, Clock, Fields, Grants, Request};
use futures_util::future::join_all;
use poem::http::Method;
use sea_orm::{ConnectionTrait, Database, Statement};
use serde_json::{Value, json};
use testing::{Engine, Event, Events, Person, TestApp, both};
use uuid::Uuid;

const SOON: Duration = Duration::from_secs(20);
/// Longer than what is told takes.
const QUIET: Duration = Duration::from_millis(1_500);

async fn lead(app: &TestApp, by: &Person, body: Value) -> String {
    app.post(by, "/api/leads/", body).await.expect(201).id().to_string()
}

async fn change(app: &TestApp, by: &Person, lead: &str, change: Value) {
    app.patch(by, &format!("/api/leads/{lead}/"), change).await.expect(200);
}

/// The next that is told of a lead: which one, and what was done.
async fn told(events: &mut Events) -> Option<(String, String)> {
    told_of(events, "lead", SOON).await
}

async fn told_of(events: &mut Events, kind: &str, most: Duration) -> Option<(String, String)> {
    loop {
        let Event { data, kind: of_type, .. } = events.next(most).await?;
        assert_eq!(of_type, "change", "{data}");
        assert_eq!(data.as_object().map(serde_json::Map::len), Some(3), "{data}");
        if data["kind"] == kind {
            let text = |name: &str| data[name].as_str().unwrap_or_default().to_owned();
            return Some((text("id"), text("verb")));
        }
    }
}

#[expect(clippy::unnecessary_wraps, reason = "it is compared with what may not have come")]
fn is(id: &str, verb: &str) -> Option<(String, String)> {
    Some((id.to_owned(), verb.to_owned()))
}

both! {
    async fn whoever_listens_is_told_what_they_see(app) {
        let ada = app.admin("Acme").await;
        let (bob, eve) = (app.member(&ada, "Bob").await, app.admin("Else").await);
        let (mut adas, mut bobs, mut eves) = (app.events(&ada, "").await, app.events(&bob, "").await, app.events(&eve, "").await);
        let hidden = lead(&app, &ada, json!({ "title": "Hidden" })).await;
        let seen = lead(&app, &ada, json!({ "title": "Seen", "assigned_to": [bob.user] })).await;
        for (lead, verb) in [(&hidden, "created"), (&seen, "created")] {
            assert_eq!(told(&mut adas).await, is(lead, verb));
        }
        assert_eq!(told(&mut bobs).await, is(&seen, "created"), "and not of the other");
        assert!(told_of(&mut bobs, "notification", SOON).await.is_some_and(|(_, verb)| verb == "created"), "and that it is his");
        change(&app, &ada, &hidden, json!({ "rating": "hot" })).await;
        change(&app, &ada, &seen, json!({ "rating": "hot" })).await;
        assert_eq!(told(&mut bobs).await, is(&seen, "changed"));
        change(&app, &ada, &hidden, json!({ "assigned_to": [bob.user] })).await;
        assert_eq!(told(&mut bobs).await, is(&hidden, "changed"), "now he sees it");
        app.delete(&ada, &format!("/api/leads/{seen}/")).await.expect(204);
        assert_eq!(told(&mut bobs).await, is(&seen, "trashed"));
        change(&app, &ada, &hidden, json!({ "assigned_to": [] })).await;
        assert_eq!(told(&mut bobs).await, is(&hidden, "gone"), "it was taken from him");
        change(&app, &ada, &hidden, json!({ "rating": "cold" })).await;
        app.delete(&ada, &format!("/api/leads/{hidden}/")).await.expect(204);
        assert_eq!(told_of(&mut bobs, "lead", QUIET).await, None, "and now it is nothing to him");
        assert_eq!(eves.next(QUIET).await, None, "another organisation");
        app.done().await;
    }

    async fn it_ends_with_the_session_and_with_the_membership(app) {
        let ada = app.admin("Acme").await;
        let bob = app.member(&ada, "Bob").await;
        let other = app.logged_in(&bob).await;
        let (mut one, mut two, mut adas) = (app.events(&bob, "").await, app.events(&other, "").await, app.events(&ada, "").await);
        app.post(&bob, "/api/auth/logout/", json!({})).await.expect(204);
        assert!(one.ends(SOON).await, "with its session");
        assert!(two.any(SOON).await.is_some() && !two.ends(QUIET).await, "the other session goes on");
        app.delete(&ada, &format!("/api/members/{}/", bob.user)).await.expect(204);
        assert!(two.ends(SOON).await, "with the membership");
        assert!(!adas.ends(QUIET).await);
        app.parts.live.close();
        assert!(adas.ends(SOON).await, "and with the process");
        app.done().await;
    }

    async fn what_one_may_see_may_change(app) {
        let ada = app.admin("Acme").await;
        let bob = app.member(&ada, "Bob").await;
        let team = app.post(&ada, "/api/teams/", json!({ "name": "North" })).await.expect(201).id();
        let mut bobs = app.events(&bob, "").await;
        assert_eq!(bobs.any(SOON).await.map(|event| event.kind), Some(String::new()), "an id to begin with");
        app.patch(&ada, &format!("/api/teams/{team}/"), json!({ "members": [bob.user] })).await.expect(200);
        assert_eq!(bobs.next(SOON).await.map(|event| event.kind), Some("refetch".to_owned()), "he sees a team's now");
        let theirs = lead(&app, &ada, json!({ "title": "Theirs", "teams": [team] })).await;
        assert_eq!(told(&mut bobs).await, is(&theirs, "created"));
        change(&app, &ada, &theirs, json!({ "teams": [] })).await;
        assert_eq!(told(&mut bobs).await, is(&theirs, "gone"));
        app.done().await;
    }

    async fn a_member_has_so_many_streams_and_no_more(app) {
        let ada = app.admin("Acme").await;
        let mut all = Vec::new();
        for _ in 0..8 {
            all.push(app.events(&ada, "").await);
        }
        let full = app.get(&ada, "/api/stream/").await.expect(429);
        assert_ne!(full.header("retry-after"), "");
        all.pop();
        tokio::time::sleep(QUIET).await;
        all.push(app.events(&ada, "").await);
        app.done().await;
    }

    async fn who_was_away_is_told_what_was_missed(app) {
        let ada = app.admin("Acme").await;
        let mut before = app.events(&ada, "").await;
        before.any(SOON).await.expect("where it begins");
        let last = before.last.clone();
        drop(before);
        let mut made = Vec::new();
        for n in 0..5 {
            made.push(lead(&app, &ada, json!({ "title": format!("Lead {n}") })).await);
        }
        let mut again = app.events(&ada, &last).await;
        for lead in &made[..3] {
            assert_eq!(told(&mut again).await, is(lead, "created"));
        }
        let mut third = app.events(&ada, &again.last).await;
        for lead in &made[3..] {
            assert_eq!(told(&mut third).await, is(lead, "created"), "from there on");
        }
        for unknown in ["surprise", "1.", "-5.1", "9223372036854775807.1"] {
            let mut lost = app.events(&ada, unknown).await;
            assert_eq!(lost.next(SOON).await.map(|event| event.kind), Some("refetch".to_owned()), "{unknown}");
        }
        app.done().await;
    }
}

/// A server whose clock is moved.
async fn clocked(engine: Engine) -> Option<(TestApp, Arc<AtomicI64>)> {
    let moved = Arc::new(AtomicI64::new(0));
    let app = TestApp::start_with(engine, Clock::Moved(testing::noon(), moved.clone()), &[]).await?;
    Some((app, moved))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_ticket_lets_one_in_once_and_soon() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some((app, moved)) = clocked(engine).await else { continue };
        let ada = app.admin("Acme").await;
        let ticket = async || {
            let ticket = app.post(&ada, "/api/stream/tickets/", json!(null)).await.expect(200).json();
            assert_eq!(ticket["expires_in"], 60);
            format!("/api/stream/?ticket={}", ticket["ticket"].as_str().expect("a ticket"))
        };
        let with =
            async |path: &str| app.call(poem::Request::builder().method(Method::GET).uri_str(path).finish()).await;
        let one = ticket().await;
        let at_once = join_all((0..6).map(|_| with(&one))).await;
        let let_in: Vec<_> = at_once.into_iter().filter(|response| response.status() == 200).collect();
        assert_eq!(let_in.len(), 1, "of six with the same ticket");
        let mut events = Events::of(let_in.into_iter().next().expect("one"));
        let made = lead(&app, &ada, json!({ "title": "Made" })).await;
        assert_eq!(told(&mut events).await, is(&made, "created"));
        let again = format!("{}&last_event_id={}", ticket().await, events.last);
        let later = lead(&app, &ada, json!({ "title": "Later" })).await;
        let mut again = Events::of(with(&again).await);
        assert_eq!(told(&mut again).await, is(&later, "created"));
        for wrong in ["/api/stream/?ticket=surprise", "/api/stream/", &one] {
            assert_eq!(with(wrong).await.status(), 401, "{wrong}");
        }
        let old = ticket().await;
        moved.store(61_000_000, Ordering::Relaxed);
        assert_eq!(with(&old).await.status(), 401, "after a minute");
        app.done().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_was_away_for_too_long_begins_anew() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some((app, moved)) = clocked(engine).await else { continue };
        let ada = app.admin("Acme").await;
        let mut events = app.events(&ada, "").await;
        events.any(SOON).await.expect("where it begins");
        let made = lead(&app, &ada, json!({ "title": "Made" })).await;
        moved.store(24 * 3_600_000_000, Ordering::Relaxed);
        let ada = app.logged_in(&ada).await;
        let mut next_day = app.events(&ada, &events.last).await;
        assert_eq!(told(&mut next_day).await, is(&made, "created"), "after a day it is still told");
        moved.store(26 * 3_600_000_000, Ordering::Relaxed);
        let ada = app.logged_in(&ada).await;
        let mut late = app.events(&ada, &events.last).await;
        assert_eq!(late.next(SOON).await.map(|event| event.kind), Some("refetch".to_owned()));
        let after = lead(&app, &ada, json!({ "title": "After" })).await;
        assert_eq!(told(&mut late).await, is(&after, "created"), "and goes on from now");
        app.done().await;
    }
}

/// What is told to who does not take it waits in 64 places and no more; then it is enough.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_does_not_take_what_is_told_is_cut_off_and_loses_nothing() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some((app, _)) = clocked(engine).await else { continue };
        let (ada, hasty) = (app.admin("Acme").await, app.hasty_twin().await);
        let (mut slow, mut quick) = (hasty.events(&ada, "").await, hasty.events(&ada, "").await);
        slow.any(SOON).await.expect("where it begins");
        let writing = async {
            let mut made = Vec::new();
            for n in 0..150 {
                made.push(lead(&app, &ada, json!({ "title": format!("Lead {n}") })).await);
            }
            made
        };
        let listening = async {
            let mut heard = Vec::new();
            while heard.len() < 150 {
                heard.push(told(&mut quick).await.expect("it goes on").0);
            }
            heard
        };
        let (made, heard) = tokio::join!(writing, listening);
        assert_eq!(heard, made, "who takes what is told hears all");
        tokio::time::sleep(QUIET).await;
        let mut waited = Vec::new();
        while let Some(event) = slow.any(SOON).await {
            if event.data["kind"] == "lead" {
                waited.push(event.data["id"].as_str().expect("an id").to_owned());
            }
        }
        assert!(slow.ends(QUIET).await, "it was cut off");
        assert!((1..=64).contains(&waited.len()), "{} waited", waited.len());
        assert_eq!(waited, made[..waited.len()]);
        let mut again = app.events(&ada, &slow.last).await;
        for lead in &made[waited.len()..] {
            assert_eq!(told(&mut again).await, is(lead, "created"));
        }
        drop(hasty);
        app.done().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_missed_too_much_begins_anew() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some((app, _)) = clocked(engine).await else { continue };
        let ada = app.admin("Acme").await;
        let mut events = app.events(&ada, "").await;
        let busy = lead(&app, &ada, json!({ "title": "Busy" })).await;
        assert_eq!(told(&mut events).await, is(&busy, "created"));
        let last = events.last.clone();
        drop(events);
        #[expect(clippy::disallowed_methods, reason = "a test is its own gate")]
        let actor = Actor::of(ada.org.expect("one"), ada.user, Grants::everything(), Vec::new(), Request::default());
        let log = async |many: usize| {
            let logged = app.parts.db.apply(&actor, async |tx| {
                for _ in 0..many {
                    tx.log_on("lead", busy.parse().expect("an id"), "changed", Fields::none()).await?;
                }
                Ok(())
            });
            logged.await.expect("logged");
        };
        log(10_000).await;
        let mut back = app.events(&ada, &last).await;
        for n in 0..10_000 {
            assert_eq!(told(&mut back).await, is(&busy, "changed"), "{n}");
        }
        log(1).await;
        assert_eq!(told(&mut back).await, is(&busy, "changed"));
        let mut late = app.events(&ada, &last).await;
        assert_eq!(late.next(SOON).await.map(|event| event.kind), Some("refetch".to_owned()), "that is one too many");
        let after = lead(&app, &ada, json!({ "title": "After" })).await;
        assert_eq!(told(&mut late).await, is(&after, "created"), "and goes on from now");
        app.done().await;
    }
}

/// Eight write to two processes, and somebody listens who goes away after every few events and comes back to the other one.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_is_lost_and_nothing_is_told_twice() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some((app, _)) = clocked(engine).await else { continue };
        let twin = app.twin().await;
        let ada = app.admin("Acme").await;
        let bob = app.member(&ada, "Bob").await;
        let mut events = twin.events(&bob, "").await;
        events.any(SOON).await.expect("where it begins");
        let done = AtomicBool::new(false);
        let write = async |n: usize| {
            let (app, mut made) = (if n.is_multiple_of(2) { &app } else { &twin }, Vec::new());
            for round in 0..12 {
                let assigned_to = if round % 3 == 0 { json!([]) } else { json!([bob.user]) };
                let body = json!({ "title": format!("{n}.{round}"), "assigned_to": assigned_to });
                // A busy database says so; it is asked again.
                let id = loop {
                    let reply = app.post(&ada, "/api/leads/", body.clone()).await;
                    if reply.status == 201 {
                        break reply.id().to_string();
                    }
                    assert_eq!(reply.status, 503);
                };
                if round % 3 != 0 {
                    made.push(id);
                }
            }
            made
        };
        let writing = async {
            let made = join_all((0..8).map(write)).await.concat();
            done.store(true, Ordering::Relaxed);
            made
        };
        let listening = async {
            let (mut seen, mut times) = (BTreeMap::<String, usize>::new(), 0);
            loop {
                let most = if done.load(Ordering::Relaxed) { Duration::from_secs(3) } else { SOON };
                let Some(event) = events.next(most).await else {
                    if done.load(Ordering::Relaxed) {
                        return (seen, times);
                    }
                    continue;
                };
                if event.data["kind"] == "lead" && event.data["verb"] == "created" {
                    *seen.entry(event.data["id"].as_str().expect("an id").to_owned()).or_default() += 1;
                }
                if seen.len() % 7 == 3 {
                    times += 1;
                    let last = events.last.clone();
                    events =
                        if times % 2 == 0 { app.events(&bob, &last).await } else { twin.events(&bob, &last).await };
                }
            }
        };
        let (made, (seen, times)) = tokio::join!(writing, listening);
        let made: BTreeSet<String> = made.into_iter().collect();
        assert_eq!(made.len(), 64);
        assert_eq!(seen.keys().cloned().collect::<BTreeSet<_>>(), made, "all of his and no others, on {engine:?}");
        assert!(seen.values().all(|times| *times == 1), "{seen:?}");
        assert!(times > 5, "{times}");
        drop(twin);
        app.done().await;
    }
}

/// On PostgreSQL the sequence is not the order in which entries are seen.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_entry_that_commits_late_is_not_passed_over() {
    let Some(app) = TestApp::start(Engine::Postgres).await else { return };
    let ada = app.admin("Acme").await;
    let mut events = app.events(&ada, "").await;
    events.any(SOON).await.expect("where it begins");
    let slow = lead(&app, &ada, json!({ "title": "Slow" })).await;
    assert_eq!(told(&mut events).await, is(&slow, "created"));
    #[expect(clippy::disallowed_methods, reason = "a test is its own gate")]
    let actor = Actor::of(ada.org.expect("one"), ada.user, Grants::everything(), Vec::new(), Request::default());
    let (begun, go_on) = (tokio::sync::Notify::new(), tokio::sync::Notify::new());
    let late = app.parts.db.apply(&actor, async |tx| {
        tx.log_on("lead", slow.parse().expect("an id"), "converted", Fields::none()).await?;
        begun.notify_one();
        go_on.notified().await;
        Ok(())
    });
    let others = async {
        begun.notified().await;
        let quick = lead(&app, &ada, json!({ "title": "Quick" })).await;
        assert_eq!(told_of(&mut events, "lead", QUIET).await, None, "what is before it is still open");
        let mut another = app.events(&ada, &events.last).await;
        go_on.notify_one();
        let told_both: BTreeSet<_> = [told(&mut events).await, told(&mut events).await].into_iter().flatten().collect();
        let both: BTreeSet<_> = [is(&slow, "converted"), is(&quick, "created")].into_iter().flatten().collect();
        assert_eq!(told_both, both);
        let told_both: BTreeSet<_> =
            [told(&mut another).await, told(&mut another).await].into_iter().flatten().collect();
        assert_eq!(told_both, both, "and to who began meanwhile");
    };
    let (kept, ()) = tokio::join!(late, others);
    kept.expect("kept");
    app.done().await;
}

/// The connection on which a process listens may be cut off at any time.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_connection_loses_nothing() {
    let Some(app) = TestApp::start(Engine::Postgres).await else { return };
    let ada = app.admin("Acme").await;
    let twin = app.twin().await;
    let mut events = twin.events(&ada, "").await;
    events.any(SOON).await.expect("where it begins");
    let conn = Database::connect(&app.database.url).await.expect("as the server");
    for round in 0..3 {
        let cut = "SELECT count(pg_terminate_backend(pid)) AS n FROM pg_stat_activity \
                   WHERE datname = current_database() AND query ILIKE 'LISTEN%' AND pid <> pg_backend_pid()";
        let cut = async || {
            let row = conn.query_one_raw(Statement::from_string(conn.get_database_backend(), cut)).await.expect("cut");
            row.expect("a row").try_get::<i64>("", "n").expect("a number")
        };
        let cutting = async {
            while cut().await == 0 {
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        };
        tokio::time::timeout(SOON, cutting).await.expect("somebody listens");
        let made = lead(&app, &ada, json!({ "title": format!("Round {round}") })).await;
        assert_eq!(told(&mut events).await, is(&made, "created"));
        tokio::time::sleep(QUIET).await;
    }
    conn.close().await.expect("closed");
    drop(twin);
    app.done().await;
}

/// Over a real socket: nothing is held back to be compressed, and whoever does not read is no burden.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn events_go_out_at_once() {
    let app = TestApp::start(Engine::Sqlite).await.expect("SQLite is always there");
    let ada = app.admin("Acme").await;
    let server = app.listen().await;
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder().no_proxy().build().expect("a client");
    let mut reply = client
        .get(format!("http://{}/api/stream", server.address))
        .header("authorization", format!("Bearer {}", ada.token))
        .header("org", ada.org.unwrap_or(Uuid::nil()).to_string())
        .header("accept-encoding", "gzip, br, zstd")
        .send()
        .await
        .expect("an answer");
    assert_eq!(reply.status(), 200);
    assert!(!reply.headers().contains_key("content-encoding"));
    assert_eq!(reply.headers()["cache-control"], "no-store");
    let made = lead(&app, &ada, json!({ "title": "Made" })).await;
    let mut read = String::new();
    while !read.contains(&made) {
        let chunk = tokio::time::timeout(SOON, reply.chunk()).await.expect("in time").expect("bytes").expect("more");
        read.push_str(&String::from_utf8_lossy(&chunk));
    }
    app.done().await;
}

//! Customers are asked after a case was closed, and what they say is kept and counted.

use mail_parser::MessageParser;
use poem::{Body, Request, http::Method};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::{Value, json};
use testing::{Engine, Person, Reply, TestApp, both};

use crate::case_sla::Later;

const SETTINGS: &str = "/api/cases/satisfaction/settings/";
const HOUR: i64 = 3_600;
const DAY: i64 = 24 * HOUR;

async fn enable(app: &TestApp, who: &Person, delay_hours: i32) {
    let on = json!({ "is_enabled": true, "delay_hours": delay_hours, "question": "Are you happy?" });
    app.patch(who, SETTINGS, on).await.expect(200);
}

async fn contact(app: &TestApp, who: &Person, name: &str, with: Value) -> String {
    let mut body = json!({ "first_name": name, "last_name": "Lindqvist", "email": format!("{name}@elbe.example") });
    crate::house::merge(&mut body, with);
    app.post(who, "/api/contacts/", body).await.expect(201).id().to_string()
}

async fn case(app: &TestApp, who: &Person, contacts: &[&str], with: Value) -> String {
    let mut body = json!({ "name": "The lift", "contacts": contacts });
    crate::house::merge(&mut body, with);
    app.post(who, "/api/cases/", body).await.expect(201).id().to_string()
}

async fn to(app: &TestApp, who: &Person, case: &str, status: &str) {
    app.patch(who, &format!("/api/cases/{case}/"), json!({ "status": status })).await.expect(200);
}

/// The tokens of the links that went to this address, in the order of nothing.
fn tokens(app: &TestApp, address: &str) -> Vec<String> {
    let mails = app.mails();
    let theirs =
        mails.iter().filter(|mail| mail.contains(&format!("<{address}>")) || mail.contains(&format!("To: {address}")));
    let token = |mail: &String| {
        let mail = MessageParser::new().parse(mail.as_bytes()).expect("a mail");
        let text = mail.body_text(0).expect("text").into_owned();
        let (_, rest) = text.split_once("/api/cases/survey/")?;
        Some(rest.split_once("/page/").expect("the page").0.to_owned())
    };
    theirs.filter_map(token).collect()
}

fn path(token: &str) -> String {
    format!("/api/cases/survey/{token}/")
}

async fn answer(app: &TestApp, token: &str, body: Value) -> Reply {
    app.send(None, Method::POST, &path(token), Some(body)).await
}

async fn look(app: &TestApp, token: &str) -> Reply {
    app.send(None, Method::GET, &path(token), None).await
}

async fn page(app: &TestApp, token: &str) -> (Reply, String) {
    let reply = app.send(None, Method::GET, &format!("{}page/", path(token)), None).await.expect(200);
    let html = String::from_utf8(reply.bytes.clone()).expect("text");
    (reply, html)
}

async fn fill_in(app: &TestApp, token: &str, form: &str) -> Reply {
    let request = Request::builder().method(Method::POST).uri_str(format!("{}page/", path(token)));
    let request = request.content_type("application/x-www-form-urlencoded").body(Body::from_string(form.to_owned()));
    Reply::read(app.call(request).await).await
}

async fn satisfaction(app: &TestApp, who: &Person, case: &str) -> Value {
    app.get(who, &format!("/api/cases/{case}/")).await.expect(200).json()["satisfaction"].clone()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_customer_is_asked_once_after_a_closing_that_lasts() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(later) = Later::start(engine).await else { continue };
        let app = &later.app;
        let ada = app.admin("Acme").await;
        let greta = contact(app, &ada, "greta", json!({})).await;
        let silent = contact(app, &ada, "silent", json!({ "email": null })).await;
        let gone = contact(app, &ada, "gone", json!({ "is_active": false })).await;
        let early = case(app, &ada, &[&greta], json!({ "name": "Before it was on" })).await;
        to(app, &ada, &early, "closed").await;
        enable(app, &ada, 24).await;
        let lift = case(app, &ada, &[&greta, &silent, &gone], json!({})).await;
        for (name, status) in [("Spam", "rejected"), ("Again", "duplicate")] {
            let other = case(app, &ada, &[&greta], json!({ "name": name })).await;
            to(app, &ada, &other, status).await;
        }
        to(app, &ada, &lift, "closed").await;
        later.at(23 * HOUR).await;
        assert_eq!(tokens(app, "greta@elbe.example").len(), 0);
        later.at(24 * HOUR).await;
        assert_eq!(tokens(app, "greta@elbe.example").len(), 1, "of the one case that was closed");
        assert_eq!(tokens(app, "gone@elbe.example").len(), 0);
        later.at(3 * DAY).await;
        assert_eq!(tokens(app, "greta@elbe.example").len(), 1, "once");
        let ada = app.logged_in(&ada).await;
        let asked = satisfaction(app, &ada, &lift).await;
        assert_eq!(
            (&asked["asked_on"], &asked["rating"], &asked["answered_at"]),
            (&json!("2026-11-06"), &Value::Null, &Value::Null)
        );
        let log = app.get(&ada, &format!("/api/cases/activity/{lift}/")).await.expect(200).json().to_string();
        assert!(log.contains("survey_sent"), "{log}");

        let token = tokens(app, "greta@elbe.example").pop().expect("a link");
        answer(app, &token, json!({ "rating": 5 })).await.expect(200);
        assert_eq!(satisfaction(app, &ada, &lift).await["rating"], 5);

        // Opened again before it was asked: by then it was not closed, or not since then.
        to(app, &ada, &lift, "assigned").await;
        to(app, &ada, &lift, "closed").await;
        later.at(3 * DAY + 10 * HOUR).await;
        let ada = app.logged_in(&ada).await;
        to(app, &ada, &lift, "assigned").await;
        later.at(3 * DAY + 25 * HOUR).await;
        let ada = app.logged_in(&ada).await;
        to(app, &ada, &lift, "closed").await;
        later.at(3 * DAY + 26 * HOUR).await;
        assert_eq!(tokens(app, "greta@elbe.example").len(), 1, "the second closing did not last");
        later.at(5 * DAY + 2 * HOUR).await;
        assert_eq!(tokens(app, "greta@elbe.example").len(), 2, "once for each closing that lasts");
        let ada = app.logged_in(&ada).await;
        let again = satisfaction(app, &ada, &lift).await;
        assert_eq!(
            (&again["asked_on"], &again["rating"]),
            (&json!("2026-11-10"), &Value::Null),
            "the answer to the last question"
        );
        // What is said of the first closing is told, and the last one counts.
        answer(app, &token, json!({ "rating": 1, "comment": "Back then." })).await.expect(200);
        assert_eq!(satisfaction(app, &ada, &lift).await, again);
        let log = app.get(&ada, &format!("/api/cases/activity/{lift}/")).await.expect(200).json().to_string();
        assert!(log.contains("rated_earlier") && log.contains("Back then."), "{log}");
        let last = tokens(app, "greta@elbe.example").into_iter().find(|one| *one != token).expect("another link");
        answer(app, &last, json!({ "rating": 3 })).await.expect(200);
        assert_eq!(satisfaction(app, &ada, &lift).await["rating"], 3);

        // Turned off meanwhile.
        let other = case(app, &ada, &[&greta], json!({ "name": "Door" })).await;
        to(app, &ada, &other, "closed").await;
        app.patch(&ada, SETTINGS, json!({ "is_enabled": false })).await.expect(200);
        later.at(9 * DAY).await;
        assert_eq!(tokens(app, "greta@elbe.example").len(), 2);
        later.app.done().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_is_taken_for_a_time() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(later) = Later::start(engine).await else { continue };
        let app = &later.app;
        let ada = app.admin("Acme").await;
        enable(app, &ada, 0).await;
        let (greta, tom) = (contact(app, &ada, "greta", json!({})).await, contact(app, &ada, "tom", json!({})).await);
        let lift = case(app, &ada, &[&greta, &tom], json!({})).await;
        to(app, &ada, &lift, "closed").await;
        app.work().await;
        let (gretas, toms) = (tokens(app, "greta@elbe.example"), tokens(app, "tom@elbe.example"));
        assert_eq!((gretas.len(), toms.len()), (1, 1));
        let (token, other) = (&gretas[0], &toms[0]);
        assert!(token.len() >= 22 && token != other, "128 bits and more, and one's own");

        let asked = look(app, token).await.expect(200).json();
        assert_eq!(
            (&asked["question"], &asked["org_name"], &asked["is_open"]),
            (&json!("Are you happy?"), &json!("Acme"), &json!(true))
        );
        assert_eq!((&asked["case_name"], &asked["rating"]), (&json!("The lift"), &Value::Null));
        let said = answer(app, token, json!({ "rating": 2, "comment": "Slow." })).await.expect(200).json();
        assert_eq!((&said["rating"], &said["comment"], &said["is_open"]), (&json!(2), &json!("Slow."), &json!(true)));
        later.at(6 * DAY).await;
        answer(app, token, json!({ "rating": 4 })).await.expect(200);
        later.at(6 * DAY + HOUR).await;
        answer(app, token, json!({ "rating": 4 })).await.expect(200);
        let ada = app.logged_in(&ada).await;
        let kept = satisfaction(app, &ada, &lift).await;
        assert_eq!(
            (&kept["rating"], &kept["comment"]),
            (&json!(4), &Value::Null),
            "the second takes the place of the first"
        );
        let log = app.get(&ada, &format!("/api/cases/activity/{lift}/")).await.expect(200).json();
        let rated = log["results"].as_array().expect("a log").iter().filter(|one| one["verb"] == "rated").count();
        assert_eq!(rated, 2, "the same again is no answer");
        assert!(log.to_string().contains("Slow.") && !log.to_string().contains(token));

        later.at(7 * DAY).await;
        let refused = answer(app, token, json!({ "rating": 1 })).await.expect(409);
        assert_eq!(refused.code(), "survey_answered");
        let (_, html) = page(app, token).await;
        assert!(html.contains("can be changed no more") && !html.contains("<form"), "{html}");

        later.at(30 * DAY).await;
        let refused = answer(app, other, json!({ "rating": 1 })).await.expect(409);
        assert_eq!(refused.code(), "survey_expired");
        assert_eq!(look(app, other).await.expect(200).json()["is_open"], false);
        let too_late = fill_in(app, other, "rating=1").await.expect(200);
        let html = String::from_utf8(too_late.bytes).expect("text");
        assert!(html.contains("has expired") && !html.contains("<form"), "{html}");
        let ada = app.logged_in(&ada).await;
        assert_eq!(satisfaction(app, &ada, &lift).await["rating"], 4);
        // With its case the question is gone, and comes back with it.
        app.delete(&ada, &format!("/api/cases/{lift}/")).await.expect(204);
        look(app, token).await.expect(404);
        answer(app, token, json!({ "rating": 1 })).await.expect(404);
        app.send(Some(&ada), Method::POST, &format!("/api/cases/{lift}/restore/"), None).await.expect(200);
        look(app, token).await.expect(200);
        later.app.done().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_what_is_merged_nobody_is_asked() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(later) = Later::start(engine).await else { continue };
        let app = &later.app;
        let ada = app.admin("Acme").await;
        enable(app, &ada, 24).await;
        let greta = contact(app, &ada, "greta", json!({})).await;
        let lift = case(app, &ada, &[], json!({})).await;
        let merge = format!("/api/cases/{lift}/merge/");
        let (door, gate) = (case(app, &ada, &[&greta], json!({})).await, case(app, &ada, &[&greta], json!({})).await);
        for one in [&door, &gate] {
            to(app, &ada, one, "closed").await;
            app.post(&ada, &merge, json!({ "others": [one] })).await.expect(200);
        }
        // Taken out in time, it was closed for as long as it takes.
        app.send(Some(&ada), Method::POST, &format!("/api/cases/{gate}/separation/"), None).await.expect(200);
        later.at(25 * HOUR).await;
        let links = tokens(app, "greta@elbe.example");
        let ada = app.logged_in(&ada).await;
        assert_eq!(links.len(), 1, "of the one that stands alone");
        assert_eq!(satisfaction(app, &ada, &door).await, Value::Null);
        // Merged later, it still takes its answer.
        app.post(&ada, &merge, json!({ "others": [gate] })).await.expect(200);
        answer(app, &links[0], json!({ "rating": 2 })).await.expect(200);
        assert_eq!(satisfaction(app, &ada, &gate).await["rating"], 2);
        assert_eq!(satisfaction(app, &ada, &lift).await, Value::Null);
        later.app.done().await;
    }
}

both! {
    async fn a_link_answers_by_sending_alone_and_for_its_own_case(app) {
        let ada = app.admin("Acme").await;
        enable(&app, &ada, 0).await;
        let greta = contact(&app, &ada, "greta", json!({})).await;
        let lift = case(&app, &ada, &[&greta], json!({})).await;
        to(&app, &ada, &lift, "closed").await;
        app.work().await;
        let token = tokens(&app, "greta@elbe.example").pop().expect("a link");
        // What looks through mails for links follows them.
        look(&app, &token).await.expect(200);
        page(&app, &token).await;
        app.send(None, Method::HEAD, &format!("{}page/", path(&token)), None).await.expect(200);
        assert_eq!(satisfaction(&app, &ada, &lift).await["rating"], Value::Null);
        let foreign = "A".repeat(43);
        for unknown in [&token[1..], "x", foreign.as_str()] {
            look(&app, unknown).await.expect(404);
            answer(&app, unknown, json!({ "rating": 5 })).await.expect(404);
            fill_in(&app, unknown, "rating=5").await.expect(404);
        }
        for (body, pointer) in [
            (json!({ "rating": 0 }), "/rating"), (json!({ "rating": 6 }), "/rating"), (json!({ "rating": "5" }), "/rating"), (json!({}), "/rating"),
            (json!({ "rating": 5, "comment": "a".repeat(2_001) }), "/comment"), (json!({ "rating": 5, "case_id": lift }), "/case_id"),
        ] {
            assert_eq!(answer(&app, &token, body).await.expect(422).pointers(), [pointer]);
        }
        assert_eq!(fill_in(&app, &token, "comment=Good").await.expect(422).pointers(), ["/rating"]);
        assert_eq!(fill_in(&app, &token, &format!("rating=5&comment={}", "a".repeat(2_001))).await.expect(422).pointers(), ["/comment"]);
        app.send(None, Method::POST, &format!("{}page/", path(&token)), Some(json!({ "rating": 5 }))).await.expect(415);
        assert_eq!(satisfaction(&app, &ada, &lift).await["rating"], Value::Null);
        // Nor does it lead into an organisation that is closed.
        let keeper = app.keeper("Kim").await;
        let path_of_org = format!("/api/platform/orgs/{}/", ada.org.expect("an organisation"));
        app.patch(&keeper, &path_of_org, json!({ "is_active": false })).await.expect(200);
        look(&app, &token).await.expect(404);
        answer(&app, &token, json!({ "rating": 5 })).await.expect(404);
        fill_in(&app, &token, "rating=5").await.expect(404);
        app.done().await;
    }

    async fn the_secret_of_a_link_is_kept_nowhere(app) {
        let ada = app.admin("Acme").await;
        enable(&app, &ada, 0).await;
        let greta = contact(&app, &ada, "greta", json!({})).await;
        let lift = case(&app, &ada, &[&greta], json!({})).await;
        to(&app, &ada, &lift, "closed").await;
        app.work().await;
        let token = tokens(&app, "greta@elbe.example").pop().expect("a link");
        let once = [("idempotency-key", "k1")];
        for (path, status) in [(path(&token), 200), (path(&token), 200), (format!("{}page/", path(&token)), 415)] {
            let said = json!({ "rating": 2 });
            app.send_with(None, Method::POST, &path, &once, Some(said)).await.expect(status);
        }
        let other = app.send_with(None, Method::POST, &path(&token), &once, Some(json!({ "rating": 3 }))).await.expect(422);
        assert_eq!(other.code(), "idempotency_key_reused");
        for (rows, most) in [
            ("idempotency_key WHERE route LIKE '/api/cases/survey/%'", 1),
            (&format!("idempotency_key WHERE route LIKE '%{token}%'"), 0),
            (&format!("change WHERE CAST(fields AS text) LIKE '%{token}%'"), 0),
            (&format!("fang_tasks WHERE CAST(metadata AS text) LIKE '%{token}%'"), 0),
        ] {
            let count = app.parts.platform.read_in(ada.org.expect("an organisation"), async |tx| {
                let count = Statement::from_string(tx.get_database_backend(), format!("SELECT count(*) AS n FROM {rows}"));
                let row = tx.query_one_raw(count).await.expect("an answer").expect("a row");
                Ok(row.try_get::<i64>("", "n").expect("a number"))
            });
            assert_eq!(count.await.expect("read"), most, "{rows}");
        }
        app.done().await;
    }

    async fn who_guesses_at_links_is_held_up(app) {
        let mut statuses = Vec::new();
        for n in 0..40 {
            statuses.push(look(&app, &format!("guess-{n}")).await.status.as_u16());
        }
        assert!(statuses[..30].iter().all(|status| *status == 404), "{statuses:?}");
        assert!(statuses[30..].contains(&429), "{statuses:?}");
        app.done().await;
    }

    async fn the_page_needs_no_script_and_runs_none(app) {
        let ada = app.admin("Acme").await;
        enable(&app, &ada, 0).await;
        app.patch(&ada, SETTINGS, json!({ "question": "<i>Happy?</i>" })).await.expect(200);
        let greta = contact(&app, &ada, "greta", json!({})).await;
        let lift = case(&app, &ada, &[&greta], json!({ "name": "<img src=x onerror=alert(1)>" })).await;
        to(&app, &ada, &lift, "closed").await;
        app.work().await;
        let token = tokens(&app, "greta@elbe.example").pop().expect("a link");
        let (shown, html) = page(&app, &token).await;
        assert_eq!(shown.header("content-type"), "text/html; charset=utf-8");
        let policy = shown.header("content-security-policy").to_owned();
        assert!(policy.starts_with("default-src 'none'; style-src 'sha256-") && !policy.contains("unsafe"), "{policy}");
        assert_eq!((shown.header("referrer-policy"), shown.header("cache-control")), ("no-referrer", "no-store"));
        for part in ["<html lang=\"en\">", "<legend>&lt;i&gt;Happy?", "&lt;img src=x", "<label for=\"comment\">", "name=\"rating\" value=\"5\" required"] {
            assert!(html.contains(part), "{part} in {html}");
        }
        let filled = fill_in(&app, &token, "rating=5&comment=%3C%2Ftextarea%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E").await.expect(200);
        let html = String::from_utf8(filled.bytes).expect("text");
        assert!(html.contains("your answer is 5") && html.contains("value=\"5\" required checked"), "{html}");
        // As a browser sends what just fits into its field: each line end counts there as one character, and is sent as two.
        let long = format!("rating=5&comment={}b", "a%0D%0A".repeat(999));
        fill_in(&app, &token, &long).await.expect(200);
        assert_eq!(satisfaction(&app, &ada, &lift).await["comment"].as_str().map(str::len), Some(1_999));
        fill_in(&app, &token, "rating=5&comment=%3C%2Ftextarea%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E").await.expect(200);
        assert!(!html.contains("<script") && !html.contains("<img") && html.contains("&lt;&#x2f;textarea&gt;&lt;script&gt;"), "{html}");
        let kept = satisfaction(&app, &ada, &lift).await;
        assert_eq!(kept["comment"], "</textarea><script>alert(1)</script>", "it is kept as it was said");
        app.done().await;
    }

    async fn satisfaction_is_counted_over_the_cases_that_one_sees(app) {
        let ada = app.admin("Acme").await;
        let (mia, ben) = (app.member(&ada, "Mia").await, app.member(&ada, "Ben").await);
        let team = app.post(&ada, "/api/teams/", json!({ "name": "Desk", "members": [mia.user] })).await.expect(201).id();
        enable(&app, &ada, 0).await;
        let whose = [json!({ "assigned_to": [mia.user], "teams": [team] }), json!({ "assigned_to": [mia.user, ben.user] }), json!({ "assigned_to": [ben.user] }), json!({})];
        for (n, (ties, rating)) in whose.into_iter().zip([Some(5), Some(4), Some(3), None]).enumerate() {
            let name = format!("c{n}");
            let who = contact(&app, &ada, &name, json!({})).await;
            let made = case(&app, &ada, &[&who], ties).await;
            to(&app, &ada, &made, "closed").await;
            app.work().await;
            let token = tokens(&app, &format!("{name}@elbe.example")).pop().expect("a link");
            if let Some(rating) = rating {
                answer(&app, &token, json!({ "rating": rating })).await.expect(200);
            }
        }
        let lines = async |who: &Person, query: &str| app.get(who, &format!("/api/cases/satisfaction/?{query}")).await.expect(200).json()["lines"].clone();
        let counts = |line: &Value| ["sent_count", "answered_count", "satisfied_count"].map(|name| line[name].as_u64().expect("a number"));
        let all = lines(&ada, "").await;
        assert_eq!((counts(&all[0]), &all[0]["csat"], &all[0]["average"]), ([4, 3, 2], &json!("66.66"), &json!("4")));
        let by_month = lines(&ada, "group_by=month").await;
        assert_eq!((&by_month[0]["month"], counts(&by_month[0])), (&json!("2026-11"), [4, 3, 2]));
        let by_owner = lines(&ada, "group_by=owner").await;
        let named: Vec<_> = by_owner.as_array().expect("lines").iter().map(|line| (line["owner"]["name"].clone(), counts(line), line["csat"].clone())).collect();
        assert_eq!(named, [(json!("Ben"), [2, 2, 1], json!("50")), (json!("Mia"), [2, 2, 2], json!("100")), (Value::Null, [1, 0, 0], Value::Null)]);
        let by_team = lines(&ada, "group_by=team").await;
        let named: Vec<_> = by_team.as_array().expect("lines").iter().map(|line| (line["team"]["name"].clone(), counts(line))).collect();
        assert_eq!(named, [(json!("Desk"), [2, 2, 2])], "what is assigned to it, or to who is in it");
        // Mia sees two of them, Ben two others.
        assert_eq!(counts(&lines(&mia, "").await[0]), [2, 2, 2]);
        assert_eq!(counts(&lines(&ben, "").await[0]), [2, 2, 1]);
        assert_eq!(lines(&ben, "group_by=owner").await.as_array().expect("lines").len(), 2);
        assert_eq!(counts(&lines(&ada, "from=2026-11-06&to=2026-11-30").await[0]), [0, 0, 0]);
        assert_eq!(counts(&lines(&ada, "from=2026-11-05&to=2026-11-05").await[0]), [4, 3, 2]);
        for wrong in ["from=2026-11-06&to=2026-11-05", "from=2020-01-01&to=2026-01-01", "from=0001-01-01", "group_by=colour"] {
            app.get(&ada, &format!("/api/cases/satisfaction/?{wrong}")).await.expect(400);
        }
        let elsewhere = app.admin("Elsewhere").await;
        assert_eq!(counts(&lines(&elsewhere, "").await[0]), [0, 0, 0]);
        app.done().await;
    }

    async fn an_admin_says_whether_customers_are_asked(app) {
        let ada = app.admin("Acme").await;
        let mia = app.member(&ada, "Mia").await;
        let settings = app.get(&mia, SETTINGS).await.expect(200).json();
        assert_eq!((&settings["is_enabled"], &settings["delay_hours"]), (&json!(false), &json!(24)));
        assert!(settings["question"].as_str().is_some_and(|question| question.contains("satisfied")));
        app.patch(&mia, SETTINGS, json!({ "is_enabled": true })).await.expect(403);
        let changed = app.patch(&ada, SETTINGS, json!({ "delay_hours": 72 })).await.expect(200).json();
        assert_eq!((&changed["is_enabled"], &changed["delay_hours"]), (&json!(false), &json!(72)));
        for (body, pointer) in [(json!({ "delay_hours": 721 }), "/delay_hours"), (json!({ "delay_hours": -1 }), "/delay_hours"), (json!({ "question": " " }), "/question"), (json!({ "is_enabled": null }), "/is_enabled")] {
            assert_eq!(app.patch(&ada, SETTINGS, body).await.expect(422).pointers(), [pointer]);
        }
        app.done().await;
    }
}

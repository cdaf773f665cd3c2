//! What is known: who may say that it is right, and who reads it.

use poem::http::Method;
use serde_json::{Value, json};
use testing::{Person, Reply, TestApp, both};

use crate::house::text;

async fn solution(app: &TestApp, who: &Person, title: &str, content: &str) -> Value {
    app.post(who, "/api/solutions/", json!({ "title": title, "content": content })).await.expect(201).json()
}

async fn step(app: &TestApp, who: &Person, method: Method, solution: &Value, step: &str) -> Reply {
    app.send(Some(who), method, &format!("/api/solutions/{}/{step}/", text(&solution["id"])), None).await
}

async fn published(app: &TestApp, who: &Person, title: &str, content: &str) -> Value {
    let made = solution(app, who, title, content).await;
    step(app, who, Method::POST, &made, "approval").await.expect(200);
    step(app, who, Method::POST, &made, "publication").await.expect(200).json()
}

async fn read(app: &TestApp, path: &str) -> Reply {
    app.send(None, Method::GET, path, None).await
}

fn titles(list: &Value) -> Vec<String> {
    list["results"].as_array().expect("results").iter().map(|one| text(&one["title"])).collect()
}

/// The public address of the help centre, opened.
async fn opened(app: &TestApp, admin: &Person) -> String {
    let open = app.patch(admin, "/api/solutions/help-centre/", json!({ "is_enabled": true })).await.expect(200).json();
    format!("/api/solutions/public/{}/", text(&open["key"]))
}

both! {
    async fn only_what_is_approved_is_published(app) {
        let ada = app.admin("Acme").await;
        let made = solution(&app, &ada, "Reading the meter", "Press Menu.").await;
        assert_eq!((&made["status"], &made["is_published"]), (&json!("draft"), &json!(false)));
        assert_eq!(step(&app, &ada, Method::POST, &made, "publication").await.expect(409).code(), "not_approved");
        assert_eq!(step(&app, &ada, Method::POST, &made, "review").await.expect(200).json()["status"], "reviewed");
        assert_eq!(step(&app, &ada, Method::POST, &made, "review").await.expect(409).code(), "not_a_draft");
        step(&app, &ada, Method::POST, &made, "publication").await.expect(409);
        let approved = step(&app, &ada, Method::POST, &made, "approval").await.expect(200).json();
        assert_eq!((&approved["status"], &approved["approved_by"]), (&json!("approved"), &json!(ada.user)));
        assert_eq!(step(&app, &ada, Method::POST, &made, "approval").await.expect(409).code(), "already_approved");
        let shown = step(&app, &ada, Method::POST, &made, "publication").await.expect(200).json();
        assert!(shown["is_published"] == true && shown["published_at"].is_string(), "{shown}");
        let hidden = step(&app, &ada, Method::DELETE, &made, "publication").await.expect(200).json();
        assert_eq!((&hidden["status"], &hidden["published_at"]), (&json!("approved"), &Value::Null));
        step(&app, &ada, Method::POST, &made, "publication").await.expect(200);
        let draft = step(&app, &ada, Method::DELETE, &made, "approval").await.expect(200).json();
        assert_eq!((&draft["status"], &draft["is_published"], &draft["approved_at"]), (&json!("draft"), &json!(false), &Value::Null));
        app.done().await;
    }

    async fn other_words_are_not_what_was_approved(app) {
        let ada = app.admin("Acme").await;
        let bob = app.member(&ada, "Bob").await;
        let made = solution(&app, &bob, "Reading the meter", "Press Menu.").await;
        let path = format!("/api/solutions/{}/", text(&made["id"]));
        for refused in ["review", "approval", "publication"] {
            step(&app, &bob, Method::POST, &made, refused).await.expect(403);
        }
        step(&app, &ada, Method::POST, &made, "approval").await.expect(200);
        step(&app, &ada, Method::POST, &made, "publication").await.expect(200);
        let tag = app.post(&ada, "/api/tags/", json!({ "name": "Meters" })).await.expect(201).id();
        let tagged = app.patch(&bob, &path, json!({ "tags": [tag] })).await.expect(200).json();
        assert_eq!(tagged["is_published"], true, "the words are the same");
        let fixed = app.patch(&ada, &path, json!({ "content": "Press **Menu**." })).await.expect(200).json();
        assert_eq!((&fixed["status"], &fixed["is_published"]), (&json!("approved"), &json!(true)), "she may approve it");
        let other = app.patch(&bob, &path, json!({ "content": "Call my brother." })).await.expect(200).json();
        assert_eq!((&other["status"], &other["is_published"]), (&json!("draft"), &json!(false)));
        app.patch(&app.member(&ada, "Cy").await, &path, json!({ "content": "Mine" })).await.expect(403);
        app.done().await;
    }

    async fn its_name_in_addresses_is_its_own_and_stays(app) {
        let ada = app.admin("Acme").await;
        let [first, second] = [solution(&app, &ada, "Größe & Maß", "1").await, solution(&app, &ada, "Größe: Maß", "2").await];
        assert_eq!((&first["slug"], &second["slug"]), (&json!("große-maß"), &json!("große-maß-2")));
        let path = format!("/api/solutions/{}/", text(&first["id"]));
        let renamed = app.patch(&ada, &path, json!({ "title": "Sizes" })).await.expect(200).json();
        assert_eq!(renamed["slug"], "große-maß");
        assert_eq!(app.patch(&ada, &path, json!({ "slug": "große-maß-2" })).await.expect(409).code(), "duplicate");
        for wrong in ["Sizes", "a b", "a--b", "-a", "a/b", "!"] {
            assert_eq!(app.patch(&ada, &path, json!({ "slug": wrong })).await.expect(422).pointers(), ["/slug"], "{wrong}");
        }
        app.patch(&ada, &path, json!({ "slug": "sizes" })).await.expect(200);
        app.done().await;
    }

    async fn everybody_reads_what_is_published_where_it_is_open(app) {
        let (ada, eve) = (app.admin("Acme").await, app.admin("Other").await);
        published(&app, &ada, "Reading the meter", "Press **Menu** <script>alert(1)</script>").await;
        let draft = solution(&app, &ada, "Secret draft", "Press nothing.").await;
        let approved = solution(&app, &ada, "Secret plan", "Approved and not published.").await;
        step(&app, &ada, Method::POST, &approved, "approval").await.expect(200);
        published(&app, &eve, "Theirs", "Press anything.").await;

        let closed = app.get(&ada, "/api/solutions/help-centre/").await.expect(200).json();
        assert_eq!((&closed["is_enabled"], &closed["key"], &closed["title"]), (&json!(false), &Value::Null, &json!("Acme")));
        let here = opened(&app, &ada).await;
        let list = read(&app, &here).await.expect(200);
        assert_eq!((titles(&list.json()), &list.json()["count"]), (vec!["Reading the meter".to_owned()], &json!(1)));
        assert_eq!((list.header("cache-control"), list.header("access-control-allow-origin")), ("public, max-age=60", "*"));
        assert!(!String::from_utf8_lossy(&list.bytes).contains("\"id\""), "nothing but what is to be read: {}", list.json());
        for (search, found) in [("menu", 1), ("secret", 0), ("theirs", 0)] {
            assert_eq!(read(&app, &format!("{here}?search={search}")).await.expect(200).json()["count"], found, "{search}");
        }
        let one = read(&app, &format!("{here}reading-the-meter/")).await.expect(200);
        assert_eq!(one.json()["content"], "Press **Menu** <script>alert(1)</script>");
        assert!(one.header("content-type").starts_with("application/json"));
        let tag = [("if-none-match", one.header("etag"))];
        app.send_with(None, Method::GET, &format!("{here}reading-the-meter/"), &tag, None).await.expect(304);
        for hidden in [text(&draft["slug"]), text(&approved["slug"]), "theirs".to_owned(), "nothing".to_owned(), "%00".to_owned()] {
            read(&app, &format!("{here}{hidden}/")).await.expect(404);
        }
        for wrong in ["?limit=51", "?cursor=x", "?status=draft"] {
            read(&app, &format!("{here}{wrong}")).await.expect(400);
        }

        app.patch(&ada, "/api/solutions/help-centre/", json!({ "is_enabled": false })).await.expect(200);
        let unknown = read(&app, "/api/solutions/public/nothing-here/").await.expect(404);
        assert_eq!(read(&app, &here).await.expect(404).json()["detail"], unknown.json()["detail"]);
        read(&app, &format!("{here}reading-the-meter/")).await.expect(404);
        assert_eq!(opened(&app, &ada).await, here, "its address stays");
        let bob = app.member(&ada, "Bob").await;
        app.get(&bob, "/api/solutions/help-centre/").await.expect(403);
        app.patch(&bob, "/api/solutions/help-centre/", json!({ "is_enabled": false })).await.expect(403);
        app.done().await;
    }

    async fn one_network_reads_at_a_pace(app) {
        let ada = app.admin("Acme").await;
        let here = opened(&app, &ada).await;
        let mut pages = 0;
        let slower = loop {
            let page = read(&app, &here).await;
            if page.status != 200 || pages > 600 {
                break page.expect(429);
            }
            pages += 1;
        };
        assert!(pages >= 60 && !slower.header("retry-after").is_empty(), "{pages}");
        app.done().await;
    }

    async fn what_shares_the_rarest_words_is_suggested_first(app) {
        let ada = app.admin("Acme").await;
        let bob = app.member(&ada, "Bob").await;
        for (title, content) in [
            ("Paper jams in the printer", "Open the flap of the printer and pull the paper out."),
            ("Printer toner", "Order toner for the printer under Supplies."),
            ("Holidays", "The printer rests, and so do we."),
        ] {
            published(&app, &ada, title, content).await;
        }
        solution(&app, &ada, "A draft about paper jams", "The printer is jammed with paper.").await;
        let ask = async |text: &str| titles(&app.get(&bob, &format!("/api/solutions/suggestions/?text={text}")).await.expect(200).json());
        assert_eq!(ask("my%20printer%20says%20paper%20jam").await[0], "Paper jams in the printer");
        assert_eq!(ask("printer%20wants%20toner").await[0], "Printer toner");
        assert_eq!(ask("printer").await.len(), 3);
        assert_eq!(ask("elephants").await, Vec::<String>::new());
        assert_eq!(ask("").await.len(), 3, "the newest, and no draft");
        let eve = app.admin("Other").await;
        assert_eq!(titles(&app.get(&eve, "/api/solutions/suggestions/?text=printer").await.expect(200).json()), Vec::<String>::new());
        app.done().await;
    }
}

//! Input that no client of ours would send: a clear problem, and nothing changed.

use poem::http::Method;
use serde_json::{Value, json};
use testing::{Person, Reply, TestApp, both};

fn auth(value: &str) -> (&str, &str) {
    ("authorization", value)
}

async fn send(app: &TestApp, who: &Person, body: impl Into<Vec<u8>>) -> Reply {
    app.raw(Some(who), Method::POST, "/api/leads/", &[("content-type", "application/json")], body.into()).await
}

/// A problem document with this status that tells nothing of our insides.
fn is_problem(reply: &Reply, status: u16, what: &str) {
    let text = String::from_utf8_lossy(&reply.bytes).into_owned();
    assert_eq!(
        (reply.status.as_u16(), reply.header("content-type")),
        (status, "application/problem+json"),
        "{what}: {text}"
    );
    for inside in ["serde", "sqlx", "SELECT", "poem", ".rs", "panicked", "::"] {
        assert!(!text.contains(inside), "{what} tells {inside}: {text}");
    }
}

async fn nothing_was_made(app: &TestApp, who: &Person) {
    assert_eq!(app.get(who, "/api/leads/").await.expect(200).json()["count"], 0);
}

both! {
    async fn numbers_out_of_this_world(app) {
        let ada = app.admin("Acme").await;
        for (field, number, status) in [
            ("probability", "1e400", 400),
            ("probability", "-1e400", 400),
            ("probability", "99999999999999999999", 422),
            ("probability", "9223372036854775808", 422),
            ("probability", "50.5", 422),
            ("probability", "-1", 422),
            ("probability", "NaN", 400),
            ("opportunity_amount", "\"1e400\"", 422),
            ("opportunity_amount", "\"99999999999999999999999999999999999999.99\"", 422),
            ("opportunity_amount", "\"-0.01\"", 422),
            ("opportunity_amount", "\"0.001\"", 422),
            ("opportunity_amount", "12500", 422),
        ] {
            let reply = send(&app, &ada, format!("{{\"title\": \"L\", \"{field}\": {number}}}")).await;
            is_problem(&reply, status, number);
            if status == 422 {
                assert_eq!(reply.pointers(), [format!("/{field}")], "{number}");
            }
        }
        let account = json!({ "name": "Elbe", "number_of_employees": 99_999_999_999_u64 });
        is_problem(&app.post(&ada, "/api/accounts/", account).await, 422, "employees");
        for query in ["limit=99999999999999999999", "limit=1e3", "limit=-1", "offset=99999999999999999999", "created_at__gte=99999-01-01T00:00:00Z"] {
            is_problem(&app.get(&ada, &format!("/api/leads/?{query}")).await, 400, query);
        }
        nothing_was_made(&app, &ada).await;
        app.done().await;
    }

    async fn bytes_that_are_no_text(app) {
        let ada = app.admin("Acme").await;
        for (what, body, status) in [
            ("half a letter", b"{\"title\": \"\xc3\"}".to_vec(), 400),
            ("overlong", b"{\"title\": \"\xc0\xaf\"}".to_vec(), 400),
            ("a surrogate in bytes", b"{\"title\": \"\xed\xa0\x80\"}".to_vec(), 400),
            ("a surrogate in letters", br#"{"title": "\ud800"}"#.to_vec(), 400),
            ("a bare NUL", b"{\"title\": \"a\0b\"}".to_vec(), 400),
            ("a spelt NUL", br#"{"title": "a\u0000b"}"#.to_vec(), 422),
            ("a NUL as a name", br#"{"title": "a", "\u0000": 1}"#.to_vec(), 422),
            ("UTF-16", b"\xff\xfe{\0}\0".to_vec(), 400),
            ("nothing", Vec::new(), 400),
            ("two bodies", b"{\"title\": \"a\"} {\"title\": \"b\"}".to_vec(), 400),
        ] {
            is_problem(&send(&app, &ada, body).await, status, what);
        }
        for path in ["/api/leads/%00/", "/api/leads/%ff%fe/", "/api/forms/%00/submissions/", "/api/%00/", "/api/leads/..%2f..%2fetc%2fpasswd/"] {
            let reply = app.get(&ada, path).await;
            assert!([400, 404, 405].contains(&reply.status.as_u16()), "{path}: {}", reply.status);
            assert_eq!(reply.header("content-type"), "application/problem+json", "{path}");
        }
        for query in ["search=%00", "search=%ff%fe", "status=%00", "cursor=%00", "sort=%00", "assigned_to=%00", "%00=1"] {
            let reply = app.get(&ada, &format!("/api/leads/?{query}")).await;
            assert!([200, 400].contains(&reply.status.as_u16()), "{query}: {} {}", reply.status, reply.json());
            assert!(query.starts_with("search") || reply.status == 400, "{query}");
        }
        nothing_was_made(&app, &ada).await;
        app.done().await;
    }

    async fn shapes_that_no_body_has(app) {
        let ada = app.admin("Acme").await;
        let deep = |open: &str, close: &str| format!("{{\"title\": {}1{}}}", open.repeat(50_000), close.repeat(50_000));
        for (what, body, status) in [
            ("lists in lists", deep("[", "]"), 400),
            ("objects in objects", deep("{\"a\":", "}"), 400),
            ("lists without an end", "[".repeat(500_000), 400),
            ("a list", "[]".to_owned(), 422),
            ("a word", "\"lead\"".to_owned(), 422),
            ("null", "null".to_owned(), 422),
            ("a name twice", r#"{"title": "one", "title": "two"}"#.to_owned(), 400),
            ("a name twice, spelt in two ways", r#"{"title": "one", "\u0074itle": "two"}"#.to_owned(), 400),
            ("too many faults to tell", json!((0..5_000).map(|n| (format!("x{n}"), json!(1))).collect::<serde_json::Map<String, Value>>()).to_string(), 422),
            ("a mebibyte and a bit", format!("{{\"title\": \"{}\"}}", "x".repeat(1 << 20)), 413),
        ] {
            let reply = send(&app, &ada, body).await;
            is_problem(&reply, status, what);
            assert!(reply.bytes.len() < 64 * 1024, "{what}: an answer of {} bytes", reply.bytes.len());
        }
        let crowd: Vec<_> = (0..5_000).map(|_| uuid::Uuid::new_v4()).collect();
        is_problem(&app.post(&ada, "/api/leads/", json!({ "title": "L", "assigned_to": crowd })).await, 422, "a crowd");
        nothing_was_made(&app, &ada).await;
        app.done().await;
    }

    async fn headers_that_say_two_things(app) {
        let (ada, bob) = (app.admin("Acme").await, app.admin("Blue").await);
        let (one, other) = (format!("Bearer {}", ada.token), format!("Bearer {}", bob.token));
        let (acme, blue) = (ada.org.expect("acme").to_string(), bob.org.expect("blue").to_string());
        let json = ("content-type", "application/json");
        let ask = async |headers: &[(&str, &str)]| {
            app.raw(None, Method::POST, "/api/leads/", headers, r#"{"title": "L"}"#).await
        };
        is_problem(&ask(&[auth(&one), auth(&other), ("org", &acme), json]).await, 401, "two tokens");
        is_problem(&ask(&[auth(&one), auth(&one), ("org", &acme), json]).await, 401, "one token twice");
        is_problem(&ask(&[auth(&one), ("org", &acme), ("org", &blue), json]).await, 400, "two organisations");
        is_problem(&ask(&[auth(&one), ("org", &acme), ("org", &acme), json]).await, 400, "one organisation twice");
        is_problem(&ask(&[auth(&one), ("org", &format!("{acme}, {blue}")), json]).await, 400, "two in one");
        is_problem(&ask(&[auth(&one), ("org", &acme), json, ("content-type", "text/plain")]).await, 400, "two types");
        is_problem(&ask(&[auth(&one), ("org", &acme), json, ("idempotency-key", "a"), ("idempotency-key", "b")]).await, 400, "two keys");
        is_problem(&ask(&[auth(&one), ("org", &acme)]).await, 415, "no type");
        for kind in ["text/plain", "application/xml", "application/json5", "application", ";", "application/x-www-form-urlencoded"] {
            is_problem(&ask(&[auth(&one), ("org", &acme), ("content-type", kind)]).await, 415, kind);
        }
        for kind in ["Bearer", "Bearer ", "Basic YTpi", "bearer\t", "Bearer a.b.c", "Bearer null"] {
            is_problem(&ask(&[auth(kind), ("org", &acme), json]).await, 401, kind);
        }
        let long = "x".repeat(40_000);
        is_problem(&ask(&[auth(&one), ("org", &acme), json, ("x-long", &long)]).await, 431, "endless headers");
        is_problem(&app.get(&ada, &format!("/api/leads/?search={}", "x".repeat(9_000))).await, 414, "an endless address");
        nothing_was_made(&app, &ada).await;
        ask(&[auth(&one), ("org", &acme), ("content-type", "Application/JSON; charset=utf-8")]).await.expect(201);
        app.done().await;
    }
}

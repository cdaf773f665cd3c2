//! Over a real socket: bodies without an end, and many who guess.

use std::time::Instant;

use serde_json::json;
use testing::{Engine, TestApp, both};

/// Bytes of this process in memory, where the system tells.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or("0 kB");
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or(0) * 1024
}

both! {
    async fn a_body_without_an_end_is_cut_at_the_cap(app) {
        let admin = app.admin("Harbour").await;
        let form = app.post(&admin, "/api/forms/", json!({ "title": "Contact" })).await.expect(201).json();
        let lead = app.post(&admin, "/api/leads/", json!({ "title": "Files" })).await.expect(201).id();
        let server = app.listen().await;
        let org = admin.org.expect("an organisation");
        let head = |path: &str, more: &str| {
            format!(
                "POST {path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\norg: {org}\r\ntransfer-encoding: chunked\r\n{more}\r\n",
                admin.token
            )
        };
        let json = "content-type: application/json\r\n";
        let upload = "content-type: multipart/form-data; boundary=x\r\n";
        let cap = 25 << 20;
        let public = format!("/api/forms/{}/submissions/", form["key"].as_str().expect("a key"));
        let cases = [
            (head("/api/leads/", json), 1 << 20),
            (head("/api/leads/", &format!("{json}idempotency-key: endless\r\n")), 1 << 20),
            (head("/api/auth/login/", json), 1 << 20),
            (head(&public, json), 64 << 10),
            (head(&format!("/api/leads/attachment/{lead}/"), upload), cap),
        ];
        let (chunk, before) = (vec![b'['; 64 * 1024], memory());
        for (head, cap) in cases {
            let start = if head.contains("multipart") {
                "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n"
            } else {
                ""
            };
            let start = if start.is_empty() { String::new() } else { format!("{:x}\r\n{start}\r\n", start.len()) };
            let (answer, poured) = server.pour(&format!("{head}{start}"), &chunk, 100_000).await;
            let first = head.lines().next().unwrap_or_default();
            assert!(answer.starts_with("HTTP/1.1 413 "), "{first}: {answer}");
            assert!(answer.contains("application/problem+json"), "{first}: {answer}");
            // What the system keeps in its buffers went out too.
            assert!(poured * chunk.len() < cap + (24 << 20), "{first}: {poured} chunks before the answer");
        }
        let grown = memory().saturating_sub(before);
        assert!(grown < 96 << 20, "{} MiB more", grown >> 20);
        let attached = app.get(&admin, &format!("/api/leads/attachment/{lead}/")).await.expect(200).json();
        assert_eq!((&attached["count"], &app.get(&admin, "/api/leads/").await.json()["count"]), (&json!(0), &json!(1)));
        app.done().await;
    }

    async fn a_length_that_is_too_much_is_refused_before_anything_comes(app) {
        let admin = app.admin("Harbour").await;
        let server = app.listen().await;
        let head = format!(
            "POST /api/leads/ HTTP/1.1\r\nhost: x\r\nauthorization: Bearer {}\r\norg: {}\r\ncontent-type: application/json\r\nidempotency-key: k\r\ncontent-length: 1099511627776\r\n\r\n",
            admin.token,
            admin.org.expect("an organisation"),
        );
        let began = Instant::now();
        let (answer, _) = server.pour(&head, b"", 0).await;
        assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
        assert!(began.elapsed().as_secs() < 5);
        app.done().await;
    }
}

/// Behind a proxy of ours everybody counts for themselves; nobody else is believed who they are.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn guessing_from_one_network_is_slow() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        for (proxies, believed) in [("127.0.0.0/8", true), ("192.0.2.0/24", false)] {
            let clock = base::Clock::fixed(chrono::DateTime::from_timestamp(1_793_880_000, 0).expect("a time"));
            let Some(app) = TestApp::start_with(engine, clock, &[("TRUSTED_PROXIES", proxies)]).await else { continue };
            let server = app.listen().await;
            let login = async |from: &str, n: u32| {
                let guess = json!({ "email": format!("nobody{n}@people.example"), "password": "not this one, surely" });
                let body = guess.to_string();
                let head = format!(
                    "POST /api/auth/login/ HTTP/1.1\r\nhost: x\r\nx-forwarded-for: {from}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
                    body.len(),
                );
                server.pour(&head, b"", 0).await.0.to_lowercase()
            };
            for n in 0..10 {
                let failed = login("203.0.113.7", n).await;
                assert!(failed.starts_with("http/1.1 401 "), "{failed}");
            }
            let slowed = login("203.0.113.7", 10).await;
            assert!(slowed.starts_with("http/1.1 429 "), "{slowed}");
            assert!(slowed.contains("\r\nretry-after: 20\r\n"), "{slowed}");
            assert!(slowed.contains("application/problem+json"), "{slowed}");
            let elsewhere = login("203.0.113.8", 11).await;
            let status = if believed { "http/1.1 401 " } else { "http/1.1 429 " };
            assert!(
                elsewhere.starts_with(status),
                "an address of the sender's own choice is no other network: {elsewhere}"
            );
            drop(server);
            app.done().await;
        }
    }
}

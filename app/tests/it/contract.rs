//! What holds for every address: how it is asked, and how it says no.

use futures_util::future::join_all;
use poem::{Body, Request, http::Method};
use serde_json::{Value, json};
use testing::{Person, Reply, TestApp, both};

async fn raw(app: &TestApp, who: &Person, kind: &str, body: Vec<u8>) -> Reply {
    let org = who.org.expect("an organisation").to_string();
    let request = Request::builder().method(Method::POST).uri_str("/api/leads/").content_type(kind);
    let request = request.header("authorization", format!("Bearer {}", who.token)).header("org", org);
    Reply::read(app.call(request.body(Body::from_vec(body))).await).await
}

fn is_problem(reply: &Reply) {
    assert_eq!(reply.header("content-type"), "application/problem+json");
    let problem = reply.json();
    assert_eq!(problem["status"], reply.status.as_u16());
    assert!(
        ["type", "title", "detail", "instance", "code"].iter().all(|member| problem[*member].is_string()),
        "{problem}"
    );
}

both! {
    async fn an_address_is_the_same_with_and_without_its_last_slash(app) {
        let ada = app.admin("Acme").await;
        app.post(&ada, "/api/leads", json!({ "title": "One" })).await.expect(201);
        app.post(&ada, "/api/leads/", json!({ "title": "Two" })).await.expect(201);
        assert_eq!(app.get(&ada, "/api/leads").await.json()["count"], 2);
        app.done().await;
    }

    async fn every_refusal_is_a_problem_document(app) {
        let ada = app.admin("Acme").await;
        let unknown = app.get(&ada, "/api/nothing/").await.expect(404);
        is_problem(&unknown);
        let method = app.delete(&ada, "/api/leads/").await.expect(405);
        is_problem(&method);
        assert!(method.header("allow").contains("GET") && method.header("allow").contains("POST"));
        let huge = format!("{{\"title\": \"{}\"}}", "x".repeat(2 << 20));
        let deep = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
        let bodies: [(&str, Vec<u8>, &[u16]); 7] = [
            ("application/json", b"{".to_vec(), &[400]),
            ("application/json", b"{\"title\": \"\xff\"}".to_vec(), &[400]),
            ("application/json", b"{\"title\": \"a\\u0000b\"}".to_vec(), &[422]),
            ("application/json", b"{\"title\": \"a\", \"probability\": 1e300}".to_vec(), &[422]),
            ("application/json", deep.into_bytes(), &[400, 422]),
            ("application/json", huge.into_bytes(), &[413]),
            ("text/plain", b"{}".to_vec(), &[415]),
        ];
        for (kind, body, wanted) in bodies {
            let start = String::from_utf8_lossy(&body[..body.len().min(40)]).into_owned();
            let reply = raw(&app, &ada, kind, body).await;
            assert!(wanted.contains(&reply.status.as_u16()), "{start}: {}", reply.status);
            is_problem(&reply);
        }
        let faults = app.post(&ada, "/api/leads/", json!({ "title": 1, "email": "no", "surprise": true })).await.expect(422);
        is_problem(&faults);
        let mut pointers = faults.pointers();
        pointers.sort();
        assert_eq!(pointers, ["/email", "/surprise", "/title"]);
        assert_eq!(app.get(&ada, "/api/leads/").await.json()["count"], 0, "nothing was made");
        app.done().await;
    }

    async fn the_org_header_is_there_once_and_one_s_own(app) {
        let (ada, bob) = (app.admin("Acme").await, app.admin("Blue").await);
        let nowhere = Person { org: None, ..ada.clone() };
        let ask = async |who: &Person, headers: Vec<(&str, &str)>| app.send_with(Some(who), Method::GET, "/api/leads/", &headers, None).await;
        let foreign = bob.org.expect("an organisation").to_string();
        assert_eq!(ask(&nowhere, vec![]).await.expect(400).code(), "org_missing");
        assert_eq!(ask(&nowhere, vec![("org", "acme")]).await.expect(400).code(), "org_malformed");
        assert_eq!(ask(&ada, vec![("org", &foreign)]).await.expect(400).code(), "org_doubled");
        let _ = ask(&nowhere, vec![("org", &foreign)]).await.expect(404);
        app.done().await;
    }

    async fn a_version_is_checked(app) {
        let ada = app.admin("Acme").await;
        let made = app.post(&ada, "/api/leads/", json!({ "title": "One", "job_title": "CEO" })).await.expect(201);
        let (path, tag) = (format!("/api/leads/{}/", made.id()), made.header("etag").to_owned());
        let _ = app.send_with(Some(&ada), Method::GET, &path, &[("if-none-match", &tag)], None).await.expect(304);
        let change = json!({ "job_title": null });
        let changed = app.send_with(Some(&ada), Method::PATCH, &path, &[("if-match", &tag)], Some(change.clone())).await.expect(200).json();
        assert_eq!((&changed["title"], &changed["job_title"]), (&json!("One"), &Value::Null), "absent stays, null clears");
        let stale = app.send_with(Some(&ada), Method::PATCH, &path, &[("if-match", &tag)], Some(change)).await.expect(412);
        is_problem(&stale);
        app.done().await;
    }

    async fn a_request_with_a_key_happens_once(app) {
        let ada = app.admin("Acme").await;
        let send = async |title: &str| {
            let body = Some(json!({ "title": title }));
            app.send_with(Some(&ada), Method::POST, "/api/leads/", &[("idempotency-key", "k1")], body).await
        };
        let replies = join_all((0..8).map(|_| send("One"))).await;
        let told: Vec<_> = replies.iter().map(|reply| reply.status.as_u16()).collect();
        assert!(told.iter().all(|status| [201, 409, 503].contains(status)), "{told:?}");
        let (first, again) = (replies.iter().find(|reply| reply.status == 201).expect("one"), send("One").await.expect(201));
        assert_eq!(again.bytes, first.bytes);
        assert_eq!(again.header("idempotency-replayed"), "true");
        let _ = send("Two").await.expect(422);
        assert_eq!(app.get(&ada, "/api/leads/").await.json()["count"], 1);
        app.done().await;
    }

    async fn pages_hold_still_while_records_come_in(app) {
        let ada = app.admin("Acme").await;
        for n in 0..60 {
            app.post(&ada, "/api/leads/", json!({ "title": format!("Lead {n}") })).await.expect(201);
        }
        let (mut seen, mut next) = (Vec::new(), None::<String>);
        loop {
            let cursor = next.as_ref().map(|next| format!("&cursor={next}")).unwrap_or_default();
            let page = app.get(&ada, &format!("/api/leads/?limit=7{cursor}")).await.expect(200).json();
            seen.extend(page["results"].as_array().expect("rows").iter().map(|row| row["id"].to_string()));
            app.post(&ada, "/api/leads/", json!({ "title": "Late" })).await.expect(201);
            next = page["next"].as_str().map(str::to_owned);
            if next.is_none() {
                break;
            }
        }
        let unique: std::collections::BTreeSet<_> = seen.iter().collect();
        assert_eq!((seen.len(), unique.len()), (60, 60));
        for query in ["surprise=1", "sort=surprise", "limit=0", "limit=201", "cursor=x"] {
            is_problem(&app.get(&ada, &format!("/api/leads/?{query}")).await.expect(400));
        }
        app.done().await;
    }

    async fn a_filter_takes_as_many_values_as_the_document_says(app) {
        let ada = app.admin("Acme").await;
        let mut tried = 0;
        for (path, methods) in app.document["paths"].as_object().expect("paths") {
            for filter in methods["get"]["parameters"].as_array().into_iter().flatten() {
                if filter["schema"]["items"]["format"] == "uuid" {
                    let most = usize::try_from(filter["schema"]["maxItems"].as_u64().expect("an end")).expect("some");
                    let one = format!("{}=01900000-0000-7000-8000-00000000dead", filter["name"].as_str().expect("a name"));
                    let ask = async |times: usize| app.get(&ada, &format!("{path}?{}", vec![one.as_str(); times].join("&"))).await;
                    let _ = ask(most).await.expect(200);
                    is_problem(&ask(most + 1).await.expect(400));
                    tried += 1;
                }
            }
        }
        assert!(tried > 10, "{tried}");
        app.done().await;
    }

    async fn a_query_has_what_the_document_says_and_nothing_else(app) {
        let ada = app.admin("Acme").await;
        for (path, methods) in app.document["paths"].as_object().expect("paths") {
            let query = methods["get"]["parameters"].as_array().into_iter().flatten().filter(|it| it["in"] == "query");
            let query: Vec<_> = query.collect();
            let address = path.replace("{id}", "01900000-0000-7000-8000-00000000dead");
            let ask = async |query: &str| app.get(&ada, &format!("{address}?{query}")).await;
            if !query.is_empty() {
                assert_eq!(ask("surprise=1").await.expect(400).code(), "invalid_parameter", "{path}");
            }
            for one in query.iter().filter(|parameter| parameter["schema"]["type"] != "array") {
                let name = one["name"].as_str().expect("a name");
                assert_eq!(ask(&format!("{name}=1&{name}=1")).await.expect(400).code(), "invalid_parameter", "{path} {name}");
            }
        }
        app.done().await;
    }

    async fn words_are_found_by_their_beginnings(app) {
        let ada = app.admin("Acme").await;
        app.post(&ada, "/api/accounts/", json!({ "name": "Müller Kaffeerösterei" })).await.expect(201);
        for (word, count) in [("mull", 1), ("MÜL", 1), ("kaffeerost", 1), ("sterei", 0), ("kaf mul", 1)] {
            let found = app.get(&ada, &format!("/api/accounts/?search={}", word.replace(' ', "%20").replace('Ü', "%C3%9C"))).await.expect(200);
            assert_eq!(found.json()["count"], count, "{word}");
        }
        app.done().await;
    }
}

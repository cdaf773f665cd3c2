//! What anybody on the web may send, and from where.

use futures_util::future::join_all;
use poem::http::Method;
use serde_json::{Value, json};
use testing::{Person, Reply, TestApp, both};

const PAGE: &str = "https://www.example.com";

/// A form with these settings: where it is sent to, without the noun.
async fn form(app: &TestApp, admin: &Person, settings: Value) -> String {
    let mut form = json!({ "title": "Contact", "allowed_origins": [PAGE] });
    form.as_object_mut().expect("an object").extend(settings.as_object().expect("an object").clone());
    let form = app.post(admin, "/api/forms/", form).await.expect(201).json();
    format!("/api/forms/{}", form["key"].as_str().expect("a key"))
}

async fn submit(app: &TestApp, form: &str, headers: &[(&str, &str)], said: Value) -> Reply {
    app.send_with(None, Method::POST, &format!("{form}/submissions/"), headers, Some(said)).await
}

async fn leads(app: &TestApp, admin: &Person) -> Value {
    app.get(admin, "/api/leads/").await.expect(200).json()
}

async fn comments(app: &TestApp, admin: &Person, lead: &Value) -> u64 {
    let path = format!("/api/leads/comment/{}/", lead["id"].as_str().expect("an id"));
    app.get(admin, &path).await.expect(200).json()["count"].as_u64().expect("a count")
}

both! {
    async fn one_address_is_one_lead_whichever_form_it_comes_by(app) {
        let admin = app.admin("Harbour").await;
        let forms = [form(&app, &admin, json!({})).await, form(&app, &admin, json!({})).await];
        for round in 0..2 {
            let address = |n: usize| if n.is_multiple_of(2) { format!("Jo{round}@elbe.example") } else { format!("jo{round}@ELBE.example") };
            let both_at_once = (0..8).map(|n| {
                let said = json!({ "email": address(n), "message": format!("for the {n}th time") });
                let (app, form) = (&app, &forms[n % 2]);
                async move { submit(app, form, &[], said).await }
            });
            for reply in join_all(both_at_once).await {
                reply.expect(202);
            }
        }
        let leads = leads(&app, &admin).await;
        assert_eq!(leads["count"], 2, "one for each address");
        for lead in leads["results"].as_array().expect("leads") {
            assert_eq!(comments(&app, &admin, lead).await, 7, "and the rest are said to it");
        }
        app.done().await;
    }

    async fn a_second_try_with_the_same_key_is_no_second_submission(app) {
        let admin = app.admin("Harbour").await;
        let (one, other) = (form(&app, &admin, json!({})).await, form(&app, &admin, json!({})).await);
        let once = [("idempotency-key", "visit-1")];
        let said = json!({ "email": "jo@elbe.example", "message": "Do you deliver?" });
        let first = submit(&app, &one, &once, said.clone()).await.expect(202);
        assert_eq!(first.header("idempotency-replayed"), "");
        let again = submit(&app, &one, &once, said.clone()).await.expect(202);
        assert_eq!((again.header("idempotency-replayed"), &again.bytes), ("true", &first.bytes));
        let lead = leads(&app, &admin).await["results"][0].clone();
        assert_eq!(comments(&app, &admin, &lead).await, 0, "said once");
        let mixed_up = submit(&app, &one, &once, json!({ "email": "ann@elbe.example" })).await.expect(422);
        assert_eq!(mixed_up.code(), "idempotency_key_reused");
        submit(&app, &other, &once, said).await.expect(202);
        assert_eq!(comments(&app, &admin, &lead).await, 1, "another form has its own keys");
        let message = json!({ "name": "Jo", "email": "jo@elbe.example", "message": "Hello?" });
        for _ in 0..2 {
            app.send_with(None, Method::POST, &format!("{one}/messages/"), &once, Some(message.clone())).await.expect(202);
        }
        assert_eq!(app.get(&admin, "/api/contact-messages/").await.expect(200).json()["count"], 1);
        app.done().await;
    }

    async fn only_pages_of_its_origins_send_a_form(app) {
        let admin = app.admin("Harbour").await;
        let form = form(&app, &admin, json!({})).await;
        let path = format!("{form}/submissions/");
        let ask = async |origin: &str| {
            let headers = [("origin", origin), ("access-control-request-method", "POST")];
            app.raw(None, Method::OPTIONS, &path, &headers, "").await
        };
        let asked = ask(PAGE).await.expect(204);
        assert_eq!(asked.header("access-control-allow-origin"), PAGE);
        assert_eq!(asked.header("access-control-allow-methods"), "POST");
        assert_eq!(asked.header("access-control-allow-headers"), "content-type, idempotency-key");
        assert_eq!(asked.header("access-control-allow-credentials"), "", "never with cookies");
        for other in ["https://example.com", "http://www.example.com", "https://www.example.com.evil.example", "null"] {
            let refused = ask(other).await.expect(403);
            assert_eq!(refused.header("access-control-allow-origin"), "", "{other}");
            let sent = submit(&app, &form, &[("origin", other)], json!({ "email": "jo@elbe.example" })).await.expect(403);
            assert_eq!((sent.code().as_str(), sent.header("access-control-allow-origin")), ("origin_not_allowed", ""));
        }
        assert_eq!(leads(&app, &admin).await["count"], 0);
        let sent = submit(&app, &form, &[("origin", PAGE)], json!({ "email": "jo@elbe.example" })).await.expect(202);
        assert_eq!((sent.header("access-control-allow-origin"), sent.header("vary")), (PAGE, "Origin"));
        let wrong = submit(&app, &form, &[("origin", PAGE)], json!({ "email": "jo" })).await.expect(422);
        assert_eq!(wrong.header("access-control-allow-origin"), PAGE, "the page may read what is wrong");
        submit(&app, &form, &[], json!({ "email": "ann@elbe.example" })).await.expect(202);
        assert_eq!(leads(&app, &admin).await["count"], 2, "a server sends no origin");
        app.done().await;
    }

    async fn what_a_program_sends_is_thanked_for_and_dropped(app) {
        let admin = app.admin("Harbour").await;
        let form = form(&app, &admin, json!({ "minimum_seconds": 3 })).await;
        let person = json!({ "email": "jo@elbe.example", "fax": "", "elapsed_ms": 3000 });
        let thanked = submit(&app, &form, &[], person).await.expect(202);
        for program in [
            json!({ "email": "bot1@elbe.example", "fax": "0800 1234", "elapsed_ms": 60_000 }),
            json!({ "email": "bot2@elbe.example", "elapsed_ms": 2_999 }),
            json!({ "email": "bot3@elbe.example" }),
        ] {
            let reply = submit(&app, &form, &[], program.clone()).await.expect(202);
            assert_eq!(reply.bytes, thanked.bytes, "it learns nothing: {program}");
            let said = json!({ "name": "Bot", "message": "Buy", "email": program["email"], "fax": program["fax"].as_str() });
            let message = app.send(None, Method::POST, &format!("{form}/messages/"), Some(said)).await.expect(202);
            assert_eq!(message.bytes, thanked.bytes);
        }
        assert_eq!(leads(&app, &admin).await["count"], 1);
        assert_eq!(app.get(&admin, "/api/contact-messages/").await.expect(200).json()["count"], 0);
        app.work().await;
        app.done().await;
    }

    async fn a_browser_without_scripts_sends_it_too(app) {
        let admin = app.admin("Harbour").await;
        let form = form(&app, &admin, json!({ "required_fields": ["name", "email"] })).await;
        let path = format!("{form}/submissions/");
        let kind = ("content-type", "application/x-www-form-urlencoded");
        let body = "name=Jo+Smith&email=jo%40elbe.example&phone=&fax=&message=a%0D%0Ab";
        app.raw(None, Method::POST, &path, &[kind, ("origin", PAGE)], body).await.expect(202);
        let lead = leads(&app, &admin).await["results"][0].clone();
        assert_eq!((&lead["first_name"], &lead["last_name"], &lead["created_from_site"]), (&json!("Jo"), &json!("Smith"), &json!(true)));
        for (body, status) in [("name=Jo", 422), ("name=Jo&name=Ann&email=a%40b.example", 422), ("name=%ff%fe&email=x", 400), ("surprise=1&name=Jo&email=a%40b.example", 422)] {
            let refused = app.raw(None, Method::POST, &path, &[kind], body).await;
            assert_eq!((refused.status.as_u16(), refused.header("content-type")), (status, "application/problem+json"), "{body}");
        }
        assert_eq!(leads(&app, &admin).await["count"], 1);
        app.done().await;
    }

    async fn one_network_sends_ten_at_once_and_then_waits(app) {
        let admin = app.admin("Harbour").await;
        let (form, other) = (form(&app, &admin, json!({})).await, form(&app, &admin, json!({})).await);
        let send = async |form: &str, n: u32| submit(&app, form, &[("origin", PAGE)], json!({ "email": format!("jo{n}@elbe.example") })).await;
        for n in 0..10 {
            send(&form, n).await.expect(202);
        }
        let slowed = send(&form, 10).await.expect(429);
        let wait: u64 = slowed.header("retry-after").parse().expect("seconds");
        assert!((1..=11).contains(&wait), "{wait}");
        assert_eq!((slowed.code().as_str(), slowed.header("content-type")), ("too_many_requests", "application/problem+json"));
        assert_eq!(slowed.header("access-control-allow-origin"), PAGE, "the page may read that it has to wait");
        send(&other, 11).await.expect(202);
        assert_eq!(leads(&app, &admin).await["count"], 11);
        app.done().await;
    }

    async fn a_form_that_takes_nothing_is_not_there(app) {
        let admin = app.admin("Harbour").await;
        let path = form(&app, &admin, json!({})).await;
        let id = app.get(&admin, "/api/forms/").await.expect(200).json()["results"][0]["id"].as_str().expect("an id").to_owned();
        let said = json!({ "email": "jo@elbe.example" });
        let unknown = submit(&app, "/api/forms/00000000000000000000000000000000", &[], said.clone()).await.expect(404);
        app.patch(&admin, &format!("/api/forms/{id}/"), json!({ "is_active": false })).await.expect(200);
        let inactive = submit(&app, &path, &[], said.clone()).await.expect(404);
        assert_eq!(inactive.code(), unknown.code());
        app.patch(&admin, &format!("/api/forms/{id}/"), json!({ "is_active": true })).await.expect(200);
        app.delete(&admin, &format!("/api/forms/{id}/")).await.expect(204);
        submit(&app, &path, &[], said).await.expect(404);
        assert_eq!(leads(&app, &admin).await["count"], 0);
        app.done().await;
    }
}

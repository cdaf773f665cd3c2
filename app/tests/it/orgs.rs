//! What an organisation says of itself, and those who run the server.

use poem::http::Method;
use serde_json::json;
use testing::{Engine, Person, TestApp, both};

use crate::{identity::token_of, uploads::PNG};

both! {
    async fn an_organisation_is_changed_by_who_may(app) {
        let admin = app.admin("Harbour").await;
        let mia = app.member(&admin, "Mia").await;
        let path = format!("/api/orgs/{}/", admin.org.expect("an organisation"));
        let change = json!({ "name": "Harbour Ltd", "country": "DE", "phone": "040 30998877", "timezone": "Europe/Berlin", "default_currency": "EUR" });
        app.patch(&mia, &path, change.clone()).await.expect(403);
        let changed = app.patch(&admin, &path, change).await.expect(200);
        let org = changed.json();
        assert_eq!((&org["name"], &org["phone"]["e164"], &org["default_currency"]), (&json!("Harbour Ltd"), &json!("+494030998877"), &json!("EUR")));
        let wrong = json!({ "timezone": "Europe/Atlantis", "default_currency": "XYZ", "country": "QQ", "name": null, "email": "no" });
        let mut pointers = app.patch(&admin, &path, wrong).await.expect(422).pointers();
        pointers.sort();
        assert_eq!(pointers, ["/country", "/default_currency", "/email", "/name", "/timezone"]);
        let stale = app.send_with(Some(&admin), Method::PATCH, &path, &[("if-match", "\"1-00\"")], Some(json!({ "name": "Late" }))).await;
        assert_eq!(stale.expect(412).code(), "stale");
        assert_eq!(app.get(&mia, &path).await.expect(200).json(), org, "what was refused changed nothing");
        app.done().await;
    }

    async fn a_logo_is_a_picture_that_nothing_can_run(app) {
        let admin = app.admin("Harbour").await;
        let mia = app.member(&admin, "Mia").await;
        let path = format!("/api/orgs/{}/logo/", admin.org.expect("an organisation"));
        app.get(&admin, &path).await.expect(404);
        app.upload(&mia, Method::PUT, &path, "logo.png", PNG).await.expect(403);
        let forbidden: [(&str, &[u8]); 4] = [
            ("logo.png", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
            ("logo.png", b"just words"),
            ("logo.png", b"%PDF-1.7 ..."),
            ("logo.png", b"\x7fELF\x02\x01\x01"),
        ];
        for (name, content) in forbidden {
            let refused = app.upload(&admin, Method::PUT, &path, name, content).await.expect(415);
            assert_eq!(refused.header("content-type"), "application/problem+json");
            app.get(&admin, &path).await.expect(404);
        }
        app.upload(&admin, Method::PUT, &path, "logo.svg", PNG).await.expect(200);
        let logo = app.get(&mia, &path).await.expect(200);
        assert_eq!((logo.bytes.as_slice(), logo.header("content-type")), (PNG, "image/png"));
        assert!(logo.header("content-disposition").starts_with("attachment"));
        app.upload(&admin, Method::PUT, &path, "logo.png", b"").await.expect(422);
        assert_eq!(app.get(&mia, &path).await.expect(200).bytes, PNG, "what was refused replaced nothing");
        app.delete(&mia, &path).await.expect(403);
        app.delete(&admin, &path).await.expect(200);
        app.get(&admin, &path).await.expect(404);
        app.done().await;
    }
}

/// Somebody who registered with an address at a domain of their own.
async fn registered(app: &TestApp, email: &str) -> Person {
    let new = json!({ "email": email, "name": "Kim", "password": testing::PASSWORD });
    app.send(None, Method::POST, "/api/auth/register/", Some(new)).await.expect(202);
    app.work().await;
    let token = json!({ "token": token_of(&app.mails()) });
    assert!(app.send(None, Method::POST, "/api/auth/email/verify/", Some(token)).await.status.is_success());
    let login = json!({ "email": email, "password": testing::PASSWORD });
    let tokens = app.send(None, Method::POST, "/api/auth/login/", Some(login)).await.expect(200).json();
    let token = tokens["access_token"].as_str().expect("a token").to_owned();
    Person { user: uuid::Uuid::nil(), email: email.to_owned(), token, org: None }
}

/// They see that there are organisations, can close one, and see nothing of what is in it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn those_who_run_the_server_close_an_organisation_and_see_nothing_of_it() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let settings = [("PLATFORM_ADMIN_DOMAINS", "keeper.example")];
        let clock = base::Clock::fixed(chrono::DateTime::from_timestamp(1_793_880_000, 0).expect("a time"));
        let Some(app) = TestApp::start_with(engine, clock, &settings).await else { continue };
        let (ada, bob) = (app.admin("Acme").await, app.admin("Blue").await);
        let keeper = registered(&app, "kim@keeper.example").await;
        let nearly = registered(&app, "kim@not-keeper.example").await;
        let lead = app.post(&ada, "/api/leads/", json!({ "title": "Secret merger" })).await.expect(201).id();
        for other in [&ada, &nearly] {
            app.get(&Person { org: None, ..other.clone() }, "/api/platform/orgs/").await.expect(404);
        }
        let orgs = app.get(&keeper, "/api/platform/orgs/").await.expect(200);
        assert_eq!(orgs.json()["count"], 2);
        assert!(!String::from_utf8_lossy(&orgs.bytes).contains("Secret"));
        let inside = Person { org: ada.org, ..keeper.clone() };
        for path in ["/api/leads/".to_owned(), format!("/api/leads/{lead}/"), "/api/members/".to_owned()] {
            app.get(&inside, &path).await.expect(404);
        }
        let form = app.post(&ada, "/api/forms/", json!({ "title": "Contact" })).await.expect(201).json();
        let form = format!("/api/forms/{}/submissions/", form["key"].as_str().expect("a key"));
        let path = format!("/api/platform/orgs/{}/", ada.org.expect("an organisation"));
        app.patch(&ada, &path, json!({ "is_active": false })).await.expect(404);
        app.patch(&keeper, &path, json!({ "is_active": "no" })).await.expect(422);
        app.patch(&keeper, &path, json!({ "is_active": false, "name": "Mine" })).await.expect(422);
        app.patch(&keeper, &path, json!({ "is_active": false })).await.expect(200);
        app.get(&ada, "/api/leads/").await.expect(404);
        let mine = app.get(&Person { org: None, ..ada.clone() }, "/api/orgs/").await.expect(200).json();
        assert_eq!(mine["count"], 0);
        app.send(None, Method::POST, &form, Some(json!({ "email": "jo@elbe.example" }))).await.expect(404);
        app.get(&bob, "/api/leads/").await.expect(200);
        app.patch(&keeper, &path, json!({ "is_active": true })).await.expect(200);
        assert_eq!(app.get(&ada, "/api/leads/").await.expect(200).json()["count"], 1, "nothing is lost");
        app.done().await;
    }
}

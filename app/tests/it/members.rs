//! Who comes in, and who is out.

use poem::http::Method;
use serde_json::{Value, json};
use testing::{Engine, Person, Reply, TestApp, both};

use crate::identity::token_of;

const ACCEPTANCE: &str = "/api/invitations/acceptance/";

async fn invite(app: &TestApp, by: &Person, email: &str) -> Reply {
    let role_id = app.role(by, "User").await;
    app.post(by, "/api/invitations/", json!({ "email": email, "role_id": role_id })).await
}

/// The token in the newest letter.
async fn letter(app: &TestApp) -> Value {
    app.work().await;
    json!({ "token": token_of(&app.mails()) })
}

/// The same person, asking in an organisation.
fn inside(who: &Person, admin: &Person) -> Person {
    Person { org: admin.org, ..who.clone() }
}

async fn accept(app: &TestApp, who: &Person, token: &Value) -> Reply {
    app.post(who, ACCEPTANCE, token.clone()).await
}

both! {
    async fn only_whom_the_letter_was_sent_to_comes_in(app) {
        let admin = app.admin("Harbour").await;
        let (jo, mallory) = (app.person("Jo").await, app.person("Mallory").await);
        let invited = invite(&app, &admin, &jo.email.to_uppercase()).await.expect(201);
        assert_eq!(invited.json()["state"], "open");
        assert!(!String::from_utf8_lossy(&invited.bytes).contains("token"), "the link is in the letter alone");
        let token = letter(&app).await;
        let unknown = accept(&app, &mallory, &json!({ "token": "no-such-token" })).await.expect(404);
        let wrong = accept(&app, &mallory, &token).await.expect(404);
        assert_eq!(unknown.code(), wrong.code());
        app.get(&inside(&mallory, &admin), "/api/leads/").await.expect(404);
        app.get(&inside(&jo, &admin), "/api/leads/").await.expect(404);
        let joined = accept(&app, &jo, &token).await.expect(201);
        assert_eq!(joined.id(), admin.org.expect("an organisation"));
        let jo = inside(&jo, &admin);
        app.get(&jo, "/api/leads/").await.expect(200);
        let member = app.get(&jo, &format!("/api/members/{}/", jo.user)).await.expect(200).json();
        assert_eq!(member["role"]["name"], "User");
        assert_eq!(accept(&app, &jo, &token).await.expect(409).code(), "already_accepted");
        assert_eq!(invite(&app, &admin, &jo.email).await.expect(409).code(), "already_member");
        let mine = app.get(&jo, "/api/orgs/").await.expect(200).json();
        assert_eq!(mine["results"][0]["id"], admin.org.expect("an organisation").to_string());
        app.done().await;
    }

    async fn an_address_that_nobody_has_shown_to_be_theirs_opens_no_letter(app) {
        let admin = app.admin("Harbour").await;
        invite(&app, &admin, "kim@elbe.example").await.expect(201);
        let token = letter(&app).await;
        let new = json!({ "email": "kim@elbe.example", "name": "Kim", "password": testing::PASSWORD });
        app.send(None, Method::POST, "/api/auth/register/", Some(new)).await.expect(202);
        let login = json!({ "email": "kim@elbe.example", "password": testing::PASSWORD });
        let refused = app.send(None, Method::POST, "/api/auth/login/", Some(login)).await.expect(403);
        assert_eq!(refused.code(), "email_not_verified", "and without a login there is no acceptance");
        app.send(None, Method::POST, ACCEPTANCE, Some(token)).await.expect(401);
        app.work().await;
        app.done().await;
    }

    async fn a_new_letter_voids_the_old_and_a_revoked_one_is_void(app) {
        let admin = app.admin("Harbour").await;
        let jo = app.person("Jo").await;
        let id = invite(&app, &admin, &jo.email).await.expect(201).id();
        assert_eq!(invite(&app, &admin, &jo.email).await.expect(409).code(), "already_invited");
        let first = letter(&app).await;
        app.post(&admin, &format!("/api/invitations/{id}/delivery/"), json!({})).await.expect(200);
        let second = letter(&app).await;
        assert_ne!(first, second);
        accept(&app, &jo, &first).await.expect(404);
        app.delete(&admin, &format!("/api/invitations/{id}/")).await.expect(204);
        accept(&app, &jo, &second).await.expect(404);
        let again = invite(&app, &admin, &jo.email).await.expect(201).id();
        let third = letter(&app).await;
        accept(&app, &jo, &third).await.expect(201);
        let late = app.delete(&admin, &format!("/api/invitations/{again}/")).await.expect(409);
        assert_eq!(late.code(), "already_accepted");
        app.done().await;
    }

    async fn the_last_admin_stays_one(app) {
        let admin = app.admin("Harbour").await;
        let path = format!("/api/members/{}/", admin.user);
        let user = app.role(&admin, "User").await;
        for change in [json!({ "role_id": user }), json!({ "is_active": false })] {
            assert_eq!(app.patch(&admin, &path, change).await.expect(409).code(), "last_admin");
        }
        assert_eq!(app.delete(&admin, &path).await.expect(409).code(), "last_admin", "nor can they leave");
        let tom = app.admin_too(&admin, "Tom").await;
        app.patch(&tom, &format!("/api/members/{}/", tom.user), json!({ "is_active": false })).await.expect(200);
        assert_eq!(app.delete(&admin, &path).await.expect(409).code(), "last_admin", "one who is not active does not count");
        app.patch(&admin, &format!("/api/members/{}/", tom.user), json!({ "is_active": true })).await.expect(200);
        app.delete(&admin, &path).await.expect(204);
        app.get(&admin, "/api/members/").await.expect(404);
        assert_eq!(app.delete(&tom, &format!("/api/members/{}/", tom.user)).await.expect(409).code(), "last_admin");
        app.done().await;
    }

    async fn whoever_is_deactivated_is_out_and_comes_back_as_they_were(app) {
        let admin = app.admin("Harbour").await;
        let (mia, tom) = (app.member(&admin, "Mia").await, app.member(&admin, "Tom").await);
        app.post(&admin, "/api/teams/", json!({ "name": "North", "members": [mia.user, tom.user] })).await.expect(201);
        app.post(&tom, "/api/leads/", json!({ "title": "Tom's", "assigned_to": [tom.user] })).await.expect(201);
        let path = format!("/api/members/{}/", mia.user);
        app.patch(&admin, &path, json!({ "is_active": false })).await.expect(200);
        app.get(&mia, "/api/leads/").await.expect(404);
        assert_eq!(app.get(&mia, "/api/orgs/").await.expect(200).json()["count"], 0);
        let refused = app.post(&admin, "/api/leads/", json!({ "title": "L", "assigned_to": [mia.user] })).await.expect(422);
        assert_eq!(refused.pointers(), ["/assigned_to"]);
        app.patch(&admin, &path, json!({ "is_active": true })).await.expect(200);
        assert_eq!(app.get(&mia, "/api/leads/").await.expect(200).json()["count"], 1, "her team's work is there again");
        app.done().await;
    }

    async fn whoever_is_removed_comes_back_into_no_team(app) {
        let admin = app.admin("Harbour").await;
        let (mia, tom) = (app.member(&admin, "Mia").await, app.member(&admin, "Tom").await);
        let mut teams = Vec::new();
        for name in ["North", "South", "Old"] {
            let team = json!({ "name": name, "members": [mia.user, tom.user] });
            teams.push(app.post(&admin, "/api/teams/", team).await.expect(201).id());
        }
        app.delete(&admin, &format!("/api/teams/{}/", teams[2])).await.expect(204);
        app.post(&tom, "/api/leads/", json!({ "title": "Tom's", "assigned_to": [tom.user] })).await.expect(201);
        assert_eq!(app.get(&mia, "/api/leads/").await.expect(200).json()["count"], 1);
        app.delete(&admin, &format!("/api/members/{}/", mia.user)).await.expect(204);
        let north = app.get(&admin, &format!("/api/teams/{}/", teams[0])).await.expect(200).json();
        assert_eq!((&north["members"], &north["version"]), (&json!([{ "id": tom.user, "name": "Tom" }]), &json!(2)));

        invite(&app, &admin, &mia.email).await.expect(201);
        let token = letter(&app).await;
        accept(&app, &Person { org: None, ..mia.clone() }, &token).await.expect(201);
        assert_eq!(app.get(&mia, "/api/leads/").await.expect(200).json()["count"], 0, "nobody's work is hers by itself");
        app.post(&admin, &format!("/api/teams/{}/restore/", teams[2]), json!({})).await.expect(200);
        assert_eq!(app.get(&admin, &format!("/api/teams/?member={}", mia.user)).await.expect(200).json()["count"], 0);
        app.done().await;
    }
}

/// A letter opens for seven days.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_old_letter_opens_nothing() {
    use std::sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    };

    for engine in [Engine::Sqlite, Engine::Postgres] {
        let moved = Arc::new(AtomicI64::new(0));
        let noon = chrono::DateTime::from_timestamp(1_793_880_000, 0).expect("a time");
        let clock = base::Clock::Moved(noon, moved.clone());
        let Some(app) = TestApp::start_with(engine, clock, &[]).await else { continue };
        let admin = app.admin("Harbour").await;
        let jo = app.person("Jo").await;
        invite(&app, &admin, &jo.email).await.expect(201);
        let token = letter(&app).await;
        let week = 7 * 24 * 3_600 * 1_000_000;
        moved.store(week - 1_000_000, Ordering::Relaxed);
        let login = json!({ "email": jo.email, "password": testing::PASSWORD });
        let tokens = app.send(None, Method::POST, "/api/auth/login/", Some(login)).await.expect(200).json();
        let jo = Person { token: tokens["access_token"].as_str().expect("a token").to_owned(), ..jo };
        moved.store(week, Ordering::Relaxed);
        accept(&app, &jo, &token).await.expect(404);
        moved.store(week - 1_000_000, Ordering::Relaxed);
        accept(&app, &jo, &token).await.expect(201);
        app.done().await;
    }
}

//! What another record has already is named.

use serde_json::{Value, json};
use testing::{TestApp, both};

use testing::Person;

async fn twice(app: &TestApp, who: &Person, path: &str, first: Value, again: Value, pointer: &str) {
    app.post(who, path, first).await.expect(201);
    let refused = app.post(who, path, again).await.expect(409);
    assert_eq!(refused.code(), "duplicate");
    assert_eq!(refused.pointers(), [pointer], "{path}");
    assert_eq!(refused.json()["errors"][0]["code"], "duplicate");
    assert!(refused.json()["detail"].as_str().unwrap_or_default().contains(&pointer[1..]), "for people too");
}

both! {
    async fn a_duplicate_says_of_what(app) {
        let admin = app.admin("Harbour").await;
        twice(&app, &admin, "/api/accounts/", json!({ "name": "Elbe" }), json!({ "name": "ELBE" }), "/name").await;
        twice(&app, &admin, "/api/tags/", json!({ "name": "Café" }), json!({ "name": "cafe" }), "/name").await;
        twice(&app, &admin, "/api/teams/", json!({ "name": "North" }), json!({ "name": "NORTH" }), "/name").await;
        let role = |name: &str| json!({ "name": name, "grants": {} });
        twice(&app, &admin, "/api/roles/", role("Clerk"), role("clerk"), "/name").await;
        let contact = |email: &str| json!({ "first_name": "Jo", "last_name": "Smith", "email": email });
        twice(&app, &admin, "/api/contacts/", contact("jo@elbe.example"), contact("JO@elbe.example"), "/email").await;
        app.done().await;
    }

    async fn so_does_a_change_and_a_restoring(app) {
        let admin = app.admin("Harbour").await;
        let one = app.post(&admin, "/api/accounts/", json!({ "name": "One" })).await.expect(201).id();
        let two = app.post(&admin, "/api/accounts/", json!({ "name": "Two" })).await.expect(201).id();
        let refused = app.patch(&admin, &format!("/api/accounts/{two}/"), json!({ "name": "one" })).await.expect(409);
        assert_eq!(refused.pointers(), ["/name"]);
        app.delete(&admin, &format!("/api/accounts/{one}/")).await.expect(204);
        app.patch(&admin, &format!("/api/accounts/{two}/"), json!({ "name": "one" })).await.expect(200);
        let refused = app.post(&admin, &format!("/api/accounts/{one}/restore/"), json!({})).await.expect(409);
        assert_eq!(refused.pointers(), ["/name"]);
        app.done().await;
    }

    async fn a_conversion_names_the_fields_of_its_own_body(app) {
        let admin = app.admin("Harbour").await;
        let mia = app.member(&admin, "Mia").await;
        app.post(&admin, "/api/accounts/", json!({ "name": "Elbe" })).await.expect(201);
        let lead = json!({ "title": "L", "company_name": "Elbe", "last_name": "Smith", "email": "jo@elbe.example" });
        let lead = app.post(&mia, "/api/leads/", lead).await.expect(201).id();
        let path = format!("/api/leads/{lead}/conversion/");
        let refused = app.post(&mia, &path, json!({})).await.expect(409);
        assert_eq!((refused.code().as_str(), refused.pointers()), ("duplicate", vec!["/account_name".to_owned()]));
        let contact = json!({ "first_name": "Jo", "last_name": "Smith", "email": "jo@elbe.example" });
        app.post(&admin, "/api/contacts/", contact).await.expect(201);
        let refused = app.post(&mia, &path, json!({ "account_name": "Elbe Two" })).await.expect(409);
        assert_eq!((refused.code().as_str(), refused.pointers()), ("duplicate", vec![String::new()]));
        app.done().await;
    }
}

//! An organisation with one record of every kind, each with the word `canary` in it.

use std::collections::BTreeMap;

use poem::{Body, Request, http::Method};
use serde_json::{Value, json};
use testing::{Person, Reply, TestApp};

/// The ids of what is in it, by what it is.
pub type Ids = BTreeMap<&'static str, String>;

pub async fn furnish(app: &TestApp, admin: &Person) -> Ids {
    let mut ids = Ids::new();
    let records = [
        ("team", "/api/teams/", json!({ "name": "canary" })),
        ("tag", "/api/tags/", json!({ "name": "canary" })),
        ("role", "/api/roles/", json!({ "name": "canary", "grants": {} })),
        ("account", "/api/accounts/", json!({ "name": "canary" })),
        ("contact", "/api/contacts/", json!({ "first_name": "canary", "last_name": "canary" })),
        ("opportunity", "/api/opportunities/", json!({ "name": "canary" })),
        ("lead", "/api/leads/", json!({ "title": "canary", "company_name": "canary & co" })),
        ("form", "/api/forms/", json!({ "title": "canary" })),
    ];
    for (kind, path, body) in records {
        let made = app.post(admin, path, body).await.expect(201);
        if kind == "form" {
            ids.insert("key", text(&made.json()["key"]));
        }
        ids.insert(kind, made.id().to_string());
    }
    let invitation = json!({ "email": "canary@people.example", "role_id": ids["role"] });
    let invitation = app.post(admin, "/api/invitations/", invitation).await.expect(201);
    ids.insert("invitation", invitation.id().to_string());
    let jobs = app.get(admin, "/api/jobs/").await.expect(200).json();
    ids.insert("job", text(&jobs["results"][0]["id"]));
    let message = json!({ "name": "canary", "email": "canary@people.example", "message": "canary" });
    app.send(None, Method::POST, &format!("/api/forms/{}/messages/", ids["key"]), Some(message)).await.expect(202);
    let messages = app.get(admin, "/api/contact-messages/").await.expect(200).json();
    ids.insert("contact_message", text(&messages["results"][0]["id"]));
    ids.insert("member", admin.user.to_string());
    ids.insert("org", admin.org.expect("an organisation").to_string());
    let said =
        app.post(admin, &format!("/api/leads/comment/{}/", ids["lead"]), json!({ "body": "canary" })).await.expect(201);
    ids.insert("comment", said.id().to_string());
    let file = attach(app, admin, &format!("/api/leads/attachment/{}/", ids["lead"]), b"canary").await.expect(201);
    ids.insert("attachment", file.id().to_string());
    ids
}

/// Sends a file as a browser's form does.
pub async fn attach(app: &TestApp, who: &Person, path: &str, content: &[u8]) -> Reply {
    let mut body = b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"canary.txt\"\r\n\r\n".to_vec();
    body.extend_from_slice(content);
    body.extend_from_slice(b"\r\n--x--\r\n");
    let request = Request::builder().method(Method::POST).uri_str(path).content_type("multipart/form-data; boundary=x");
    let request = request.header("authorization", format!("Bearer {}", who.token));
    let request = request.header("org", who.org.expect("an organisation").to_string());
    Reply::read(app.call(request.body(Body::from_vec(body))).await).await
}

pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

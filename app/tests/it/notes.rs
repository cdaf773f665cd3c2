//! What hangs on a record, and who is told of it.

use poem::{Body, Request, http::Method};
use serde_json::json;
use testing::{Person, Reply, TestApp, both};
use uuid::Uuid;

fn field(name: &str, file_name: &str, content: &str) -> String {
    format!(
        "--x\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file_name}\"\r\nContent-Type: image/png\r\n\r\n{content}\r\n"
    )
}

async fn send(app: &TestApp, who: &Person, lead: Uuid, fields: &[String]) -> Reply {
    let request = Request::builder()
        .method(Method::POST)
        .uri(format!("/api/leads/attachment/{lead}/").parse().expect("a path"))
        .header("authorization", format!("Bearer {}", who.token))
        .header("org", who.org.expect("an organisation").to_string())
        .content_type("multipart/form-data; boundary=x")
        .body(Body::from_string(format!("{}--x--\r\n", fields.concat())));
    Reply::read(app.call(request).await).await
}

async fn attach(app: &TestApp, who: &Person, lead: Uuid, name: &str, content: &str) -> Reply {
    send(app, who, lead, &[field("file", name, content)]).await
}

both! {
    async fn who_is_mentioned_and_who_is_assigned_get_one_mail_each(app) {
        let admin = app.admin("Harbour").await;
        let mia = app.member(&admin, "Mia").await;
        let new = json!({ "title": "Warehouse move", "assigned_to": [mia.user, admin.user] });
        let lead = app.post(&admin, "/api/leads/", new).await.expect(201).id();
        let said = json!({ "body": format!("Ask @{} for the offer.", mia.email) });
        app.post(&admin, &format!("/api/leads/comment/{lead}/"), said).await.expect(201);
        app.work().await;
        app.work().await;
        let mails = app.mails();
        assert_eq!(mails.len(), 2, "one for the assignment, one for the mention, none to oneself");
        assert!(mails.iter().all(|mail| mail.contains(&mia.email)));
        app.done().await;
    }

    async fn a_file_comes_back_as_it_went_in_and_runs_nowhere(app) {
        let admin = app.admin("Harbour").await;
        let lead = app.post(&admin, "/api/leads/", json!({ "title": "Files" })).await.expect(201).id();
        let kept = attach(&app, &admin, lead, "../offer.txt", "the offer").await.expect(201);
        assert_eq!((&kept.json()["file_name"], &kept.json()["media_type"]), (&json!("offer.txt"), &json!("text/plain")));
        let file = app.get(&admin, &format!("/api/attachments/{}/", kept.id())).await.expect(200);
        assert_eq!(file.bytes, b"the offer");
        assert!(file.header("content-disposition").starts_with("attachment"));
        assert_eq!(file.header("x-content-type-options"), "nosniff");
        attach(&app, &admin, lead, "x.png", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>").await.expect(415);
        attach(&app, &admin, lead, "x.txt", "<!DOCTYPE html><script>alert(1)</script>").await.expect(415);
        let list = app.get(&admin, &format!("/api/leads/attachment/{lead}/")).await.expect(200).json();
        assert_eq!(list["count"], 1);
        app.done().await;
    }

    async fn a_form_with_a_file_has_no_other_field(app) {
        let admin = app.admin("Harbour").await;
        let lead = app.post(&admin, "/api/leads/", json!({ "title": "Files" })).await.expect(201).id();
        let (file, other) = (field("file", "offer.txt", "the offer"), field("title", "t", "Offer"));
        for fields in [vec![other.clone(), file.clone()], vec![file.clone(), other], vec![file.clone(), file]] {
            assert_eq!(send(&app, &admin, lead, &fields).await.expect(422).json()["errors"][0]["code"], "unknown_field");
        }
        let _ = send(&app, &admin, lead, &[]).await.expect(422);
        let list = app.get(&admin, &format!("/api/leads/attachment/{lead}/")).await.expect(200).json();
        assert_eq!(list["count"], 0);
        app.done().await;
    }

    async fn the_timeline_tells_what_happened(app) {
        let admin = app.admin("Harbour").await;
        let lead = app.post(&admin, "/api/leads/", json!({ "title": "Before" })).await.expect(201).id();
        app.patch(&admin, &format!("/api/leads/{lead}/"), json!({ "title": "After" })).await.expect(200);
        app.post(&admin, &format!("/api/leads/comment/{lead}/"), json!({ "body": "Called." })).await.expect(201);
        attach(&app, &admin, lead, "offer.txt", "the offer").await.expect(201);
        let told = app.get(&admin, &format!("/api/leads/activity/{lead}/")).await.expect(200).json();
        let entries = told["results"].as_array().cloned().unwrap_or_default();
        let verbs: Vec<_> = entries.iter().map(|entry| entry["verb"].as_str().unwrap_or_default()).collect();
        assert_eq!(verbs, ["attached", "commented", "changed", "created"]);
        assert_eq!(entries[2]["changes"], json!([{ "field": "title", "before": "Before", "after": "After" }]));
        app.done().await;
    }
}

//! A lead becomes a customer.

use futures_util::future::join_all;
use serde_json::json;
use testing::both;

both! {
    async fn it_becomes_all_three_once(app) {
        let ada = app.admin("Acme").await;
        let tag = app.post(&ada, "/api/tags/", json!({ "name": "Hot" })).await.expect(201).id();
        let lead = json!({ "title": "Espresso bar", "company_name": "Blue Kettle", "last_name": "Okafor", "email": "n@kettle.example",
                           "tags": [tag], "assigned_to": [ada.user] });
        let lead = app.post(&ada, "/api/leads/", lead).await.expect(201).id();
        let path = format!("/api/leads/{lead}/conversion/");
        let body = json!({ "opportunity": { "amount": "18000.00", "currency": "GBP" } });
        let replies = join_all((0..12).map(|_| app.post(&ada, &path, body.clone()))).await;
        let won: Vec<_> = replies.iter().filter(|reply| reply.status == 201).collect();
        assert_eq!(won.len(), 1, "one of twelve wins: {:?}", replies.iter().map(|reply| reply.status.as_u16()).collect::<Vec<_>>());
        let made = won[0].json();
        let again = app.post(&ada, &path, body).await.expect(409);
        assert_eq!(again.code(), "already_converted");
        assert_eq!(again.json()["ids"]["account_id"], made["account"]["id"]);
        for (module, part) in [("accounts", "account"), ("contacts", "contact"), ("opportunities", "opportunity")] {
            let id = made[part]["id"].as_str().expect("an id");
            let record = app.get(&ada, &format!("/api/{module}/{id}/")).await.expect(200).json();
            assert_eq!(record["lead_id"], lead.to_string(), "{module}");
            assert_eq!(record["tags"][0]["id"], tag.to_string(), "{module} has its tags");
            assert_eq!(record["assigned_to"][0]["id"], ada.user.to_string(), "{module} has its assignees");
            assert_eq!(app.get(&ada, &format!("/api/{module}/")).await.json()["count"], 1);
        }
        app.done().await;
    }

    async fn a_member_does_not_get_at_what_they_do_not_see(app) {
        let ada = app.admin("Acme").await;
        let bob = app.member(&ada, "Bob").await;
        let hidden = app.post(&ada, "/api/accounts/", json!({ "name": "Blue Kettle" })).await.expect(201).id();
        let _ = app.get(&bob, &format!("/api/accounts/{hidden}/")).await.expect(404);
        assert_eq!(app.get(&bob, "/api/accounts/?search=kettle").await.expect(200).json()["count"], 0);
        let lead = app.post(&bob, "/api/leads/", json!({ "title": "L", "company_name": "Blue Kettle" })).await.expect(201).id();
        let path = format!("/api/leads/{lead}/conversion/");
        let _ = app.post(&bob, &path, json!({ "account_id": hidden })).await.expect(422);
        let _ = app.post(&bob, &path, json!({})).await.expect(409);
        assert_eq!(app.get(&bob, &format!("/api/leads/{lead}/")).await.expect(200).json()["status"], "assigned");
        app.done().await;
    }

    async fn whoever_is_removed_is_out_at_once(app) {
        let ada = app.admin("Acme").await;
        let bob = app.member(&ada, "Bob").await;
        let _ = app.get(&bob, "/api/leads/").await.expect(200);
        let _ = app.delete(&ada, &format!("/api/members/{}/", bob.user)).await.expect(204);
        let _ = app.get(&bob, "/api/leads/").await.expect(404);
        let last = app.delete(&ada, &format!("/api/members/{}/", ada.user)).await.expect(409);
        assert_eq!(last.code(), "last_admin");
        app.done().await;
    }
}

//! What a record does, seen by whoever may see it and by whoever may not.

use serde_json::{Value, json};
use testing::{Person, TestApp, both};

fn names(list: &Value, field: &str) -> Vec<String> {
    let rows = list["results"].as_array().cloned().unwrap_or_default();
    let mut names: Vec<_> = rows.iter().map(|row| row[field].as_str().unwrap_or_default().to_owned()).collect();
    names.sort();
    names
}

async fn lead(app: &TestApp, who: &Person, title: &str, assigned_to: &[&Person]) -> String {
    let users: Vec<_> = assigned_to.iter().map(|person| person.user).collect();
    let body = json!({ "title": title, "email": "jo@elbe.example", "assigned_to": users });
    app.post(who, "/api/leads/", body).await.expect(201).id().to_string()
}

both! {
    async fn a_user_sees_their_own_and_their_teams_and_nothing_else(app) {
        let admin = app.admin("Harbour").await;
        let (mia, tom) = (app.member(&admin, "Mia").await, app.member(&admin, "Tom").await);
        let hidden = lead(&app, &admin, "hidden", &[]).await;
        lead(&app, &mia, "made by Mia", &[]).await;
        lead(&app, &admin, "given to Mia", &[&mia]).await;
        lead(&app, &admin, "given to Tom", &[&tom]).await;

        let own = app.get(&mia, "/api/leads/").await.expect(200).json();
        assert_eq!(names(&own, "title"), ["given to Mia", "made by Mia"]);
        assert_eq!(own["count"], 2);
        app.post(&admin, "/api/teams/", json!({ "name": "North", "members": [mia.user, tom.user] })).await.expect(201);
        let team = app.get(&mia, "/api/leads/?search=elbe").await.expect(200).json();
        assert_eq!(names(&team, "title"), ["given to Mia", "given to Tom", "made by Mia"]);
        for path in ["", "comment/", "attachment/", "activity/"] {
            app.get(&mia, &format!("/api/leads/{path}{hidden}/")).await.expect(404);
        }
        app.patch(&mia, &format!("/api/leads/{hidden}/"), json!({ "title": "mine" })).await.expect(404);
        app.done().await;
    }

    async fn what_is_seen_and_not_ones_own_cannot_be_deleted(app) {
        let admin = app.admin("Harbour").await;
        let (mia, tom) = (app.member(&admin, "Mia").await, app.member(&admin, "Tom").await);
        app.post(&admin, "/api/teams/", json!({ "name": "North", "members": [mia.user, tom.user] })).await.expect(201);
        let toms = lead(&app, &tom, "Tom's", &[&tom]).await;
        app.get(&mia, &format!("/api/leads/{toms}/")).await.expect(200);
        app.delete(&mia, &format!("/api/leads/{toms}/")).await.expect(403);
        app.delete(&tom, &format!("/api/leads/{toms}/")).await.expect(204);
        app.done().await;
    }

    async fn the_trash_holds_what_was_deleted_until_it_is_restored(app) {
        let admin = app.admin("Harbour").await;
        let id = lead(&app, &admin, "thrown away", &[]).await;
        app.delete(&admin, &format!("/api/leads/{id}/")).await.expect(204);
        app.get(&admin, &format!("/api/leads/{id}/")).await.expect(404);
        assert_eq!(app.get(&admin, "/api/leads/").await.json()["count"], 0);
        let trash = app.get(&admin, "/api/leads/?trashed=true").await.expect(200).json();
        assert_eq!(names(&trash, "title"), ["thrown away"]);
        app.post(&admin, &format!("/api/leads/{id}/restore/"), json!({})).await.expect(200);
        app.get(&admin, &format!("/api/leads/{id}/")).await.expect(200);
        app.done().await;
    }

    async fn a_won_deal_tells_all_that_it_lacks(app) {
        let admin = app.admin("Harbour").await;
        let won = json!({ "name": "First order", "stage": "closed_won" });
        let refused = app.post(&admin, "/api/opportunities/", won).await.expect(422);
        assert_eq!(refused.pointers(), ["/amount", "/closed_on"]);
        let open = app.post(&admin, "/api/opportunities/", json!({ "name": "First order" })).await.expect(201);
        assert_eq!(open.json()["probability"], 10);
        let change = json!({ "stage": "closed_won", "amount": "12500.00", "currency": "EUR", "closed_on": "2026-11-20" });
        let won = app.patch(&admin, &format!("/api/opportunities/{}/", open.id()), change).await.expect(200).json();
        assert_eq!((&won["probability"], &won["amount"]), (&json!(100), &json!("12500.00")));
        assert_eq!(won["closed_by"], json!(admin.user));
        app.done().await;
    }

    async fn an_account_has_its_name_alone_and_is_not_its_own_parent(app) {
        let admin = app.admin("Harbour").await;
        let account = json!({ "name": "Elbe Logistics", "phone": "040 30998877", "billing_address": { "country": "DE" } });
        let elbe = app.post(&admin, "/api/accounts/", account).await.expect(201);
        assert_eq!(elbe.json()["phone"], json!({ "e164": "+494030998877", "typed": "040 30998877" }));
        app.post(&admin, "/api/accounts/", json!({ "name": "ELBE logistics" })).await.expect(409);
        let path = format!("/api/accounts/{}/", elbe.id());
        let circle = app.patch(&admin, &path, json!({ "parent_id": elbe.id() })).await.expect(422);
        assert_eq!(circle.pointers(), ["/parent_id"]);
        let cleared = app.patch(&admin, &path, json!({ "phone": null })).await.expect(200).json();
        assert_eq!((&cleared["phone"], &cleared["name"]), (&Value::Null, &json!("Elbe Logistics")));
        app.done().await;
    }
}

//! What a role lets one do, from the next request on.

use serde_json::{Value, json};
use testing::{Person, TestApp, both};
use uuid::Uuid;

async fn role(app: &TestApp, admin: &Person, name: &str, grants: Value) -> Uuid {
    app.post(admin, "/api/roles/", json!({ "name": name, "grants": grants })).await.expect(201).id()
}

async fn regrant(app: &TestApp, admin: &Person, role: Uuid, grants: Value) {
    app.patch(admin, &format!("/api/roles/{role}/"), json!({ "grants": grants })).await.expect(200);
}

async fn titles(app: &TestApp, who: &Person) -> Vec<String> {
    let list = app.get(who, "/api/leads/?sort=title").await.expect(200).json();
    let rows = list["results"].as_array().cloned().unwrap_or_default();
    assert_eq!(list["count"], rows.len());
    rows.iter().map(|row| row["title"].as_str().unwrap_or_default().to_owned()).collect()
}

both! {
    async fn how_far_a_grant_reaches_holds_from_the_next_request_on(app) {
        let admin = app.admin("Harbour").await;
        let (mia, tom) = (app.member(&admin, "Mia").await, app.member(&admin, "Tom").await);
        app.post(&admin, "/api/teams/", json!({ "name": "North", "members": [mia.user, tom.user] })).await.expect(201);
        let mut ids = Vec::new();
        for (title, whose) in [("admin's", &admin), ("mia's", &mia), ("tom's", &tom)] {
            let lead = json!({ "title": title, "assigned_to": [whose.user] });
            ids.push(app.post(&admin, "/api/leads/", lead).await.expect(201).id());
        }
        let clerk = role(&app, &admin, "Clerk", json!({ "lead.view": "own", "lead.change": "own" })).await;
        app.give(&admin, &mia, clerk).await;
        assert_eq!(titles(&app, &mia).await, ["mia's"]);
        app.get(&mia, &format!("/api/leads/{}/", ids[2])).await.expect(404);

        regrant(&app, &admin, clerk, json!({ "lead.view": "team", "lead.change": "own" })).await;
        assert_eq!(titles(&app, &mia).await, ["mia's", "tom's"]);
        let rename = json!({ "title": "renamed" });
        app.patch(&mia, &format!("/api/leads/{}/", ids[2]), rename.clone()).await.expect(403);
        app.patch(&mia, &format!("/api/leads/{}/", ids[0]), rename.clone()).await.expect(404);
        app.post(&mia, "/api/leads/", json!({ "title": "new" })).await.expect(403);
        app.delete(&mia, &format!("/api/leads/{}/", ids[1])).await.expect(403);

        regrant(&app, &admin, clerk, json!({ "lead.view": "org", "lead.change": "team" })).await;
        assert_eq!(titles(&app, &mia).await, ["admin's", "mia's", "tom's"]);
        app.patch(&mia, &format!("/api/leads/{}/", ids[2]), rename.clone()).await.expect(200);
        app.patch(&mia, &format!("/api/leads/{}/", ids[0]), rename).await.expect(403);

        regrant(&app, &admin, clerk, json!({ "contact.view": "org" })).await;
        assert_eq!(titles(&app, &mia).await, Vec::<String>::new());
        app.get(&mia, &format!("/api/leads/{}/", ids[1])).await.expect(404);
        app.done().await;
    }

    async fn nobody_gives_what_they_do_not_have(app) {
        let admin = app.admin("Harbour").await;
        let (mia, tom) = (app.member(&admin, "Mia").await, app.member(&admin, "Tom").await);
        let own = json!({
            "role.view": "org", "role.create": "org", "role.change": "org", "role.delete": "org",
            "member.change": "org", "member.delete": "org",
            "invitation.view": "org", "invitation.create": "org", "lead.view": "team",
        });
        let office = role(&app, &admin, "Office", own).await;
        app.give(&admin, &mia, office).await;
        let junior = role(&app, &admin, "Junior", json!({ "lead.view": "own" })).await;
        app.give(&admin, &tom, junior).await;
        let narrow = role(&app, &mia, "Narrow", json!({ "lead.view": "own" })).await;
        app.give(&mia, &tom, narrow).await;
        for wider in [json!({ "lead.view": "org" }), json!({ "account.view": "own" })] {
            let grants = wider.as_object().expect("an object");
            let pointer = format!("/grants/{}", grants.keys().next().expect("a grant"));
            let new = app.post(&mia, "/api/roles/", json!({ "name": "Wider", "grants": wider })).await.expect(422);
            assert_eq!((new.pointers(), &new.json()["errors"][0]["code"]), (vec![pointer], &json!("not_yours")));
            app.patch(&mia, &format!("/api/roles/{office}/"), json!({ "grants": wider })).await.expect(422);
        }
        let top = app.role(&admin, "Admin").await;
        for whom in [&mia, &tom] {
            let refused = app.patch(&mia, &format!("/api/members/{}/", whom.user), json!({ "role_id": top })).await.expect(422);
            assert_eq!(refused.json()["errors"][0]["code"], "not_yours");
        }
        let invited = app.post(&mia, "/api/invitations/", json!({ "email": "jo@elbe.example", "role_id": top })).await.expect(422);
        assert_eq!(invited.json()["errors"][0]["code"], "not_yours");
        let above = format!("/api/members/{}/", admin.user);
        app.patch(&mia, &above, json!({ "is_active": false })).await.expect(403);
        app.delete(&mia, &above).await.expect(403);
        let strong = role(&app, &admin, "Strong", json!({ "lead.view": "org" })).await;
        app.patch(&mia, &format!("/api/roles/{strong}/"), json!({ "grants": {} })).await.expect(403);
        app.delete(&mia, &format!("/api/roles/{strong}/")).await.expect(403);
        assert_eq!(app.get(&admin, "/api/leads/").await.expect(200).json()["count"], 0);
        app.done().await;
    }

    async fn what_nobody_knows_cannot_be_granted(app) {
        let admin = app.admin("Harbour").await;
        let odd = json!({ "lead.fly": "org", "rocket.view": "own", "*": "org", "lead": "own", "a/b~c": "own" });
        let refused = app.post(&admin, "/api/roles/", json!({ "name": "Odd", "grants": odd })).await.expect(422);
        let mut pointers = refused.pointers();
        pointers.sort();
        assert_eq!(pointers, ["/grants/*", "/grants/a~1b~0c", "/grants/lead", "/grants/lead.fly", "/grants/rocket.view"]);
        let far = app.post(&admin, "/api/roles/", json!({ "name": "Far", "grants": { "lead.view": "galaxy" } })).await.expect(422);
        assert_eq!(far.pointers(), ["/grants/lead.view"]);
        assert_eq!(app.get(&admin, "/api/roles/").await.expect(200).json()["count"], 2, "nothing was made");
        let user = app.role(&admin, "User").await;
        let built_in = app.patch(&admin, &format!("/api/roles/{user}/"), json!({ "grants": {} })).await.expect(409);
        assert_eq!(built_in.code(), "built_in");
        app.done().await;
    }
}

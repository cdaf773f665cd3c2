//! What customers need help with.

use std::collections::BTreeSet;

use futures_util::future::join_all;
use serde_json::{Value, json};
use testing::{Person, TestApp, both};

async fn case(app: &TestApp, who: &Person, body: Value) -> Value {
    app.post(who, "/api/cases/", body).await.expect(201).json()
}

fn path(case: &Value) -> String {
    format!("/api/cases/{}/", case["id"].as_str().expect("an id"))
}

async fn again(app: &TestApp, who: &Person, case: &Value) -> Value {
    app.get(who, &path(case)).await.expect(200).json()
}

both! {
    async fn each_gets_a_number_of_its_own_and_none_is_lost(app) {
        let (ada, eve) = (app.admin("Acme").await, app.admin("Other").await);
        let bob = app.member(&ada, "Bob").await;
        let first = case(&app, &ada, json!({ "name": "First" })).await;
        assert_eq!((&first["number"], &first["priority"], &first["status"]), (&json!(1), &json!("normal"), &json!("new")));
        app.post(&ada, "/api/cases/", json!({ "name": "No", "account_id": "01900000-0000-7000-8000-000000000000" })).await.expect(422);
        let at_once = join_all((0..24).map(|n| {
            let who = if n % 2 == 0 { &ada } else { &bob };
            case(&app, who, json!({ "name": format!("Case {n}") }))
        }));
        let numbers: BTreeSet<i64> = at_once.await.iter().map(|case| case["number"].as_i64().expect("a number")).collect();
        assert_eq!(numbers, (2..=25).collect());
        assert_eq!(case(&app, &eve, json!({ "name": "Theirs" })).await["number"], 1, "each organisation counts for itself");
        let found = app.get(&ada, "/api/cases/?number=1&number=7").await.expect(200).json();
        assert_eq!(found["count"], 2);
        assert_eq!(app.get(&ada, "/api/cases/?search=25").await.expect(200).json()["count"], 1);
        app.done().await;
    }

    async fn who_closed_it_and_when_is_kept_until_it_is_open_again(app) {
        let ada = app.admin("Acme").await;
        let made = case(&app, &ada, json!({ "name": "Lift" })).await;
        let closed = app.patch(&ada, &path(&made), json!({ "status": "rejected" })).await.expect(200).json();
        assert_eq!((&closed["closed_by"], &closed["closed_on"]), (&json!(ada.user), &json!(testing::noon().date_naive().to_string())));
        let otherwise = app.patch(&ada, &path(&made), json!({ "status": "closed" })).await.expect(200).json();
        assert_eq!(otherwise["closed_at"], closed["closed_at"]);
        let open = app.patch(&ada, &path(&made), json!({ "status": "assigned" })).await.expect(200).json();
        assert_eq!((&open["closed_by"], &open["closed_on"], &open["closed_at"]), (&Value::Null, &Value::Null, &Value::Null));
        app.done().await;
    }

    async fn cases_are_parts_of_others_in_three_generations(app) {
        let ada = app.admin("Acme").await;
        let under = |name: &str, parent: &Value| json!({ "name": name, "parent_id": parent["id"] });
        let top = case(&app, &ada, json!({ "name": "Top" })).await;
        let middle = case(&app, &ada, under("Middle", &top)).await;
        let last = case(&app, &ada, under("Last", &middle)).await;
        assert_eq!(last["parent"]["name"], "Middle");
        let refused = app.post(&ada, "/api/cases/", under("Too deep", &last)).await.expect(422);
        assert_eq!(refused.json()["errors"][0]["code"], "too_deep");
        for parent in [&top, &middle, &last] {
            let round = app.patch(&ada, &path(&top), json!({ "parent_id": parent["id"] })).await.expect(422);
            assert_eq!(round.json()["errors"][0]["code"], "cycle");
        }
        let other = case(&app, &ada, json!({ "name": "Other" })).await;
        let refused = app.patch(&ada, &path(&top), json!({ "parent_id": other["id"] })).await.expect(422);
        assert_eq!(refused.json()["errors"][0]["code"], "too_deep", "with what is beneath it");
        app.patch(&ada, &path(&middle), json!({ "parent_id": other["id"] })).await.expect(200);
        app.patch(&ada, &path(&top), json!({ "parent_id": other["id"] })).await.expect(200);
        let parts = app.get(&ada, &format!("/api/cases/?parent_id={}", other["id"].as_str().expect("an id"))).await.expect(200).json();
        assert_eq!(parts["count"], 2);
        app.done().await;
    }

    async fn of_two_that_are_hung_beneath_each_other_at_once_one_is(app) {
        let ada = app.admin("Acme").await;
        for _ in 0..8 {
            let (one, two) = (case(&app, &ada, json!({ "name": "One" })).await, case(&app, &ada, json!({ "name": "Two" })).await);
            let hang = |this: &Value, that: &Value| (path(this), json!({ "parent_id": that["id"] }));
            let ((a, to_two), (b, to_one)) = (hang(&one, &two), hang(&two, &one));
            let (first, second) = tokio::join!(app.patch(&ada, &a, to_two), app.patch(&ada, &b, to_one));
            let mut both = [first.status.as_u16(), second.status.as_u16()];
            both.sort_unstable();
            assert_eq!(both, [200, 422]);
        }
        app.done().await;
    }

    async fn a_case_is_closed_with_what_is_beneath_it(app) {
        let ada = app.admin("Acme").await;
        let bob = app.member(&ada, "Bob").await;
        let mine = |name: &str, parent: Option<&Value>| json!({ "name": name, "parent_id": parent.map(|parent| &parent["id"]), "assigned_to": [bob.user] });
        let top = case(&app, &ada, mine("Top", None)).await;
        let middle = case(&app, &ada, mine("Middle", Some(&top))).await;
        let last = case(&app, &ada, mine("Last", Some(&middle))).await;
        let rejected = case(&app, &ada, json!({ "name": "Rejected", "status": "rejected", "parent_id": top["id"] })).await;
        let hidden = case(&app, &ada, json!({ "name": "Hidden", "parent_id": top["id"] })).await;
        app.patch(&ada, &path(&top), json!({ "status": "closed" })).await.expect(200);
        assert_eq!(again(&app, &ada, &middle).await["status"], "new", "by its status it is closed alone");
        app.patch(&ada, &path(&top), json!({ "status": "new" })).await.expect(200);
        let closing = format!("{}closing/", path(&top));
        let closed = app.post(&bob, &closing, json!({ "with_children": true })).await.expect(200).json();
        assert_eq!((&closed["status"], &closed["closed_by"]), (&json!("closed"), &json!(bob.user)));
        for (part, status) in [(&middle, "closed"), (&last, "closed"), (&rejected, "rejected"), (&hidden, "new")] {
            assert_eq!(again(&app, &ada, part).await["status"], status, "{}", part["name"]);
        }
        app.post(&ada, &closing, json!({ "with_children": true })).await.expect(200);
        assert_eq!(again(&app, &ada, &hidden).await["status"], "closed", "whoever sees it closes it");
        app.work().await;
        app.done().await;
    }

    async fn whoever_watches_it_is_told_what_they_may_see(app) {
        let ada = app.admin("Acme").await;
        let (mia, tom) = (app.member(&ada, "Mia").await, app.member(&ada, "Tom").await);
        let body = json!({ "name": "Lift", "assigned_to": [mia.user], "watchers": [tom.user, ada.user] });
        let made = case(&app, &ada, body).await;
        app.work().await;
        let before = app.mails().len();
        let watching = format!("{}watching/", path(&made));
        let seen = app.send(Some(&mia), poem::http::Method::PUT, &watching, None).await.expect(200).json();
        assert_eq!(seen["watchers"].as_array().map(Vec::len), Some(3));
        app.send(Some(&tom), poem::http::Method::PUT, &watching, None).await.expect(404);
        app.patch(&ada, &path(&made), json!({ "status": "pending", "priority": "urgent" })).await.expect(200);
        app.work().await;
        let mails = app.mails();
        assert_eq!(mails.len(), before + 1, "not to who did it, nor to who does not see it");
        assert!(mails.iter().any(|mail| mail.contains(&mia.email) && mail.contains("It is pending now.")), "{mails:?}");
        app.post(&ada, &format!("/api/cases/comment/{}/", made["id"].as_str().expect("an id")), json!({ "body": "Called." })).await.expect(201);
        app.send(Some(&mia), poem::http::Method::DELETE, &watching, None).await.expect(204);
        app.work().await;
        assert_eq!(app.mails().len(), before + 1, "nobody watches any more who sees it and did not do it");
        app.done().await;
    }

    async fn a_comment_is_internal_unless_it_says_that_it_is_public(app) {
        let ada = app.admin("Acme").await;
        let made = case(&app, &ada, json!({ "name": "Lift" })).await;
        let comments = format!("/api/cases/comment/{}/", made["id"].as_str().expect("an id"));
        let note = app.post(&ada, &comments, json!({ "body": "Not again." })).await.expect(201).json();
        assert_eq!(note["visibility"], "internal");
        app.post(&ada, &comments, json!({ "body": "We look into it.", "visibility": "public" })).await.expect(201);
        let public = app.get(&ada, &format!("{comments}?visibility=public")).await.expect(200).json();
        assert_eq!((&public["count"], &public["results"][0]["body"]), (&json!(1), &json!("We look into it.")));
        let shown = json!({ "visibility": "public" });
        app.patch(&ada, &format!("/api/comments/{}/", note["id"].as_str().expect("an id")), shown).await.expect(200);
        let public = app.get(&ada, &format!("{comments}?visibility=public")).await.expect(200).json();
        assert_eq!(public["count"], 2);
        assert_eq!(app.get(&ada, &format!("{comments}?visibility=internal")).await.expect(200).json()["count"], 0);
        app.get(&ada, &format!("{comments}?visibility=secret")).await.expect(400);
        app.done().await;
    }

    async fn a_task_may_be_about_a_case(app) {
        let ada = app.admin("Acme").await;
        let (made, account) = (
            case(&app, &ada, json!({ "name": "Lift" })).await,
            app.post(&ada, "/api/accounts/", json!({ "name": "Kettle" })).await.expect(201).id(),
        );
        let task = app.post(&ada, "/api/tasks/", json!({ "title": "Send somebody", "account_id": account })).await.expect(201);
        let moved = json!({ "case_id": made["id"] });
        let moved = app.patch(&ada, &format!("/api/tasks/{}/", task.id()), moved).await.expect(200).json();
        assert_eq!((&moved["case"]["name"], &moved["account"]), (&json!("Lift"), &Value::Null));
        let found = app.get(&ada, &format!("/api/tasks/?case_id={}", made["id"].as_str().expect("an id"))).await.expect(200).json();
        assert_eq!(found["count"], 1);
        app.done().await;
    }
}

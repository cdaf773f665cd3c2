//! Time worked on cases, and who sees it.

use poem::http::Method;
use serde_json::{Value, json};
use testing::{Person, Reply, TestApp, both};

const PATH: &str = "/api/cases/time-entries/";

async fn case(app: &TestApp, who: &Person, body: Value) -> String {
    app.post(who, "/api/cases/", body).await.expect(201).id().to_string()
}

async fn write(app: &TestApp, who: &Person, case: &str, minutes: i32, with: Value) -> Reply {
    let mut body = json!({ "case_id": case, "worked_on": "2026-11-05", "minutes": minutes });
    body.as_object_mut().expect("an object").extend(with.as_object().cloned().unwrap_or_default());
    app.post(who, PATH, body).await
}

/// The minutes of what is listed, in its order.
async fn minutes(app: &TestApp, who: &Person, query: &str) -> Vec<i64> {
    let page = app.get(who, &format!("{PATH}?{query}")).await.expect(200).json();
    let entries = page["results"].as_array().expect("entries").iter();
    entries.map(|entry| entry["minutes"].as_i64().expect("minutes")).collect()
}

async fn total(app: &TestApp, who: &Person, case: &str) -> Value {
    app.get(who, &format!("/api/cases/{case}/time/")).await.expect(200).json()
}

both! {
    async fn everyone_writes_down_their_own_time(app) {
        let ada = app.admin("Acme").await;
        let (mia, ben) = (app.member(&ada, "Mia").await, app.member(&ada, "Ben").await);
        let lift = case(&app, &ada, json!({ "name": "Lift", "assigned_to": [mia.user, ben.user] })).await;
        let own = write(&app, &mia, &lift, 45, json!({ "description": "On the telephone" })).await.expect(201);
        let shown = own.json();
        assert_eq!((&shown["member"]["id"], &shown["case"]["name"]), (&json!(mia.user), &json!("Lift")));
        assert_eq!((&shown["is_billable"], &shown["description"]), (&json!(true), &json!("On the telephone")));
        let path = format!("{PATH}{}/", own.id());
        write(&app, &mia, &lift, 5, json!({ "member_id": ben.user })).await.expect(403);
        app.patch(&mia, &path, json!({ "member_id": ben.user })).await.expect(403);
        // Seen, and not theirs.
        app.get(&ben, &path).await.expect(200);
        app.patch(&ben, &path, json!({ "minutes": 1 })).await.expect(403);
        app.delete(&ben, &path).await.expect(403);
        app.patch(&mia, &path, json!({ "minutes": 60, "description": null })).await.expect(200);

        // An admin sees to everybody's, and whose it is may correct it.
        let of_ben = write(&app, &ada, &lift, 30, json!({ "member_id": ben.user, "is_billable": false })).await.expect(201);
        let path = format!("{PATH}{}/", of_ben.id());
        app.patch(&ben, &path, json!({ "minutes": 20 })).await.expect(200);
        let body = json!({ "case_id": lift, "worked_on": "2026-11-06", "minutes": 25 });
        let replaced = app.send(Some(&ada), Method::PUT, &path, Some(body)).await.expect(200).json();
        assert_eq!((&replaced["member"]["id"], &replaced["minutes"]), (&json!(ben.user), &json!(25)));
        app.work().await;
        app.done().await;
    }

    async fn a_role_may_see_to_the_time_of_others(app) {
        let ada = app.admin("Acme").await;
        let (mia, ben) = (app.member(&ada, "Mia").await, app.member(&ada, "Ben").await);
        let lift = case(&app, &ada, json!({ "name": "Lift" })).await;
        let grants = json!({ "case.view": "org", "time_entry.manage": "org" });
        let role = app.post(&ada, "/api/roles/", json!({ "name": "Bookkeeper", "grants": grants })).await.expect(201).id();
        app.patch(&ada, &format!("/api/members/{}/", mia.user), json!({ "role_id": role })).await.expect(200);
        let entry = write(&app, &mia, &lift, 30, json!({ "member_id": ben.user })).await.expect(201);
        app.patch(&mia, &format!("{PATH}{}/", entry.id()), json!({ "is_billable": false })).await.expect(200);
        app.work().await;
        app.done().await;
    }

    async fn time_is_seen_by_who_sees_the_case(app) {
        let ada = app.admin("Acme").await;
        let mia = app.member(&ada, "Mia").await;
        let (hers, hidden) = (case(&app, &mia, json!({ "name": "Lift" })).await, case(&app, &ada, json!({ "name": "Door" })).await);
        write(&app, &ada, &hers, 10, json!({})).await.expect(201);
        let entry = write(&app, &ada, &hidden, 20, json!({})).await.expect(201);
        assert_eq!(minutes(&app, &mia, "").await, [10]);
        assert_eq!(minutes(&app, &ada, "sort=worked_on").await.len(), 2);
        assert_eq!(minutes(&app, &mia, &format!("case_id={hidden}")).await, [0_i64; 0]);
        let path = format!("{PATH}{}/", entry.id());
        app.get(&mia, &path).await.expect(404);
        app.patch(&mia, &path, json!({ "minutes": 1 })).await.expect(404);
        app.delete(&mia, &path).await.expect(404);
        app.get(&mia, &format!("/api/cases/{hidden}/time/")).await.expect(404);
        let refused = write(&app, &mia, &hidden, 5, json!({})).await.expect(422);
        assert_eq!(refused.pointers(), ["/case_id"]);
        // Nor may one move one's own there, or see what is in its trash.
        let own = write(&app, &mia, &hers, 5, json!({})).await.expect(201);
        app.patch(&mia, &format!("{PATH}{}/", own.id()), json!({ "case_id": hidden })).await.expect(422);
        app.delete(&ada, &path).await.expect(204);
        assert_eq!(minutes(&app, &mia, "trashed=true").await, [0_i64; 0]);
        app.send(Some(&mia), Method::POST, &format!("{path}restore/"), None).await.expect(404);
        // With the case, its time is in the trash.
        app.delete(&ada, &format!("/api/cases/{hers}/")).await.expect(204);
        assert_eq!(minutes(&app, &ada, "").await, [0_i64; 0]);
        app.work().await;
        app.done().await;
    }

    async fn time_is_found_and_summed(app) {
        let ada = app.admin("Acme").await;
        let mia = app.member(&ada, "Mia").await;
        let (lift, door) = (case(&app, &ada, json!({ "name": "Lift" })).await, case(&app, &ada, json!({ "name": "Door" })).await);
        assert_eq!(total(&app, &ada, &lift).await, json!({ "entries": 0, "minutes": 0, "billable_minutes": 0 }));
        write(&app, &ada, &lift, 1440, json!({ "worked_on": "2026-11-03" })).await.expect(201);
        write(&app, &ada, &lift, 7, json!({ "worked_on": "2026-11-04", "member_id": mia.user })).await.expect(201);
        write(&app, &ada, &lift, 20, json!({ "is_billable": false })).await.expect(201);
        let gone = write(&app, &ada, &lift, 99, json!({})).await.expect(201);
        write(&app, &ada, &door, 3, json!({ "worked_on": "2026-11-06" })).await.expect(201);
        for minutes in [0, 1441] {
            let refused = write(&app, &ada, &lift, minutes, json!({})).await.expect(422);
            assert_eq!(refused.pointers(), ["/minutes"]);
        }
        let path = format!("{PATH}{}/", gone.id());
        app.delete(&ada, &path).await.expect(204);
        assert_eq!(total(&app, &ada, &lift).await, json!({ "entries": 3, "minutes": 1467, "billable_minutes": 1447 }));
        assert_eq!(minutes(&app, &ada, "").await, [3, 20, 7, 1440], "the last day first");
        assert_eq!(minutes(&app, &ada, &format!("case_id={lift}&sort=worked_on")).await, [1440, 7, 20]);
        assert_eq!(minutes(&app, &ada, &format!("member_id={}", mia.user)).await, [7]);
        assert_eq!(minutes(&app, &ada, "worked_on__gte=2026-11-04&worked_on__lte=2026-11-05").await, [20, 7]);
        assert_eq!(minutes(&app, &ada, "is_billable=false").await, [20]);
        assert_eq!(minutes(&app, &ada, "trashed=true").await, [99]);
        app.send(Some(&ada), Method::POST, &format!("{path}restore/"), None).await.expect(200);
        assert_eq!(total(&app, &ada, &lift).await["entries"], 4);
        app.work().await;
        app.done().await;
    }

    async fn time_goes_along_with_a_merged_case_and_comes_back(app) {
        let ada = app.admin("Acme").await;
        let (lift, again) = (case(&app, &ada, json!({ "name": "Lift" })).await, case(&app, &ada, json!({ "name": "Lift again" })).await);
        write(&app, &ada, &lift, 10, json!({})).await.expect(201);
        write(&app, &ada, &again, 20, json!({})).await.expect(201);
        let gone = write(&app, &ada, &again, 30, json!({})).await.expect(201);
        app.post(&ada, &format!("/api/cases/{lift}/merge/"), json!({ "others": [again] })).await.expect(200);
        assert_eq!((total(&app, &ada, &lift).await["minutes"].clone(), total(&app, &ada, &again).await["minutes"].clone()), (json!(60), json!(0)));
        write(&app, &ada, &lift, 5, json!({})).await.expect(201);
        app.delete(&ada, &format!("{PATH}{}/", gone.id())).await.expect(204);
        app.send(Some(&ada), Method::POST, &format!("/api/cases/{again}/separation/"), None).await.expect(200);
        assert_eq!((total(&app, &ada, &lift).await["minutes"].clone(), total(&app, &ada, &again).await["minutes"].clone()), (json!(15), json!(20)));
        let back = app.send(Some(&ada), Method::POST, &format!("{PATH}{}/restore/", gone.id()), None).await.expect(200).json();
        assert_eq!(back["case"]["id"], json!(again), "what was deleted meanwhile too");
        app.work().await;
        app.done().await;
    }
}

//! A request makes few statements, however many rows it shows and whoever asks.

use poem::http::Method;
use serde_json::json;
use testing::{Person, TestApp, both};

use super::{
    document::{Operation, operations},
    ids::{is_personal, whose},
    subject::HANGING,
};
use crate::house::{ASSIGNED, Ids, JOINED, furnish, make, merge, tied};

/// Of a list or a record, beside those of the gate.
const MOST: usize = 6;

/// What shows things of many kinds: as many as its words promise.
const MORE: &[(&str, usize)] = &[("show_dashboard", 32), ("show_activity_report", 7)];

both! {
    async fn whatever_is_shown_is_shown_in_few_statements(app) {
        let admin = app.admin("Ours").await;
        let ids = furnish(&app, &admin).await;
        let user = app.member(&admin, "User").await;
        let gate = gate(&app, &user).await;
        // Theirs, because what is restricted takes the most.
        let mut own = ids.clone();
        own.insert("member", user.user.to_string());
        for &kind in ASSIGNED.iter().chain(JOINED) {
            let mut with = tied(kind, &own);
            if kind == "account" {
                merge(&mut with, json!({ "parent_id": make(&app, &user, kind, &own, json!({})).await }));
            }
            let made = make(&app, &user, kind, &own, with).await;
            own.insert(kind, made);
        }
        convert(&app, &user, &own).await;
        for (kind, _) in HANGING {
            let made = make(&app, &user, kind, &own, json!({})).await;
            own.insert(kind, made);
        }
        let mut broken = Vec::new();
        let all = operations(&app);
        // What is listened to goes on asking for as long as it is open.
        let shown = all.iter().filter(|operation| operation.method == Method::GET && operation.is_inside() && !is_personal(&operation.path) && operation.id != "listen_to_changes");
        for operation in shown {
            for (who, ids) in [(&user, &own), (&admin, &ids)] {
                let path = format!("{}{}", operation.path_to(ids), narrowed(operation, who));
                app.statements();
                let shown = app.get(who, &path).await;
                let statements = app.statements();
                let most = MORE.iter().find(|(id, _)| operation.id == *id).map_or(MOST, |(_, most)| *most);
                if shown.status.is_success() && statements.len() > most + gate {
                    let told: Vec<_> = statements.iter().skip(gate).map(|one| one.sql.get(..120).unwrap_or(&one.sql)).collect();
                    broken.push(format!("{path} makes {}: {told:#?}", statements.len() - gate));
                }
            }
        }
        assert!(broken.is_empty(), "{}", broken.join("\n"));
        app.done().await;
    }

    async fn a_longer_list_makes_no_more_statements(app) {
        let admin = app.admin("Ours").await;
        let ids = furnish(&app, &admin).await;
        for operation in operations(&app).iter().filter(|operation| operation.is_listing()) {
            let kind = whose(&operation.path);
            let count = async || {
                app.statements();
                let page = app.get(&admin, &operation.path).await.expect(200).json();
                (page["results"].as_array().map_or(0, Vec::len), app.statements().len())
            };
            let before = count().await;
            for _ in 0..2 {
                make(&app, &admin, kind, &ids, tied(kind, &ids)).await;
            }
            let after = count().await;
            assert!(after.0 >= before.0 + 2, "{}: {before:?}, {after:?}", operation.id);
            assert_eq!(after.1, before.1, "{} made more statements for more rows", operation.id);
        }
        app.done().await;
    }
}

/// How many statements it takes to know who is asking, from the second time on.
async fn gate(app: &TestApp, who: &Person) -> usize {
    app.get(who, "/api/leads/").await.expect(200);
    app.statements();
    app.get(who, "/api/leads/?cursor=surprise").await.expect(400);
    let gate = app.statements().len();
    assert!(gate > 0, "nothing is told of statements");
    gate
}

/// A converted lead points at more than any other record.
async fn convert(app: &TestApp, user: &Person, ids: &Ids) {
    let wanted = json!({ "opportunity": { "name": "canary" } });
    app.post(user, &format!("/api/leads/{}/conversion/", ids["lead"]), wanted).await.expect(201);
}

/// Everything that can be asked of a list at once.
fn narrowed(operation: &Operation, who: &Person) -> String {
    let has = |name: &str| operation.parameters().any(|parameter| parameter["name"] == name);
    let mut asked = Vec::new();
    if has("search") {
        asked.push("search=canary".to_owned());
    }
    if has("assigned_to") {
        asked.push(format!("assigned_to={}", who.user));
    }
    if has("sort") {
        asked.push("sort=-created_at".to_owned());
    }
    if asked.is_empty() { String::new() } else { format!("?{}", asked.join("&")) }
}

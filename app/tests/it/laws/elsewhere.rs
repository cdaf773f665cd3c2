//! What another organisation has does not exist.

use poem::http::Method;
use serde_json::{Value, json};
use testing::{Reply, both};

use super::{
    document::{UNKNOWN, operations},
    subject::subject,
};
use crate::house::{Ids, furnish};

/// Lists without anything of an organisation in them, and why.
const OF_NOBODY: &[(&str, &str)] = &[
    ("list_grants", "what can be granted is the same everywhere"),
    ("list_sessions", "a person's own"),
    ("count_unread_notifications", "a number"),
    ("listen_to_changes", "what happens from now on"),
    ("show_event_feed", "a person's own"),
    ("show_lead_report", NUMBERS),
    ("show_sales_report", NUMBERS),
    ("show_case_report", NUMBERS),
    ("show_backlog_report", NUMBERS),
    ("show_activity_report", NUMBERS),
    ("show_satisfaction", NUMBERS),
    ("list_platform_orgs", "for those who run the installation"),
];

const NUMBERS: &str = "numbers, and held against the lists by tests of their own";

both! {
    async fn another_organisation_finds_nothing_and_ones_own_does(app) {
        let (ours, theirs) = (app.admin("Ours").await, app.admin("Theirs").await);
        let ids = furnish(&app, &ours).await;
        let mut broken = Vec::new();
        for operation in operations(&app).iter().filter(|operation| operation.has_id() && operation.is_inside()) {
            let ids = subject(&app, operation, &ours, &ours, &ids, json!({})).await;
            let body = operation.body(&app, &ids);
            let foreign = operation.send(&app, Some(&theirs), &operation.path_to(&ids), body.clone()).await;
            let unknown = operation.send(&app, Some(&theirs), &operation.path_with(UNKNOWN), body.clone()).await;
            if foreign.status != 404 || problem(&foreign) != problem(&unknown) {
                broken.push(format!("{}: {} to another, {} when unknown", operation.id, foreign.status, unknown.status));
            }
            let own = operation.send(&app, Some(&ours), &operation.path_to(&ids), body).await;
            if !own.status.is_success() {
                broken.push(format!("{}: {} to its own: {}", operation.id, own.status, own.json()));
            }
        }
        assert!(broken.is_empty(), "{}", broken.join("\n"));
        app.done().await;
    }

    async fn nothing_of_another_organisation_is_listed_and_ones_own_is(app) {
        let (ours, theirs) = (app.admin("Ours").await, app.admin("Theirs").await);
        let ids = furnish(&app, &ours).await;
        let all = operations(&app);
        let lists = all.iter().filter(|operation| operation.method == Method::GET && !operation.has_id());
        for operation in lists.filter(|operation| !OF_NOBODY.iter().any(|(id, _)| operation.id == *id)) {
            let searched = operation.parameters().any(|parameter| parameter["name"] == "search");
            for query in ["", "?search=canary"].into_iter().take(if searched { 2 } else { 1 }) {
                let path = format!("{}{query}", operation.path);
                let own = operation.send(&app, Some(&ours), &path, None).await.expect(200);
                assert!(shows(&own, &ids), "{path} shows nothing of what furnish() puts there: put a canary into it");
                let foreign = operation.send(&app, Some(&theirs), &path, None).await.expect(200);
                assert!(!shows(&foreign, &ids), "{path} shows another's");
            }
        }
        app.done().await;
    }
}

/// The problem without the id of the request.
fn problem(reply: &Reply) -> Value {
    let mut problem: Value = serde_json::from_slice(&reply.bytes).unwrap_or_default();
    if let Some(problem) = problem.as_object_mut() {
        problem.remove("instance");
    }
    problem
}

/// Whether there is a canary in it, or one of these ids.
fn shows(reply: &Reply, ids: &Ids) -> bool {
    let text = String::from_utf8_lossy(&reply.bytes);
    text.contains("canary") || ids.values().any(|id| text.contains(id))
}

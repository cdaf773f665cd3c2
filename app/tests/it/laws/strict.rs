//! A body says what the document knows and nothing else: what is not declared is refused, at every depth.

use serde_json::{Value, json};
use testing::{TestApp, both};

use super::{
    document::{operations, resolved},
    subject::subject,
};
use crate::house::furnish;

const STRANGE: &str = "surprise";

both! {
    async fn every_object_of_a_body_is_closed(app) {
        let mut open = Vec::new();
        for operation in operations(&app) {
            for (kind, content) in operation.spec["requestBody"]["content"].as_object().into_iter().flatten() {
                open_objects(&app, &content["schema"], &format!("{} {kind}", operation.id), &mut open);
            }
        }
        assert_eq!(open, Vec::<String>::new(), "objects without additionalProperties: false");
        app.done().await;
    }

    async fn an_undeclared_member_is_refused_in_every_body(app) {
        let admin = app.admin("Ours").await;
        let mut ids = furnish(&app, &admin).await;
        let form = app.get(&admin, &format!("/api/forms/{}/", ids["form"])).await.expect(200).json();
        ids.insert("key", form["key"].as_str().unwrap_or_default().to_owned());
        let (mut broken, mut tried) = (Vec::new(), 0);
        for operation in operations(&app) {
            let Some(body) = operation.body(&app, &ids) else { continue };
            let ids = if operation.is_open() {
                ids.clone()
            } else {
                subject(&app, &operation, &admin, &admin, &ids, json!({})).await
            };
            for (pointer, body) in with_a_stranger(&body, "") {
                tried += 1;
                let who = (!operation.is_open()).then_some(&admin);
                let refused = operation.send(&app, who, &operation.path_to(&ids), Some(body)).await;
                if refused.status != 422 || !refused.pointers().contains(&pointer) {
                    broken.push(format!("{} takes {pointer}: {} {}", operation.id, refused.status, refused.json()));
                }
            }
        }
        assert!(tried > 45, "{tried}");
        assert!(broken.is_empty(), "{}", broken.join("\n"));
        app.done().await;
    }
}

fn open_objects(app: &TestApp, schema: &Value, place: &str, open: &mut Vec<String>) {
    let schema = resolved(app.document, schema);
    if let Some(members) = schema["properties"].as_object() {
        if schema["additionalProperties"] != false && !place.ends_with("multipart/form-data") {
            open.push(place.to_owned());
        }
        for (name, member) in members {
            open_objects(app, member, &format!("{place} {name}"), open);
        }
    } else if schema["type"] == "object" && !schema["additionalProperties"].is_object() {
        open.push(place.to_owned());
    }
    if !schema["items"].is_null() {
        open_objects(app, &schema["items"], &format!("{place} []"), open);
    }
}

/// The body with a member that nobody declared, once in each of its objects. Each with where that is.
fn with_a_stranger(body: &Value, place: &str) -> Vec<(String, Value)> {
    let Some(members) = body.as_object() else { return Vec::new() };
    let mut with = body.clone();
    with[STRANGE] = json!(true);
    let mut all = vec![(format!("{place}/{STRANGE}"), with)];
    for (name, member) in members {
        // A role's grants are a map: what is in it is looked up.
        for (pointer, inner) in with_a_stranger(member, &format!("{place}/{name}")) {
            let mut with = body.clone();
            with[name] = inner;
            all.push((pointer, with));
        }
    }
    all
}

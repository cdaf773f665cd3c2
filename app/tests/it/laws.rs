//! What holds for every operation, found in the document: a new one is under these laws before anybody thinks of them.

use std::collections::BTreeSet;

use poem::http::Method;
use serde_json::{Value, json};
use testing::{TestApp, both};

use crate::house::{Ids, furnish};

/// The operations that need no token, and why.
const OPEN: &[(&str, &str)] = &[
    ("create_session", "logging in"),
    ("refresh_session", "its refresh token says who asks"),
    ("register_user", "whoever registers has no account yet"),
    ("verify_email", "the secret of a mail"),
    ("resend_verification", "one cannot log in before"),
    ("request_password_reset", "who forgot the password"),
    ("reset_password", "the secret of a mail"),
    ("submit_form", "a website's visitor, by the form's key"),
    ("send_contact_message", "a website's visitor, by the form's key"),
];

/// Whose id a path of this beginning has. A path that is not here fails: say whose it is.
const WHOSE: &[(&str, &str)] = &[
    ("/api/leads/", "lead"),
    ("/api/contacts/", "contact"),
    ("/api/accounts/", "account"),
    ("/api/opportunities/", "opportunity"),
    ("/api/teams/", "team"),
    ("/api/tags/", "tag"),
    ("/api/roles/", "role"),
    ("/api/invitations/", "invitation"),
    ("/api/comments/", "comment"),
    ("/api/attachments/", "attachment"),
    ("/api/forms/", "form"),
    ("/api/contact-messages/", "contact_message"),
    ("/api/jobs/", "job"),
    ("/api/members/", "member"),
    ("/api/orgs/", "org"),
    // Not of an organisation: a person's own sessions, and the list of those who run the installation.
    ("/api/auth/sessions/", ""),
    ("/api/platform/orgs/", ""),
];

const UNKNOWN: &str = "01900000-0000-7000-8000-00000000dead";

fn operations(app: &TestApp) -> Vec<(String, Method, Value)> {
    let paths = app.document["paths"].as_object().expect("paths");
    let each = paths.iter().flat_map(|(path, methods)| {
        let methods = methods.as_object().expect("methods");
        methods.iter().map(|(method, operation)| {
            (path.clone(), method.to_uppercase().parse().expect("a method"), operation.clone())
        })
    });
    each.collect()
}

fn whose(path: &str) -> &'static str {
    let found = WHOSE.iter().find(|(beginning, _)| path.starts_with(beginning));
    found.unwrap_or_else(|| panic!("{path}: say in WHOSE whose id this is")).1
}

fn with_id(path: &str, id: &str) -> String {
    let (before, rest) = path.split_once('{').expect("an id");
    let (_, after) = rest.split_once('}').expect("an id");
    format!("{before}{id}{after}")
}

both! {
    async fn every_operation_asks_who_it_is_but_for_a_short_list(app) {
        let open: BTreeSet<String> = operations(&app)
            .into_iter()
            .filter(|(_, _, operation)| operation["security"].as_array().is_none_or(Vec::is_empty))
            .map(|(path, _, operation)| operation["operationId"].as_str().unwrap_or(&path).to_owned())
            .collect();
        assert_eq!(open, OPEN.iter().map(|(id, _)| (*id).to_owned()).collect());
        for (path, method, operation) in operations(&app) {
            let open = OPEN.iter().any(|(id, _)| operation["operationId"] == *id);
            let asked = app.send(None, method.clone(), &with_some_id(&path), Some(json!({}))).await;
            assert!(open || asked.status == 401, "{method} {path} answers {} to nobody", asked.status);
        }
        app.done().await;
    }

    async fn every_operation_has_a_name_of_its_own(app) {
        let mut seen = BTreeSet::new();
        for (path, method, operation) in operations(&app) {
            let id = operation["operationId"].as_str().unwrap_or_else(|| panic!("{method} {path} has no operationId")).to_owned();
            let words: Vec<&str> = id.split('_').collect();
            let plain = words.iter().all(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase()));
            assert!(words.len() >= 2 && plain, "{id} is not verb_noun");
            assert!(seen.insert(id.clone()), "{id} is there twice");
        }
        app.done().await;
    }

    async fn another_organisation_finds_nothing(app) {
        let (ours, theirs) = (app.admin("Ours").await, app.admin("Theirs").await);
        let ids = furnish(&app, &ours).await;
        let mut broken = Vec::new();
        for (path, method, operation) in operations(&app).into_iter().filter(|(path, ..)| path.contains('{')) {
            if path.contains("{key}") || whose(&path).is_empty() {
                continue;
            }
            let Some(id) = ids.get(whose(&path)) else {
                broken.push(format!("{path}: no {} in the house", whose(&path)));
                continue;
            };
            if method == Method::GET {
                let own = app.get(&ours, &with_id(&path, id)).await;
                if own.status != 200 && !path.ends_with("/logo/") {
                    broken.push(format!("{method} {path}: {} to its own", own.status));
                }
            }
            let body = body_of(&app, &operation);
            let foreign = app.send(Some(&theirs), method.clone(), &with_id(&path, id), body.clone()).await;
            let unknown = app.send(Some(&theirs), method.clone(), &with_id(&path, UNKNOWN), body).await;
            let same = problem(&foreign) == problem(&unknown);
            // A form that is not one is refused before anything is looked up.
            if !same || (foreign.status != 404 && foreign.status != 415) {
                broken.push(format!("{method} {path}: {} to another, {} when unknown", foreign.status, unknown.status));
            }
        }
        assert!(broken.is_empty(), "{}", broken.join("\n"));
        app.done().await;
    }

    async fn nothing_of_another_organisation_is_listed(app) {
        let (ours, theirs) = (app.admin("Ours").await, app.admin("Theirs").await);
        furnish(&app, &ours).await;
        for (path, method, operation) in operations(&app) {
            if method != Method::GET || path.contains('{') {
                continue;
            }
            let searched = operation["parameters"].to_string().contains("\"search\"");
            for query in ["", "?search=canary"].into_iter().take(if searched { 2 } else { 1 }) {
                let shown = app.get(&theirs, &format!("{path}{query}")).await;
                assert!(!String::from_utf8_lossy(&shown.bytes).contains("canary"), "{path}{query} shows another's");
            }
        }
        let own = app.get(&ours, "/api/leads/?search=canary").await.expect(200).json();
        assert_eq!(own["count"], 1, "ours is there to be found");
        app.done().await;
    }

    async fn a_foreign_id_is_unknown_in_every_body(app) {
        let (ours, theirs) = (app.admin("Ours").await, app.admin("Theirs").await);
        let (own, foreign) = (furnish(&app, &ours).await, furnish(&app, &theirs).await);
        for (at, least, member, kind) in positions() {
            let with = |ids: &Ids| {
                let mut body = least.clone();
                body[member] = filled(member, &ids[kind]);
                body
            };
            let created = app.post(&ours, &format!("/api/{at}/"), with(&foreign)).await;
            assert_eq!(created.status, 422, "POST {at} with a foreign {member}: {}", created.json());
            let Some(record) = singular(at).and_then(|record| own.get(record)) else { continue };
            // Nothing of an invitation can be changed.
            if at == "invitations" {
                continue;
            }
            let path = format!("/api/{at}/{record}/");
            let before = app.get(&ours, &path).await.expect(200).bytes;
            let changed = app.patch(&ours, &path, json!({ member: filled(member, &foreign[kind]) })).await;
            assert_eq!(changed.status, 422, "PATCH {at} with a foreign {member}");
            assert_eq!(app.get(&ours, &path).await.expect(200).bytes, before, "nothing changed");
            if !(at == "accounts" && member == "parent_id") {
                app.patch(&ours, &path, json!({ member: filled(member, &own[kind]) })).await.expect(200);
            }
        }
        let conversion = json!({ "account_id": foreign["account"] });
        app.post(&ours, &format!("/api/leads/{}/conversion/", own["lead"]), conversion).await.expect(422);
        app.done().await;
    }
}

fn with_some_id(path: &str) -> String {
    if path.contains('{') { with_id(path, UNKNOWN) } else { path.to_owned() }
}

/// The problem without the id of the request.
fn problem(reply: &testing::Reply) -> Value {
    let mut problem: Value = serde_json::from_slice(&reply.bytes).unwrap_or_default();
    if let Some(problem) = problem.as_object_mut() {
        problem.remove("instance");
    }
    problem
}

/// The example of an operation's body, so that a fault in it is not what refuses.
fn body_of(app: &TestApp, operation: &Value) -> Option<Value> {
    let schema = &operation["requestBody"]["content"]["application/json; charset=utf-8"]["schema"];
    let schema =
        if schema.is_null() { &operation["requestBody"]["content"]["application/json"]["schema"] } else { schema };
    let name = schema["$ref"].as_str()?.rsplit('/').next()?;
    let schema = &app.document["components"]["schemas"][name];
    Some(schema.get("example").cloned().unwrap_or_else(|| json!({})))
}

fn filled(member: &str, id: &str) -> Value {
    match member {
        "accounts" => json!([{ "account_id": id }]),
        one if one.ends_with("_id") => json!(id),
        _ => json!([id]),
    }
}

fn singular(module: &str) -> Option<&'static str> {
    WHOSE.iter().find(|(path, _)| *path == format!("/api/{module}/")).map(|(_, record)| *record)
}

fn positions() -> Vec<(&'static str, Value, &'static str, &'static str)> {
    let mut all = Vec::new();
    let least = [
        ("leads", json!({ "title": "L" })),
        ("contacts", json!({ "first_name": "C", "last_name": "C" })),
        ("accounts", json!({ "name": "A" })),
        ("opportunities", json!({ "name": "O" })),
        ("forms", json!({ "title": "F" })),
    ];
    for (module, body) in least {
        for (member, kind) in [("assigned_to", "member"), ("teams", "team"), ("tags", "tag")] {
            all.push((module, body.clone(), member, kind));
        }
    }
    all.push(("leads", json!({ "title": "L" }), "contacts", "contact"));
    all.push(("contacts", json!({ "first_name": "C", "last_name": "C" }), "account_id", "account"));
    all.push(("contacts", json!({ "first_name": "C", "last_name": "C" }), "accounts", "account"));
    all.push(("accounts", json!({ "name": "A" }), "parent_id", "account"));
    all.push(("opportunities", json!({ "name": "O" }), "account_id", "account"));
    all.push(("opportunities", json!({ "name": "O" }), "contacts", "contact"));
    all.push(("teams", json!({ "name": "T" }), "members", "member"));
    all.push(("invitations", json!({ "email": "new@people.example" }), "role_id", "role"));
    all
}

//! An id that is not there for whoever names it is unknown, wherever in a body or a query it stands: another organisation's,
//! and one's own that one may not see. The places are found in the document.

use serde_json::{Value, json};
use testing::{Person, Reply, TestApp, both};

use super::{
    document::{Operation, operations, resolved},
    ids::kind_of,
    subject::subject,
};
use crate::house::{ASSIGNED, Ids, JOINED, furnish, make, merge};

/// What has to be said beside some members, by the beginning of a path; `{member}` is somebody of the house.
const BESIDE: &[(&str, &str, &str)] = &[
    (
        "/api/opportunities/",
        "closed_by",
        r#"{"stage": "closed_won", "amount": "1.00", "currency": "EUR", "closed_on": "2026-11-20"}"#,
    ),
    ("/api/goals/", "member_id", r#"{"metric": "deals", "target_count": 3}"#),
    ("/api/goals/", "team_id", r#"{"metric": "deals", "target_count": 3}"#),
    ("/api/cases/macros/", "team_id", r#"{"visibility": "team"}"#),
    ("/api/cases/routing-rules/", "team_id", r#"{"strategy": "team", "members": []}"#),
    ("/api/cases/routing-rules/", "accounts", r#"{"strategy": "direct", "members": ["{member}"]}"#),
    ("/api/cases/routing-rules/trial/", "tags", "{}"),
    ("/api/cases/routing-rules/", "tags", r#"{"strategy": "direct", "members": ["{member}"]}"#),
];

/// Called ids, and given by somebody else.
const ELSEWHERE: &[&str] = &["tax_id", "vat_id", "legal_id"];

/// Where an id stands in a body: names of members, `[]` for the items of a list.
type Place = Vec<String>;

both! {
    async fn a_foreign_id_is_unknown_in_every_body(app) {
        let (ours, theirs) = (app.admin("Ours").await, app.admin("Theirs").await);
        let (own, foreign) = (furnish(&app, &ours).await, furnish(&app, &theirs).await);
        let mut broken = Vec::new();
        for (operation, place) in places(&app) {
            let kind = kind_at(&operation, &place);
            let case = Case { app: &app, operation: &operation, place: &place, admin: &ours, who: &ours, own: &own };
            // A card is moved beside one of its own stage.
            let known = if ["before", "after"].contains(&place[0].as_str()) {
                make(&app, &ours, kind, &own, json!({})).await
            } else {
                own[kind].clone()
            };
            broken.extend(case.differs(&known, &foreign[kind]).await);
        }
        assert!(broken.is_empty(), "{}", broken.join("\n"));
        app.done().await;
    }

    async fn an_id_that_one_may_not_see_is_unknown_in_every_body(app) {
        let admin = app.admin("Ours").await;
        let (user, own) = (app.member(&admin, "User").await, furnish(&app, &admin).await);
        trust(&app, &admin, &user, "routing_rule").await;
        let (mut broken, mut tried) = (Vec::new(), 0);
        for (operation, place) in places(&app) {
            let kind = kind_at(&operation, &place);
            if !ASSIGNED.contains(&kind) && !JOINED.contains(&kind) {
                continue;
            }
            tried += 1;
            let seen = make(&app, &user, kind, &own, needed(&app, &operation, &user, &own).await).await;
            let case = Case { app: &app, operation: &operation, place: &place, admin: &admin, who: &user, own: &own };
            broken.extend(case.differs(&seen, &own[kind]).await);
        }
        assert!(tried > 5 && broken.is_empty(), "{}", broken.join("\n"));
        app.done().await;
    }

    async fn a_foreign_id_finds_nothing_in_any_filter(app) {
        let (ours, theirs) = (app.admin("Ours").await, app.admin("Theirs").await);
        let (own, foreign) = (furnish(&app, &ours).await, furnish(&app, &theirs).await);
        let mut broken = Vec::new();
        for operation in operations(&app).iter().filter(|operation| operation.is_inside()) {
            for parameter in operation.parameters() {
                if found(&app, &parameter["schema"]).is_empty() {
                    continue;
                }
                let name = parameter["name"].as_str().expect("a name");
                let kind = kind_at(operation, &[name.to_owned()]);
                // A board is of a pipeline or is not there.
                if name == "pipeline_id" {
                    for (ids, status) in [(&own, 200), (&foreign, 404)] {
                        let path = format!("{}?{name}={}", operation.path_to(&own), ids[kind]);
                        app.get(&ours, &path).await.expect(status);
                    }
                    continue;
                }
                let mut counts = Vec::new();
                for ids in [&own, &foreign] {
                    let path = format!("{}?{name}={}", operation.path_to(&own), ids[kind]);
                    counts.push(app.get(&ours, &path).await.expect(200).json()["count"].clone());
                }
                if counts[0] == 0 || counts[1] != 0 {
                    broken.push(format!("{}?{name}: {} for one's own, {} for another's", operation.path, counts[0], counts[1]));
                }
            }
        }
        assert!(broken.is_empty(), "{}", broken.join("\n"));
        app.done().await;
    }
}

/// An invoice is to somebody, and in some currency.
async fn needed(app: &TestApp, operation: &Operation, who: &Person, ids: &Ids) -> Value {
    if operation.id != "create_opportunity_invoice" {
        return json!({});
    }
    json!({ "account_id": make(app, who, "account", ids, json!({})).await, "currency": "EUR" })
}

/// Lets somebody see to records that are not a USER's to make, and may name some that they do not see.
async fn trust(app: &TestApp, admin: &Person, user: &Person, object: &str) {
    let usual = app.role(admin, "User").await;
    let usual = app.get(admin, &format!("/api/roles/{usual}/")).await.expect(200).json();
    let mut grants = usual["grants"].clone();
    for verb in ["create", "change", "delete"] {
        grants[format!("{object}.{verb}")] = json!("org");
    }
    let role = app.post(admin, "/api/roles/", json!({ "name": "Trusted", "grants": grants })).await.expect(201).id();
    app.give(admin, user, role).await;
}

struct Case<'a> {
    app: &'a TestApp,
    operation: &'a Operation,
    place: &'a [String],
    admin: &'a Person,
    who: &'a Person,
    own: &'a Ids,
}

impl Case<'_> {
    /// What is wrong, if `unknown` is not refused without a trace, or `known` is.
    async fn differs(&self, known: &str, unknown: &str) -> Option<String> {
        let Self { app, operation, admin, who, own, .. } = self;
        let subject = subject(app, operation, who, admin, own, json!({})).await;
        let before = self.witness(&subject).await;
        let refused = self.ask(&subject, unknown).await;
        let after = self.witness(&subject).await;
        let pointer = format!("/{}", self.place[0]);
        let told = refused.status == 422 && refused.pointers().iter().map(|told| told.starts_with(&pointer)).eq([true]);
        if !told || before.bytes != after.bytes {
            return Some(format!("{}{:?}: {} {}", operation.id, self.place, refused.status, refused.json()));
        }
        let control = self.ask(&subject, known).await;
        let allowed = control.status.is_success();
        (!allowed).then(|| format!("{}{:?} is refused its own: {}", operation.id, self.place, control.json()))
    }

    async fn ask(&self, subject: &Ids, id: &str) -> Reply {
        let schema = self.operation.body_schema(self.app).expect("a body");
        let mut body = self.operation.body(self.app, subject).expect("a body");
        let required = schema["required"].as_array().cloned().unwrap_or_default();
        body.as_object_mut().expect("an object").retain(|name, _| required.iter().any(|required| required == name));
        let known = |(path, name, _): &&(&str, &str, &str)| {
            self.operation.path.starts_with(path) && self.place.iter().any(|step| step == name)
        };
        if let Some((.., beside)) = BESIDE.iter().find(known) {
            merge(&mut body, serde_json::from_str(&beside.replace("{member}", &self.own["member"])).expect("JSON"));
        }
        put(&mut body, self.place, id);
        self.operation.send(self.app, Some(self.who), &self.operation.path_to(subject), Some(body)).await
    }

    /// What would show that something was done: the list that a record is added to, or the record.
    async fn witness(&self, subject: &Ids) -> Reply {
        let paths = &self.app.document["paths"];
        let mut path = self.operation.path.as_str();
        while paths[path]["get"].is_null() {
            let (shorter, _) = path.trim_end_matches('/').rsplit_once('/').expect("something to look at");
            path = &path[..=shorter.len()];
        }
        let looked = Operation { path: path.to_owned(), ..self.operation.clone() };
        self.app.get(self.admin, &looked.path_to(subject)).await.expect(200)
    }
}

/// Every place of every body that has an id.
fn places(app: &TestApp) -> Vec<(Operation, Place)> {
    let mut all = Vec::new();
    for operation in operations(app) {
        let schema = operation.body_schema(app).unwrap_or_default();
        all.extend(found(app, &schema).into_iter().map(|place| (operation.clone(), place)));
    }
    assert!(all.len() > 40, "{}", all.len());
    all
}

fn found(app: &TestApp, schema: &Value) -> Vec<Place> {
    let schema = resolved(app.document, schema);
    if schema["format"] == "uuid" {
        return vec![Place::new()];
    }
    let mut all = Vec::new();
    let mut beneath = |step: &str, schema: &Value| {
        // The id of a part of the record itself, which no other record has.
        if step == "id" {
            return;
        }
        for place in found(app, schema) {
            all.push(std::iter::once(step.to_owned()).chain(place).collect());
        }
    };
    if !schema["items"].is_null() {
        beneath("[]", &schema["items"]);
    }
    for (name, member) in schema["properties"].as_object().into_iter().flatten() {
        let called = name.ends_with("_id")
            && !ELSEWHERE.contains(&name.as_str())
            && resolved(app.document, member)["format"] != "uuid";
        assert!(!called, "{name} is called an id and its format is not uuid");
        beneath(name, member);
    }
    all
}

fn kind_at(operation: &Operation, place: &[String]) -> &'static str {
    let name = place.iter().rfind(|step| *step != "[]").expect("a name");
    kind_of(&operation.path, name)
        .unwrap_or_else(|| panic!("{}: say in KINDS what `{name}` is the id of", operation.id))
}

fn put(body: &mut Value, place: &[String], id: &str) {
    let Some((step, rest)) = place.split_first() else {
        *body = json!(id);
        return;
    };
    let inner = if step == "[]" {
        *body = json!([null]);
        &mut body[0]
    } else {
        if !body.is_object() {
            *body = json!({});
        }
        &mut body[step.as_str()]
    };
    put(inner, rest, id);
}

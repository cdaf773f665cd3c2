//! Macros: whose they are, what they do, and that they give no right.

use poem::http::Method;
use serde_json::{Value, json};
use testing::{Person, Reply, TestApp, both};

use crate::inbound::deliver;

const PATH: &str = "/api/cases/macros/";

async fn keep(app: &TestApp, who: &Person, with: Value) -> Reply {
    let mut body = json!({ "name": "Solved", "actions": [{ "status": "closed" }] });
    crate::house::merge(&mut body, with);
    app.post(who, PATH, body).await
}

/// The id of a macro that everybody has.
async fn shared(app: &TestApp, who: &Person, actions: Value) -> Value {
    keep(app, who, json!({ "visibility": "shared", "actions": actions })).await.expect(201).json()["id"].clone()
}

async fn case(app: &TestApp, who: &Person, body: Value) -> String {
    app.post(who, "/api/cases/", body).await.expect(201).id().to_string()
}

async fn run(app: &TestApp, who: &Person, case: &str, which: &Value) -> Reply {
    app.post(who, &format!("/api/cases/{case}/macro-runs/"), json!({ "macro_id": which })).await
}

async fn show(app: &TestApp, who: &Person, case: &str) -> Value {
    app.get(who, &format!("/api/cases/{case}/")).await.expect(200).json()
}

/// What was said, the last first.
async fn said(app: &TestApp, who: &Person, case: &str) -> Vec<(String, String)> {
    let page = app.get(who, &format!("/api/cases/comment/{case}/")).await.expect(200).json();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let comments = page["results"].as_array().expect("comments").iter();
    comments.map(|said| (text(&said["visibility"]), text(&said["body"]))).collect()
}

async fn names(app: &TestApp, who: &Person, query: &str) -> Vec<String> {
    let page = app.get(who, &format!("{PATH}?sort=name{query}")).await.expect(200).json();
    page["results"]
        .as_array()
        .expect("macros")
        .iter()
        .map(|one| one["name"].as_str().unwrap_or_default().to_owned())
        .collect()
}

both! {
    async fn a_macro_is_there_for_whom_it_is(app) {
        let ada = app.admin("Acme").await;
        let (mia, ben) = (app.member(&ada, "Mia").await, app.member(&ada, "Ben").await);
        let team = app.post(&ada, "/api/teams/", json!({ "name": "Desk", "members": [mia.user] })).await.expect(201).id();
        let own = keep(&app, &mia, json!({ "name": "A own" })).await.expect(201);
        assert_eq!((&own.json()["owner"]["id"], &own.json()["visibility"]), (&json!(mia.user), &json!("personal")));
        let of_team = json!({ "name": "B of the desk", "visibility": "team", "team_id": team });
        let of_team = keep(&app, &ada, of_team).await.expect(201);
        assert_eq!((&of_team.json()["team"]["name"], &of_team.json()["owner"]), (&json!("Desk"), &Value::Null));
        let of_all = keep(&app, &ada, json!({ "name": "C of all", "visibility": "shared" })).await.expect(201);
        assert_eq!(names(&app, &mia, "").await, ["A own", "B of the desk", "C of all"]);
        assert_eq!(names(&app, &ben, "").await, ["C of all"]);
        assert_eq!(names(&app, &ada, "").await, ["B of the desk", "C of all"], "an admin has no eyes for what is another's own");
        assert_eq!(names(&app, &mia, "&visibility=team").await, ["B of the desk"]);

        let (own, of_team, of_all) = (format!("{PATH}{}/", own.id()), format!("{PATH}{}/", of_team.id()), format!("{PATH}{}/", of_all.id()));
        for (who, path, status) in [(&ada, &own, 404), (&ben, &of_team, 404), (&mia, &of_team, 403), (&ben, &of_all, 403), (&mia, &own, 200), (&ada, &of_team, 200)] {
            app.patch(who, path, json!({ "description": "Changed" })).await.expect(status);
        }
        for path in [&of_team, &of_all] {
            app.delete(&mia, path).await.expect(403);
        }
        // What is one's own is not shared without the grant, and is when somebody has it.
        app.patch(&mia, &own, json!({ "visibility": "shared" })).await.expect(403);
        keep(&app, &mia, json!({ "visibility": "team", "team_id": team })).await.expect(403);
        let grants = json!({ "case.view": "team", "case_macro.share": "org" });
        let lead = app.post(&ada, "/api/roles/", json!({ "name": "Lead", "grants": grants })).await.expect(201).id();
        app.give(&ada, &mia, lead).await;
        let open = app.patch(&mia, &own, json!({ "visibility": "shared" })).await.expect(200).json();
        assert_eq!(open["owner"], Value::Null);
        assert_eq!(names(&app, &ben, "").await, ["A own", "C of all"]);
        let closed = app.patch(&ada, &of_team, json!({ "visibility": "personal" })).await.expect(200).json();
        assert_eq!((&closed["owner"]["id"], &closed["team"]), (&json!(ada.user), &Value::Null));

        app.delete(&ada, &of_team).await.expect(204);
        app.send(Some(&mia), Method::POST, &format!("{of_team}restore/"), None).await.expect(404);
        app.send(Some(&ada), Method::POST, &format!("{of_team}restore/"), None).await.expect(200);
        // Who sees no case has no use for them.
        let idle = app.post(&ada, "/api/roles/", json!({ "name": "Idle", "grants": {} })).await.expect(201).id();
        app.give(&ada, &ben, idle).await;
        assert!(names(&app, &ben, "").await.is_empty());
        keep(&app, &ben, json!({})).await.expect(403);
        app.done().await;
    }

    async fn a_macro_that_could_not_be_done_is_not_kept(app) {
        let (ada, eve) = (app.admin("Acme").await, app.admin("Elsewhere").await);
        let ben = app.member(&ada, "Ben").await;
        app.patch(&ada, &format!("/api/members/{}/", ben.user), json!({ "is_active": false })).await.expect(200);
        let stages = app.get(&ada, "/api/pipelines/?kind=lead").await.expect(200).json();
        let actions = json!([
            { "comment": { "body": "{{case.secret}}" } },
            { "comment": { "body": "{{case.name" } },
            { "status": "closed", "priority": "low" },
            {},
            { "assigned_to": [eve.user] },
            { "assigned_to": [ben.user] },
            { "add_watchers": [eve.user] },
            { "pipeline_stage_id": stages["results"][0]["stages"][0]["id"] },
            { "assigned_to_me": false },
        ]);
        let refused = keep(&app, &ada, json!({ "actions": actions })).await.expect(422);
        let wanted = [
            "/actions/0/comment/body", "/actions/1/comment/body", "/actions/2", "/actions/3", "/actions/4/assigned_to",
            "/actions/5/assigned_to", "/actions/6/add_watchers", "/actions/7/pipeline_stage_id", "/actions/8/assigned_to_me",
        ];
        assert_eq!(refused.pointers(), wanted);
        assert_eq!(keep(&app, &ada, json!({ "actions": [] })).await.expect(422).pointers(), ["/actions"]);
        assert_eq!(keep(&app, &ada, json!({ "visibility": "team" })).await.expect(422).pointers(), ["/team_id"]);
        let team = app.post(&ada, "/api/teams/", json!({ "name": "Desk" })).await.expect(201).id();
        assert_eq!(keep(&app, &ada, json!({ "team_id": team })).await.expect(422).pointers(), ["/team_id"]);
        assert!(names(&app, &ada, "").await.is_empty());
        app.done().await;
    }

    async fn a_macro_does_all_of_it_at_once(app) {
        let ada = app.admin("Acme").await;
        let (mia, ben) = (app.member(&ada, "Mia").await, app.member(&ada, "Ben").await);
        let team = app.post(&ada, "/api/teams/", json!({ "name": "Desk", "members": [ben.user] })).await.expect(201).id();
        let (old, new) = (tag(&app, &ada, "old").await, tag(&app, &ada, "new").await);
        let theo = json!({ "first_name": "Theo", "last_name": "Marchetti" });
        let theo = app.post(&ada, "/api/contacts/", theo).await.expect(201).id();
        let lift = json!({ "name": "The lift {{me.name}}", "contacts": [theo], "tags": [old], "watchers": [ben.user], "assigned_to": [ben.user] });
        let lift = case(&app, &ada, lift).await;
        let which = shared(&app, &ada, json!([
            { "add_tags": [new] }, { "status": "pending" }, { "priority": "urgent" }, { "case_type": "problem" },
            { "comment": { "body": "Dear {{ contact.name }} of #{{case.number}} {{case.name}}: {{me.name}}, {{org.name}}", "visibility": "public" } },
            { "remove_tags": [old] }, { "assigned_to_me": true }, { "teams": [team] }, { "add_watchers": [mia.user] },
            { "comment": { "body": "Seen by {{contact.first_name}} {{contact.last_name}}" } },
        ])).await;

        let told = app.post(&ada, &format!("/api/cases/{lift}/macro-previews/"), json!({ "macro_id": which })).await.expect(200).json();
        let words = "Dear Theo Marchetti of #1 The lift {{me.name}}: Admin of Acme, Acme";
        assert_eq!(told["comments"][0], json!({ "action": 4, "visibility": "public", "body": words }));
        assert!(said(&app, &ada, &lift).await.is_empty(), "a preview does nothing");
        let before = show(&app, &ada, &lift).await;
        assert_eq!((&before["status"], &before["version"]), (&json!("new"), &json!(1)));

        let stale = [("if-match", "\"7\"")];
        let path = format!("/api/cases/{lift}/macro-runs/");
        app.send_with(Some(&ada), Method::POST, &path, &stale, Some(json!({ "macro_id": which }))).await.expect(412);
        let seen = [("if-match", "\"1\"")];
        let done = app.send_with(Some(&ada), Method::POST, &path, &seen, Some(json!({ "macro_id": which }))).await.expect(200).json();
        assert_eq!((&done["status"], &done["priority"], &done["case_type"]), (&json!("pending"), &json!("urgent"), &json!("problem")));
        assert_eq!((&done["assigned_to"], &done["teams"][0]["id"]), (&json!([{ "id": ada.user, "name": "Admin of Acme" }]), &json!(team)));
        assert_eq!((done["tags"].as_array().expect("tags").len(), &done["tags"][0]["name"]), (1, &json!("new")));
        assert_eq!(done["watchers"].as_array().expect("watchers").len(), 2, "who watched it goes on");
        let wanted = [("internal".to_owned(), "Seen by Theo Marchetti".to_owned()), ("public".to_owned(), words.to_owned())];
        assert_eq!(said(&app, &ada, &lift).await, wanted);

        let log = app.get(&ada, &format!("/api/cases/activity/{lift}/")).await.expect(200).json();
        let verbs: Vec<&str> = log["results"].as_array().expect("a log").iter().filter_map(|one| one["verb"].as_str()).collect();
        assert_eq!(verbs.iter().filter(|verb| **verb == "macro_run").count(), 1);
        assert_eq!(verbs.iter().filter(|verb| **verb == "changed").count(), 2, "{verbs:?}");
        assert!(log.to_string().contains("Solved"), "a shared macro is named");
        app.work().await;
        let mails = app.mails();
        assert!(mails.iter().any(|mail| mail.contains("To: Ben") && mail.contains("It is pending now.")), "who watches it is told");
        app.done().await;
    }

    async fn a_macro_does_nothing_when_it_cannot_do_all(app) {
        let ada = app.admin("Acme").await;
        let ben = app.member(&ada, "Ben").await;
        let lift = case(&app, &ada, json!({ "name": "Lift" })).await;
        let gone = tag(&app, &ada, "gone").await;
        let to_ben = shared(&app, &ada, json!([{ "comment": { "body": "Ben sees to it.", "visibility": "public" } }, { "priority": "high" }, { "assigned_to": [ben.user] }])).await;
        let tagged = shared(&app, &ada, json!([{ "priority": "high" }, { "add_tags": [gone] }])).await;
        app.patch(&ada, &format!("/api/members/{}/", ben.user), json!({ "is_active": false })).await.expect(200);
        app.delete(&ada, &format!("/api/tags/{gone}/")).await.expect(204);
        for (which, pointer) in [(&to_ben, "/actions/2"), (&tagged, "/actions/1")] {
            let refused = run(&app, &ada, &lift, which).await.expect(422);
            assert_eq!((refused.pointers(), &refused.json()["errors"][0]["code"]), (vec![pointer.to_owned()], &json!("unknown_reference")));
        }

        // A stage that is full, and one that is no more.
        let stages = json!([{ "name": "Bench", "status": "new" }, { "name": "Full", "status": "assigned", "wip_limit": 1 }, { "name": "Shut", "status": "closed" }]);
        let repairs = app.post(&ada, "/api/pipelines/", json!({ "name": "Repairs", "kind": "case", "stages": stages })).await.expect(201).json();
        let [full, shut] = [1, 2].map(|n| repairs["stages"][n]["id"].clone());
        case(&app, &ada, json!({ "name": "Other", "pipeline_stage_id": full })).await;
        let into_full = shared(&app, &ada, json!([{ "priority": "high" }, { "pipeline_stage_id": full }])).await;
        let into_shut = shared(&app, &ada, json!([{ "comment": { "body": "Shut." } }, { "pipeline_stage_id": shut }])).await;
        let refused = run(&app, &ada, &lift, &into_full).await.expect(409);
        assert_eq!((refused.code().as_str(), refused.pointers().len()), ("wip_limit_reached", 1));
        let path = format!("/api/pipelines/{}/", repairs["id"].as_str().expect("an id"));
        let left = json!([repairs["stages"][0], repairs["stages"][1]]);
        let named = |stage: &Value| json!({ "id": stage["id"], "name": stage["name"], "status": stage["status"] });
        app.patch(&ada, &path, json!({ "stages": left.as_array().expect("two").iter().map(named).collect::<Vec<_>>() })).await.expect(200);
        assert_eq!(run(&app, &ada, &lift, &into_shut).await.expect(422).pointers(), ["/actions/1"]);

        // Of all that nothing is left: no word, no change, no trace.
        assert!(said(&app, &ada, &lift).await.is_empty());
        let shown = show(&app, &ada, &lift).await;
        assert_eq!((&shown["priority"], &shown["version"]), (&json!("normal"), &json!(1)));
        let log = app.get(&ada, &format!("/api/cases/activity/{lift}/")).await.expect(200).json();
        assert_eq!(log["results"].as_array().expect("a log").len(), 1);
        app.work().await;
        app.done().await;
    }

    async fn a_macro_gives_no_right(app) {
        let ada = app.admin("Acme").await;
        let (mia, ben) = (app.member(&ada, "Mia").await, app.member(&ada, "Ben").await);
        let reader = app.post(&ada, "/api/roles/", json!({ "name": "Reader", "grants": { "case.view": "org" } })).await.expect(201).id();
        app.give(&ada, &mia, reader).await;
        let lift = case(&app, &ada, json!({ "name": "Lift" })).await;
        let changes = shared(&app, &ada, json!([{ "comment": { "body": "Seen." } }, { "priority": "high" }])).await;
        let says = shared(&app, &ada, json!([{ "comment": { "body": "Seen." } }])).await;
        let refused = run(&app, &mia, &lift, &changes).await.expect(403);
        assert_eq!(refused.pointers(), ["/actions/1"]);
        assert!(said(&app, &ada, &lift).await.is_empty());
        // Who sees a case may comment on it.
        run(&app, &mia, &lift, &says).await.expect(200);
        run(&app, &ben, &lift, &says).await.expect(404);
        let own = keep(&app, &ada, json!({ "name": "Quietly" })).await.expect(201).json()["id"].clone();
        let refused = run(&app, &mia, &lift, &own).await.expect(422);
        assert_eq!((refused.pointers(), &refused.json()["errors"][0]["code"]), (vec!["/macro_id".to_owned()], &json!("unknown_reference")));
        app.post(&mia, &format!("/api/cases/{lift}/macro-previews/"), json!({ "macro_id": own })).await.expect(422);
        app.post(&ben, &format!("/api/cases/{lift}/macro-previews/"), json!({ "macro_id": says })).await.expect(404);
        // What one calls one's own is not told to who sees the case.
        run(&app, &ada, &lift, &own).await.expect(200);
        let log = app.get(&mia, &format!("/api/cases/activity/{lift}/")).await.expect(200).json();
        assert!(!log.to_string().contains("Quietly"), "{log}");
        // Who gives a case away may not see it any more, and it was done all the same.
        let team = app.post(&ada, "/api/teams/", json!({ "name": "Desk" })).await.expect(201).id();
        let away = shared(&app, &ada, json!([{ "assigned_to": [ada.user] }, { "teams": [team] }])).await;
        let door = case(&app, &ada, json!({ "name": "Door", "assigned_to": [ben.user] })).await;
        let given = run(&app, &ben, &door, &away).await.expect(200).json();
        assert_eq!(given["assigned_to"][0]["id"], json!(ada.user));
        run(&app, &ben, &door, &away).await.expect(404);
        app.work().await;
        app.done().await;
    }

    async fn what_a_placeholder_says_is_text_in_a_mail(app) {
        let ada = app.admin("Acme").await;
        let support = json!({ "name": "Support", "address": "support@acme.example" });
        let support = app.post(&ada, "/api/mailboxes/", support).await.expect(201).json();
        let greta = json!({ "first_name": "<b>Greta</b>", "last_name": "&", "email": "greta@elbe.example" });
        app.post(&ada, "/api/contacts/", greta).await.expect(201);
        let mail = "From: greta@elbe.example\nMessage-ID: <1@elbe.example>\nSubject: Lift\n\nIt stops.";
        deliver(&app, support["key"].as_str().expect("a key"), mail).await.expect(200);
        let lift = app.get(&ada, "/api/cases/").await.expect(200).json()["results"][0]["id"].as_str().expect("a case").to_owned();
        let which = shared(&app, &ada, json!([{ "comment": { "body": "Hi {{contact.name}}", "visibility": "public" } }])).await;
        run(&app, &ada, &lift, &which).await.expect(200);
        app.work().await;
        let mails = app.mails();
        let mail = mails.iter().find(|mail| mail.contains("greta@elbe.example") && mail.contains("Hi ")).expect("an answer");
        let mail = mail_parser::MessageParser::new().parse(mail.as_bytes()).expect("a mail");
        let html = mail.body_html(0).expect("HTML").into_owned();
        assert!(html.contains("Hi &lt;b&gt;Greta&lt;") && !html.contains("<b>Greta"), "{html}");
        assert!(mail.body_text(0).expect("text").contains("Hi <b>Greta</b> &"));
        app.done().await;
    }
}

async fn tag(app: &TestApp, who: &Person, name: &str) -> String {
    app.post(who, "/api/tags/", json!({ "name": name })).await.expect(201).id().to_string()
}

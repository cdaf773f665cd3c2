//! The rules by which cases are given away, and trying them.

use poem::http::Method;
use serde_json::{Value, json};
use testing::{Person, TestApp, both};

use crate::{
    case_routing::{RULES, case, names, path, rule},
    house::merge,
    inbound::{deliver, mailbox},
};

async fn try_on(app: &TestApp, who: &Person, facts: Value) -> Value {
    app.post(who, &format!("{RULES}trial/"), facts).await.expect(200).json()
}

/// The outcome of each rule that was tried, with the condition that failed.
fn tried(trial: &Value) -> Vec<String> {
    let steps = trial["tried"].as_array().expect("a list").iter();
    let step = |step: &Value| match step["failed"].as_str() {
        Some(failed) => format!(
            "{} {}: {failed}",
            step["rule"]["name"].as_str().expect("a name"),
            step["outcome"].as_str().expect("text")
        ),
        None => {
            format!("{} {}", step["rule"]["name"].as_str().expect("a name"), step["outcome"].as_str().expect("text"))
        }
    };
    steps.map(step).collect()
}

/// Codes by pointer.
fn faults(refused: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    refused["errors"]
        .as_array()
        .expect("faults")
        .iter()
        .map(|fault| (text(&fault["pointer"]), text(&fault["code"])))
        .collect()
}

both! {
    async fn a_rule_says_what_it_was_told(app) {
        let ada = app.admin("Harbour").await;
        let (mia, tom) = (app.member(&ada, "Mia").await, app.member(&ada, "Tom").await);
        let account = app.post(&ada, "/api/accounts/", json!({ "name": "Elbe" })).await.expect(201).id();
        let tag = app.post(&ada, "/api/tags/", json!({ "name": "VIP" })).await.expect(201).id();
        let team = app.post(&ada, "/api/teams/", json!({ "name": "North" })).await.expect(201).id();
        let body = json!({
            "name": "All", "priorities": ["high"], "case_types": ["question", "problem"], "accounts": [account], "tags": [tag],
            "sender_domains": ["MÜNCHEN.example", "Elbe.Example"], "members": [tom.user, mia.user, tom.user],
        });
        let made = rule(&app, &ada, "round_robin", body.clone()).await;
        assert_eq!((names(&made["members"]), names(&made["accounts"]), names(&made["tags"])), (vec!["Tom".to_owned(), "Mia".to_owned()], vec!["Elbe".to_owned()], vec!["VIP".to_owned()]));
        assert_eq!((&made["sender_domains"], &made["position"]), (&json!(["xn--mnchen-3ya.example", "elbe.example"]), &json!(1)));
        assert_eq!((&made["priorities"], &made["case_types"], &made["team"]), (&json!(["high"]), &json!(["question", "problem"]), &Value::Null));
        assert_eq!(app.get(&ada, &path(&made, RULES)).await.expect(200).json(), made);
        let turned = app.patch(&ada, &path(&made, RULES), json!({ "members": [mia.user, tom.user], "tags": [] })).await.expect(200).json();
        assert_eq!((names(&turned["members"]), names(&turned["tags"])), (vec!["Mia".to_owned(), "Tom".to_owned()], vec![]));
        let of_team = json!({ "name": "Team", "strategy": "team", "team_id": team });
        let put = app.send(Some(&ada), Method::PUT, &path(&made, RULES), Some(of_team)).await.expect(200).json();
        assert_eq!((&put["members"], &put["accounts"], &put["sender_domains"], &put["team"]["name"]), (&json!([]), &json!([]), &json!([]), &json!("North")));
        app.delete(&ada, &path(&made, RULES)).await.expect(204);
        let trash = app.get(&ada, &format!("{RULES}?trashed=true")).await.expect(200).json();
        assert_eq!((&trash["count"], &trash["results"][0]["position"]), (&json!(1), &Value::Null));
        app.send(Some(&ada), Method::POST, &format!("{}restore/", path(&made, RULES)), None).await.expect(200);
        assert_eq!(app.get(&ada, &format!("{RULES}?strategy=team&is_active=true")).await.expect(200).json()["count"], 1);
        app.done().await;
    }

    async fn a_strategy_has_whom_it_needs_and_nobody_else(app) {
        let ada = app.admin("Harbour").await;
        let (mia, old) = (app.member(&ada, "Mia").await, app.member(&ada, "Old").await);
        let team = app.post(&ada, "/api/teams/", json!({ "name": "North" })).await.expect(201).id();
        app.patch(&ada, &format!("/api/members/{}/", old.user), json!({ "is_active": false })).await.expect(200);
        let refused = async |with: Value| {
            let mut body = json!({ "name": "x" });
            merge(&mut body, with);
            faults(&app.post(&ada, RULES, body).await.expect(422).json())
        };
        let fault = |pointer: &str, code: &str| vec![(pointer.to_owned(), code.to_owned())];
        assert_eq!(refused(json!({ "strategy": "direct" })).await, fault("/members", "required"));
        assert_eq!(refused(json!({ "strategy": "direct", "members": [mia.user], "team_id": team })).await, fault("/team_id", "one_of_two"));
        assert_eq!(refused(json!({ "strategy": "team" })).await, fault("/team_id", "required"));
        assert_eq!(refused(json!({ "strategy": "team", "members": [mia.user], "team_id": team })).await, fault("/members", "one_of_two"));
        for strategy in ["round_robin", "least_busy"] {
            assert_eq!(refused(json!({ "strategy": strategy })).await, fault("/members", "required"));
            assert_eq!(refused(json!({ "strategy": strategy, "members": [mia.user], "team_id": team })).await, fault("/team_id", "one_of_two"));
            rule(&app, &ada, strategy, json!({ "team_id": team })).await;
        }
        assert_eq!(refused(json!({ "strategy": "direct", "members": [old.user] })).await, fault("/members", "unknown_reference"));
        assert_eq!(refused(json!({ "strategy": "sometimes" })).await[0].0, "/strategy");
        assert_eq!(refused(json!({ "strategy": "team", "team_id": team, "sender_domains": ["a.example", "@b.example"] })).await[0].0, "/sender_domains/1");
        let made = rule(&app, &ada, "direct", json!({ "members": [mia.user] })).await;
        let to_team = app.patch(&ada, &path(&made, RULES), json!({ "strategy": "team", "team_id": team })).await.expect(422).json();
        assert_eq!(faults(&to_team), fault("/members", "one_of_two"));
        app.patch(&ada, &path(&made, RULES), json!({ "strategy": "team", "team_id": team, "members": [] })).await.expect(200);
        app.done().await;
    }

    async fn only_who_may_sees_to_them_and_sees_no_more_than_before(app) {
        let (ada, eve) = (app.admin("Harbour").await, app.admin("Other").await);
        let (mia, kim) = (app.member(&ada, "Mia").await, app.member(&ada, "Kim").await);
        let hidden = app.post(&ada, "/api/accounts/", json!({ "name": "Secret" })).await.expect(201).id();
        let made = rule(&app, &ada, "direct", json!({ "members": [mia.user], "accounts": [hidden] })).await;
        let own = path(&made, RULES);
        let shown = app.get(&mia, &own).await.expect(200).json();
        assert_eq!((&shown["accounts"], names(&shown["members"])), (&json!([]), vec!["Mia".to_owned()]));
        let put = json!({ "name": "x", "strategy": "direct", "members": [mia.user] });
        app.post(&mia, RULES, put.clone()).await.expect(403);
        app.patch(&mia, &own, json!({ "name": "x" })).await.expect(403);
        app.send(Some(&mia), Method::PUT, &own, Some(put.clone())).await.expect(403);
        app.delete(&mia, &own).await.expect(403);
        app.post(&mia, &format!("{own}move/"), json!({ "position": 0 })).await.expect(403);
        app.post(&mia, &format!("{RULES}trial/"), json!({})).await.expect(403);
        for path in [own.clone(), format!("{own}move/")] {
            let asked = if path == own { app.get(&eve, &path).await } else { app.post(&eve, &path, json!({ "position": 0 })).await };
            asked.expect(404);
        }
        assert_eq!(app.get(&eve, RULES).await.expect(200).json()["count"], 0);

        // Somebody who sees to the rules, and to no account but their own.
        let grants = json!({ "routing_rule.create": "org", "routing_rule.change": "org", "account.view": "own", "account.create": "own", "case.view": "own", "case.create": "own" });
        let role = app.post(&ada, "/api/roles/", json!({ "name": "Dispatch", "grants": grants })).await.expect(201).id();
        app.give(&ada, &kim, role).await;
        let theirs = app.post(&kim, "/api/accounts/", json!({ "name": "Known" })).await.expect(201).id();
        let refused = app.patch(&kim, &own, json!({ "accounts": [theirs, ada.user] })).await.expect(422).json();
        assert_eq!(faults(&refused), [("/accounts".to_owned(), "unknown_reference".to_owned())]);
        let mut put = put;
        merge(&mut put, json!({ "accounts": [theirs] }));
        let shown = app.send(Some(&kim), Method::PUT, &own, Some(put)).await.expect(200).json();
        assert_eq!(names(&shown["accounts"]), ["Known"]);
        let all = app.get(&ada, &own).await.expect(200).json();
        assert_eq!(names(&all["accounts"]), ["Known", "Secret"], "who does not see it does not leave it out");
        let unseen = case(&app, &ada, json!({ "assigned_to": [ada.user] })).await;
        for facts in [json!({ "case_id": unseen["id"] }), json!({ "account_id": hidden })] {
            app.post(&kim, &format!("{RULES}trial/"), facts).await.expect(422);
        }
        assert_eq!(tried(&try_on(&app, &kim, json!({ "account_id": theirs })).await), ["x matched"]);
        app.work().await;
        app.done().await;
    }

    async fn a_rule_for_some_never_comes_to_be_for_all(app) {
        let ada = app.admin("Harbour").await;
        let mia = app.member(&ada, "Mia").await;
        let account = app.post(&ada, "/api/accounts/", json!({ "name": "Elbe" })).await.expect(201).id();
        let tag = app.post(&ada, "/api/tags/", json!({ "name": "VIP" })).await.expect(201).id();
        rule(&app, &ada, "direct", json!({ "name": "Account", "members": [mia.user], "accounts": [account] })).await;
        rule(&app, &ada, "direct", json!({ "name": "Tag", "members": [mia.user], "tags": [tag] })).await;
        app.delete(&ada, &format!("/api/accounts/{account}/")).await.expect(204);
        app.delete(&ada, &format!("/api/tags/{tag}/")).await.expect(204);
        assert_eq!(case(&app, &ada, json!({})).await["assigned_to"], json!([]), "what they are for is in the trash");
        let trial = try_on(&app, &ada, json!({})).await;
        assert_eq!(tried(&trial), ["Account failed: accounts", "Tag failed: tags"]);
        app.done().await;
    }

    async fn trying_them_tells_what_would_be_and_does_nothing(app) {
        let ada = app.admin("Harbour").await;
        let (mia, tom, old) = (app.member(&ada, "Mia").await, app.member(&ada, "Tom").await, app.member(&ada, "Old").await);
        let tag = app.post(&ada, "/api/tags/", json!({ "name": "VIP" })).await.expect(201).id();
        rule(&app, &ada, "direct", json!({ "name": "Urgent", "priorities": ["urgent"], "members": [mia.user] })).await;
        rule(&app, &ada, "direct", json!({ "name": "Elbe", "sender_domains": ["elbe.example"], "members": [old.user] })).await;
        rule(&app, &ada, "direct", json!({ "name": "Off", "members": [mia.user], "is_active": false })).await;
        rule(&app, &ada, "direct", json!({ "name": "VIP", "tags": [tag], "case_types": ["incident"], "members": [tom.user] })).await;
        rule(&app, &ada, "round_robin", json!({ "name": "Round", "members": [old.user, mia.user, tom.user] })).await;
        rule(&app, &ada, "direct", json!({ "name": "Never", "members": [mia.user] })).await;
        app.patch(&ada, &format!("/api/members/{}/", old.user), json!({ "is_active": false })).await.expect(200);

        let trial = try_on(&app, &ada, json!({ "sender": "desk@mail.elbe.example", "tags": [tag] })).await;
        assert_eq!(tried(&trial), ["Urgent failed: priorities", "Elbe nobody_left", "VIP failed: case_types", "Round matched"]);
        assert_eq!((names(&trial["tried"][1]["passed_over"]), names(&trial["tried"][3]["passed_over"])), (vec!["Old".to_owned()], vec!["Old".to_owned()]));
        assert_eq!((&trial["rule"]["name"], names(&trial["assigned_to"]), &trial["team"]), (&json!("Round"), vec!["Mia".to_owned()], &Value::Null));
        for _ in 0..3 {
            assert_eq!(names(&try_on(&app, &ada, json!({})).await["assigned_to"]), ["Mia"], "nobody's turn is over");
        }
        let made = case(&app, &ada, json!({ "case_type": "incident", "tags": [tag], "assigned_to": [ada.user] })).await;
        assert_eq!(names(&case(&app, &ada, json!({})).await["assigned_to"]), ["Mia"], "and now it is");
        assert_eq!(names(&try_on(&app, &ada, json!({})).await["assigned_to"]), ["Tom"]);

        // A case that is there, as it is and as it might be.
        let log = async || app.get(&ada, &path(&made, "/api/cases/activity/")).await.expect(200).json();
        let before = log().await;
        let trial = try_on(&app, &ada, json!({ "case_id": made["id"] })).await;
        assert_eq!((&trial["rule"]["name"], names(&trial["assigned_to"])), (&json!("VIP"), vec!["Tom".to_owned()]));
        let trial = try_on(&app, &ada, json!({ "case_id": made["id"], "priority": "urgent" })).await;
        assert_eq!(tried(&trial), ["Urgent matched"]);
        let trial = try_on(&app, &ada, json!({ "case_id": made["id"], "tags": [] })).await;
        assert_eq!(trial["rule"]["name"], "Round");
        assert_eq!(log().await, before);
        let after = app.get(&ada, &path(&made, "/api/cases/")).await.expect(200).json();
        assert_eq!((&after["assigned_to"], &after["version"]), (&made["assigned_to"], &made["version"]));
        app.work().await;
        app.done().await;
    }

    async fn a_case_that_a_mail_opened_is_tried_with_its_sender(app) {
        let ada = app.admin("Harbour").await;
        let mia = app.member(&ada, "Mia").await;
        let team = app.post(&ada, "/api/teams/", json!({ "name": "North", "members": [mia.user] })).await.expect(201).id();
        let (_, key) = mailbox(&app, &ada, json!({})).await;
        deliver(&app, &key, "From: <greta@elbe.example>\nMessage-ID: <1@x.example>\nSubject: Lift\n\nIt goes up.").await.expect(200);
        deliver(&app, &key, "From: <theo@oder.example>\nMessage-ID: <2@x.example>\nIn-Reply-To: <1@x.example>\nSubject: Lift\n\nIt does.").await.expect(200);
        let opened = app.get(&ada, "/api/cases/").await.expect(200).json()["results"][0].clone();
        rule(&app, &ada, "direct", json!({ "name": "Oder", "sender_domains": ["oder.example"], "members": [mia.user] })).await;
        rule(&app, &ada, "team", json!({ "name": "Elbe", "sender_domains": ["elbe.example"], "team_id": team })).await;
        let trial = try_on(&app, &ada, json!({ "case_id": opened["id"] })).await;
        assert_eq!((tried(&trial), &trial["team"]["name"]), (vec!["Oder failed: sender_domains".to_owned(), "Elbe matched".to_owned()], &json!("North")));
        let other = try_on(&app, &ada, json!({ "case_id": opened["id"], "sender": "x@oder.example" })).await;
        assert_eq!(other["rule"]["name"], "Oder");
        let nobody = try_on(&app, &ada, json!({ "sender": "x@spree.example" })).await;
        assert_eq!((&nobody["rule"], &nobody["assigned_to"], &nobody["team"]), (&Value::Null, &json!([]), &Value::Null));
        app.work().await;
        app.done().await;
    }

    async fn there_are_a_hundred_at_most(app) {
        let ada = app.admin("Harbour").await;
        let mut last = Value::Null;
        for _ in 0..100 {
            last = rule(&app, &ada, "direct", json!({ "members": [ada.user], "is_active": false })).await;
        }
        let one_more = json!({ "name": "x", "strategy": "direct", "members": [ada.user] });
        assert_eq!(app.post(&ada, RULES, one_more.clone()).await.expect(409).code(), "too_many_rules");
        app.delete(&ada, &path(&last, RULES)).await.expect(204);
        app.post(&ada, RULES, one_more).await.expect(201);
        let back = app.send(Some(&ada), Method::POST, &format!("{}restore/", path(&last, RULES)), None).await;
        assert_eq!(back.expect(409).code(), "too_many_rules");
        app.done().await;
    }
}

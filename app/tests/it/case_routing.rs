//! Who gets a new case.

use std::{collections::BTreeSet, time::Duration};

use futures_util::future::join_all;
use poem::http::Method;
use serde_json::{Value, json};
use testing::{Person, TestApp, both};

use crate::{
    house::merge,
    inbound::{deliver, mailbox},
};

pub const RULES: &str = "/api/cases/routing-rules/";

pub async fn rule(app: &TestApp, admin: &Person, strategy: &str, with: Value) -> Value {
    let mut body = json!({ "name": format!("By {strategy}"), "strategy": strategy });
    merge(&mut body, with);
    app.post(admin, RULES, body).await.expect(201).json()
}

pub fn path(record: &Value, of: &str) -> String {
    format!("{of}{}/", record["id"].as_str().expect("an id"))
}

pub async fn case(app: &TestApp, who: &Person, with: Value) -> Value {
    let mut body = json!({ "name": "The lift does not stop" });
    merge(&mut body, with);
    app.post(who, "/api/cases/", body).await.expect(201).json()
}

/// The same by a client that comes again when it is told to: one of many that have waited too long, on a slow machine.
async fn patiently(app: &TestApp, who: &Person) {
    for _ in 0..20 {
        let made = app.post(who, "/api/cases/", json!({ "name": "One of many" })).await;
        if made.status != 503 {
            made.expect(201);
            return;
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    panic!("it never came to be");
}

/// The names of whom it is.
pub fn names(list: &Value) -> Vec<String> {
    list.as_array().expect("a list").iter().map(|one| one["name"].as_str().expect("a name").to_owned()).collect()
}

/// Whose the next case is.
async fn next(app: &TestApp, who: &Person) -> Vec<String> {
    names(&case(app, who, json!({})).await["assigned_to"])
}

async fn set_active(app: &TestApp, admin: &Person, who: &Person, is_active: bool) {
    let path = format!("/api/members/{}/", who.user);
    app.patch(admin, &path, json!({ "is_active": is_active })).await.expect(200);
}

/// How many open cases each of these has.
async fn loads(app: &TestApp, admin: &Person, people: &[&Person]) -> Vec<u64> {
    let mut all = Vec::new();
    for person in people {
        let theirs = format!("/api/cases/?status=new&status=assigned&assigned_to={}&limit=1", person.user);
        all.push(app.get(admin, &theirs).await.expect(200).json()["count"].as_u64().expect("a count"));
    }
    all
}

fn spread(loads: &[u64]) -> u64 {
    loads.iter().max().expect("somebody") - loads.iter().min().expect("somebody")
}

both! {
    async fn the_first_rule_that_holds_says_whose_a_case_is(app) {
        let ada = app.admin("Harbour").await;
        let (mia, tom) = (app.member(&ada, "Mia").await, app.member(&ada, "Tom").await);
        let account = app.post(&ada, "/api/accounts/", json!({ "name": "Elbe" })).await.expect(201).id();
        let tag = app.post(&ada, "/api/tags/", json!({ "name": "VIP" })).await.expect(201).id();
        let other = app.post(&ada, "/api/tags/", json!({ "name": "Other" })).await.expect(201).id();
        let narrow = json!({
            "name": "VIP incidents", "priorities": ["high", "urgent"], "case_types": ["incident"], "accounts": [account],
            "tags": [tag], "members": [mia.user],
        });
        rule(&app, &ada, "direct", narrow).await;
        rule(&app, &ada, "direct", json!({ "name": "The rest", "members": [tom.user] })).await;
        let whole = json!({ "priority": "urgent", "case_type": "incident", "account_id": account, "tags": [other, tag] });
        let made = case(&app, &ada, whole.clone()).await;
        assert_eq!((names(&made["assigned_to"]), &made["version"]), (vec!["Mia".to_owned()], &json!(1)));
        for lacking in [json!({ "priority": "low" }), json!({ "case_type": null }), json!({ "account_id": null }), json!({ "tags": [other] })] {
            let mut body = whole.clone();
            merge(&mut body, lacking.clone());
            assert_eq!(names(&case(&app, &ada, body).await["assigned_to"]), ["Tom"], "{lacking}");
        }

        // It is told as any assignment is, and the log says by which rule.
        let told = app.get(&ada, &path(&made, "/api/cases/activity/")).await.expect(200).json();
        let routed = told["results"].as_array().expect("a list").iter().find(|entry| entry["verb"] == "routed").expect("routed").clone();
        let fields = routed.to_string();
        assert!(fields.contains("VIP incidents") && fields.contains(&mia.user.to_string()), "{fields}");
        app.work().await;
        let mails = app.mails();
        let theirs: Vec<&String> = mails.iter().filter(|mail| mail.contains(&mia.email)).collect();
        assert!(theirs.len() == 1 && theirs[0].contains("Harbour"), "one mail, in the organisation's name: {theirs:?}");
        let heard = app.get(&mia, "/api/notifications/").await.expect(200).json();
        assert_eq!((&heard["count"], &heard["results"][0]["kind"]), (&json!(1), &json!("assigned")));
        app.get(&mia, &path(&made, "/api/cases/")).await.expect(200);
        app.done().await;
    }

    async fn what_was_named_is_not_overridden(app) {
        let ada = app.admin("Harbour").await;
        let (mia, tom) = (app.member(&ada, "Mia").await, app.member(&ada, "Tom").await);
        let team = app.post(&ada, "/api/teams/", json!({ "name": "North", "members": [mia.user] })).await.expect(201).id();
        rule(&app, &ada, "direct", json!({ "members": [tom.user] })).await;
        let named = case(&app, &ada, json!({ "assigned_to": [mia.user] })).await;
        assert_eq!((names(&named["assigned_to"]), names(&named["teams"])), (vec!["Mia".to_owned()], vec![]));
        let of_team = case(&app, &ada, json!({ "teams": [team] })).await;
        assert_eq!((names(&of_team["assigned_to"]), names(&of_team["teams"])), (vec![], vec!["North".to_owned()]));
        let over = case(&app, &ada, json!({ "status": "closed" })).await;
        assert_eq!(names(&over["assigned_to"]), Vec::<String>::new(), "nothing is left to do");
        let made = case(&app, &ada, json!({})).await;
        assert_eq!(names(&made["assigned_to"]), ["Tom"]);
        for change in [json!({ "assigned_to": [] }), json!({ "priority": "urgent" })] {
            let changed = app.patch(&ada, &path(&made, "/api/cases/"), change).await.expect(200).json();
            assert_eq!(names(&changed["assigned_to"]), Vec::<String>::new(), "a change is nobody's opening");
        }
        app.work().await;
        app.done().await;
    }

    async fn it_goes_to_all_members_or_to_a_team(app) {
        let ada = app.admin("Harbour").await;
        let (mia, tom) = (app.member(&ada, "Mia").await, app.member(&ada, "Tom").await);
        let team = app.post(&ada, "/api/teams/", json!({ "name": "North", "members": [mia.user, tom.user] })).await.expect(201).id();
        rule(&app, &ada, "direct", json!({ "members": [tom.user, mia.user], "priorities": ["urgent"] })).await;
        rule(&app, &ada, "team", json!({ "team_id": team })).await;
        let all = case(&app, &ada, json!({ "priority": "urgent" })).await;
        assert_eq!((names(&all["assigned_to"]), names(&all["teams"])), (vec!["Mia".to_owned(), "Tom".to_owned()], vec![]));
        let teams = case(&app, &ada, json!({})).await;
        assert_eq!((names(&teams["assigned_to"]), names(&teams["teams"])), (vec![], vec!["North".to_owned()]));
        app.get(&mia, &path(&teams, "/api/cases/")).await.expect(200);
        app.work().await;
        app.done().await;
    }

    /// Two processes, 64 requests at once, and then again.
    async fn of_64_at_once_each_gets_as_many(app) {
        let ada = app.admin("Harbour").await;
        let mut people = Vec::new();
        for name in ["Mia", "Tom", "Ben", "Eve", "Kim"] {
            people.push(app.member(&ada, name).await);
        }
        let people: Vec<&Person> = people.iter().collect();
        let bob = app.member(&ada, "Bob").await;
        let users: Vec<_> = people.iter().map(|person| person.user).collect();
        rule(&app, &ada, "round_robin", json!({ "members": users })).await;
        let twin = app.twin().await;
        for round in 1..=2 {
            join_all((0..64).map(|n| {
                let (app, who) = (if n % 2 == 0 { &app } else { &twin }, if n % 3 == 0 { &ada } else { &bob });
                patiently(app, who)
            })).await;
            let loads = loads(&app, &ada, &people).await;
            assert_eq!((loads.iter().sum::<u64>(), spread(&loads)), (64 * round, 1), "{loads:?}");
        }
        app.work().await;
        app.done().await;
    }

    async fn of_64_at_once_each_has_as_many_in_the_end(app) {
        let ada = app.admin("Harbour").await;
        let mut people = Vec::new();
        for name in ["Mia", "Tom", "Ben", "Eve"] {
            people.push(app.member(&ada, name).await);
        }
        let bob = app.member(&ada, "Bob").await;
        let team = json!({ "name": "Desk", "members": people.iter().map(|person| person.user).collect::<Vec<_>>() });
        let team = app.post(&ada, "/api/teams/", team).await.expect(201).id();
        // Whoever opens cases sees none of these.
        for n in 0..5 {
            case(&app, &ada, json!({ "assigned_to": [people[0].user] })).await;
            case(&app, &ada, json!({ "assigned_to": [people[1].user], "status": if n == 0 { "new" } else { "closed" } })).await;
            let gone = case(&app, &ada, json!({ "assigned_to": [people[2].user] })).await;
            app.delete(&ada, &path(&gone, "/api/cases/")).await.expect(204);
        }
        rule(&app, &ada, "least_busy", json!({ "team_id": team })).await;
        let twin = app.twin().await;
        join_all((0..64).map(|n| patiently(if n % 2 == 0 { &app } else { &twin }, &bob))).await;
        let loads = loads(&app, &ada, &people.iter().collect::<Vec<_>>()).await;
        assert_eq!((loads.iter().sum::<u64>(), spread(&loads)), (64 + 5 + 1, 1), "{loads:?}");
        app.work().await;
        app.done().await;
    }

    async fn of_those_with_as_few_who_has_waited_longest_is_next(app) {
        let ada = app.admin("Harbour").await;
        let (mia, tom) = (app.member(&ada, "Mia").await, app.member(&ada, "Tom").await);
        rule(&app, &ada, "least_busy", json!({ "members": [tom.user, mia.user] })).await;
        let first = case(&app, &ada, json!({})).await;
        assert_eq!(names(&first["assigned_to"]), ["Tom"], "who comes first, while nobody had one");
        app.patch(&ada, &path(&first, "/api/cases/"), json!({ "status": "closed" })).await.expect(200);
        assert_eq!(next(&app, &ada).await, ["Mia"], "both have none open, and Tom had one");
        assert_eq!(next(&app, &ada).await, ["Tom"]);
        app.work().await;
        app.done().await;
    }

    async fn who_is_not_there_is_passed_over(app) {
        let ada = app.admin("Harbour").await;
        let (mia, tom, ben) = (app.member(&ada, "Mia").await, app.member(&ada, "Tom").await, app.member(&ada, "Ben").await);
        let team = app.post(&ada, "/api/teams/", json!({ "name": "North", "members": [tom.user] })).await.expect(201).id();
        rule(&app, &ada, "round_robin", json!({ "members": [mia.user, tom.user] })).await;
        rule(&app, &ada, "team", json!({ "team_id": team })).await;
        rule(&app, &ada, "direct", json!({ "members": [ben.user] })).await;
        assert_eq!(next(&app, &ada).await, ["Mia"]);
        set_active(&app, &ada, &tom, false).await;
        assert_eq!(next(&app, &ada).await, ["Mia"]);
        assert_eq!(next(&app, &ada).await, ["Mia"]);
        set_active(&app, &ada, &tom, true).await;
        assert_eq!([next(&app, &ada).await, next(&app, &ada).await], [["Tom"], ["Mia"]], "one turn more, and not those that he missed");
        set_active(&app, &ada, &mia, false).await;
        set_active(&app, &ada, &tom, false).await;
        // Who leaves is in no team any more, and who is not active may still be.
        assert_eq!(next(&app, &ada).await, ["Ben"], "the first rule has nobody left, and nobody of the team is there");
        set_active(&app, &ada, &tom, true).await;
        app.patch(&ada, &format!("/api/teams/{team}/"), json!({ "members": [tom.user] })).await.expect(200);
        assert_eq!(next(&app, &ada).await, ["Tom"]);
        set_active(&app, &ada, &tom, false).await;
        app.patch(&ada, &format!("/api/teams/{team}/"), json!({ "members": [ben.user] })).await.expect(200);
        assert_eq!(names(&case(&app, &ada, json!({})).await["teams"]), ["North"]);
        app.delete(&ada, &format!("/api/teams/{team}/")).await.expect(204);
        assert_eq!(next(&app, &ada).await, ["Ben"], "its team is in the trash");
        set_active(&app, &ada, &ben, false).await;
        assert_eq!(next(&app, &ada).await, Vec::<String>::new());
        app.work().await;
        app.done().await;
    }

    async fn a_request_that_comes_again_takes_no_other_turn(app) {
        let ada = app.admin("Harbour").await;
        let (mia, tom) = (app.member(&ada, "Mia").await, app.member(&ada, "Tom").await);
        rule(&app, &ada, "round_robin", json!({ "members": [mia.user, tom.user] })).await;
        let body = json!({ "name": "The lift" });
        for _ in 0..2 {
            let again = app.send_with(Some(&ada), Method::POST, "/api/cases/", &[("idempotency-key", "k1")], Some(body.clone())).await.expect(201);
            assert_eq!(names(&again.json()["assigned_to"]), ["Mia"]);
        }
        app.post(&ada, "/api/cases/", json!({ "name": "x", "account_id": ada.user })).await.expect(422);
        assert_eq!(next(&app, &ada).await, ["Tom"]);
        app.work().await;
        app.done().await;
    }

    async fn a_mail_goes_by_the_domain_of_who_wrote_it(app) {
        let ada = app.admin("Harbour").await;
        let (mia, tom, ben) = (app.member(&ada, "Mia").await, app.member(&ada, "Tom").await, app.member(&ada, "Ben").await);
        rule(&app, &ada, "direct", json!({ "sender_domains": ["Elbe.Example", "münchen.example"], "members": [mia.user] })).await;
        rule(&app, &ada, "direct", json!({ "members": [tom.user] })).await;
        let (support, key) = mailbox(&app, &ada, json!({})).await;
        let mut n = 0;
        let mut from = async |address: &str| {
            n += 1;
            let mail = format!("From: <{address}>\nMessage-ID: <{n}@x.example>\nSubject: Mail {n}\n\nIt goes up.");
            deliver(&app, &key, &mail).await.expect(200);
            let newest = app.get(&ada, "/api/cases/?sort=-number&limit=1").await.expect(200).json()["results"][0].clone();
            assert_eq!(newest["name"], format!("Mail {n}"));
            newest
        };
        for address in ["greta@elbe.example", "GRETA@MAIL.ELBE.EXAMPLE", "greta@xn--mnchen-3ya.example"] {
            assert_eq!(names(&from(address).await["assigned_to"]), ["Mia"], "{address}");
        }
        for address in ["greta@notelbe.example", "greta@elbe.example.net", "elbe.example@oder.example"] {
            assert_eq!(names(&from(address).await["assigned_to"]), ["Tom"], "{address}");
        }
        assert_eq!(next(&app, &ada).await, ["Tom"], "nobody wrote it");
        app.work().await;
        let mails: Vec<String> = app.mails().into_iter().filter(|mail| mail.contains(&mia.email)).collect();
        assert!(mails.len() == 3 && mails.iter().all(|mail| mail.contains("Harbour")), "they are told by mail: {mails:?}");
        // Whoever the mailbox names was named.
        app.patch(&ada, &path(&support, "/api/mailboxes/"), json!({ "assigned_to": [ben.user] })).await.expect(200);
        let named = from("greta@elbe.example").await;
        assert_eq!(names(&named["assigned_to"]), ["Ben"]);
        app.work().await;
        app.done().await;
    }

    async fn the_order_of_the_rules_counts_as_it_is_now(app) {
        let ada = app.admin("Harbour").await;
        let mut rules = Vec::new();
        for name in ["Mia", "Tom", "Ben"] {
            let person = app.member(&ada, name).await;
            rules.push(rule(&app, &ada, "direct", json!({ "name": name, "members": [person.user] })).await);
        }
        let order = async || names(&app.get(&ada, RULES).await.expect(200).json()["results"]);
        let put = async |rule: &Value, position: u32| {
            app.post(&ada, &format!("{}move/", path(rule, RULES)), json!({ "position": position })).await.expect(200).json()
        };
        assert_eq!((order().await, next(&app, &ada).await), (vec!["Mia".to_owned(), "Tom".to_owned(), "Ben".to_owned()], vec!["Mia".to_owned()]));
        assert_eq!(put(&rules[2], 0).await["position"], 1);
        assert_eq!((order().await[0].clone(), next(&app, &ada).await), ("Ben".to_owned(), vec!["Ben".to_owned()]));
        assert_eq!(put(&rules[2], 1).await["position"], 2);
        assert_eq!((order().await, next(&app, &ada).await), (vec!["Mia".to_owned(), "Ben".to_owned(), "Tom".to_owned()], vec!["Mia".to_owned()]));
        assert_eq!(put(&rules[0], 99).await["position"], 3);
        app.patch(&ada, &path(&rules[2], RULES), json!({ "is_active": false })).await.expect(200);
        assert_eq!(next(&app, &ada).await, ["Tom"]);
        app.delete(&ada, &path(&rules[1], RULES)).await.expect(204);
        assert_eq!(next(&app, &ada).await, ["Mia"]);
        app.send(Some(&ada), Method::POST, &format!("{}restore/", path(&rules[1], RULES)), None).await.expect(200);
        assert_eq!(next(&app, &ada).await, ["Tom"], "where it was");
        // Whoever moves them at once leaves one order.
        join_all((0..24).map(|n| put(&rules[n % 3], u32::try_from(n / 3 % 3).expect("small")))).await;
        let all = app.get(&ada, RULES).await.expect(200).json();
        let positions: Vec<i64> = all["results"].as_array().expect("a list").iter().map(|rule| rule["position"].as_i64().expect("a place")).collect();
        assert_eq!((positions, order().await.into_iter().collect::<BTreeSet<_>>().len()), (vec![1, 2, 3], 3));
        app.work().await;
        app.done().await;
    }
}

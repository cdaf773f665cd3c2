//! Cases that are one, and are two again.

use std::collections::BTreeSet;

use futures_util::future::join_all;
use poem::http::Method;
use serde_json::{Value, json};
use testing::{Person, Reply, TestApp, both};

use crate::house::send_file;

async fn case(app: &TestApp, who: &Person, body: Value) -> Value {
    app.post(who, "/api/cases/", body).await.expect(201).json()
}

fn id(case: &Value) -> &str {
    case["id"].as_str().expect("an id")
}

fn path(case: &Value) -> String {
    format!("/api/cases/{}/", id(case))
}

async fn again(app: &TestApp, who: &Person, case: &Value) -> Value {
    app.get(who, &path(case)).await.expect(200).json()
}

async fn say(app: &TestApp, who: &Person, case: &Value, words: &str) -> String {
    app.post(who, &format!("/api/cases/comment/{}/", id(case)), json!({ "body": words }))
        .await
        .expect(201)
        .id()
        .to_string()
}

/// What was said on it.
async fn said(app: &TestApp, who: &Person, case: &Value) -> BTreeSet<String> {
    let page = app.get(who, &format!("/api/cases/comment/{}/?limit=200", id(case))).await.expect(200).json();
    page["results"]
        .as_array()
        .expect("comments")
        .iter()
        .map(|comment| comment["body"].as_str().expect("words").to_owned())
        .collect()
}

async fn merge(app: &TestApp, who: &Person, target: &Value, others: &[&Value]) -> Reply {
    let others: Vec<_> = others.iter().map(|other| &other["id"]).collect();
    app.post(who, &format!("{}merge/", path(target)), json!({ "others": others })).await
}

/// As a client does that is told to come again.
async fn patiently(ask: impl AsyncFn() -> Reply) -> Reply {
    for _ in 0..200 {
        let reply = ask().await;
        if reply.status != 503 {
            return reply;
        }
    }
    panic!("never possible");
}

async fn unmerge(app: &TestApp, who: &Person, source: &Value) -> Reply {
    app.send(Some(who), Method::POST, &format!("{}separation/", path(source)), None).await
}

/// What is shown of a case, but for how often it was changed, when and by whom.
fn shown(case: &Value) -> Value {
    let mut case = case.clone();
    for name in ["version", "updated_at", "updated_by"] {
        case.as_object_mut().expect("an object").remove(name);
    }
    case
}

both! {
    async fn what_belongs_to_it_goes_along_and_comes_back(app) {
        let ada = app.admin("Acme").await;
        let mia = app.member(&ada, "Mia").await;
        let contact = async |name: &str| app.post(&ada, "/api/contacts/", json!({ "first_name": name, "last_name": "Lind" })).await.expect(201).id();
        let (anna, bert) = (contact("Anna").await, contact("Bert").await);
        let target = case(&app, &ada, json!({ "name": "Lift", "contacts": [anna] })).await;
        let source = case(&app, &ada, json!({
            "name": "Lift again", "status": "pending", "contacts": [anna, bert], "watchers": [mia.user], "assigned_to": [mia.user],
        })).await;
        say(&app, &ada, &target, "on the target").await;
        let gone = say(&app, &ada, &source, "deleted meanwhile").await;
        say(&app, &ada, &source, "on the source").await;
        send_file(&app, &ada, Method::POST, &format!("/api/cases/attachment/{}/", id(&source)), b"a photo").await.expect(201);
        let before = (again(&app, &ada, &target).await, again(&app, &ada, &source).await);

        let merged = merge(&app, &ada, &target, &[&source]).await.expect(200).json();
        assert_eq!(merged["contacts"].as_array().map(Vec::len), Some(2));
        assert_eq!(merged["watchers"][0]["id"], json!(mia.user));
        assert_eq!(said(&app, &ada, &target).await.len(), 3);
        let files = async |case: &Value| app.get(&ada, &format!("/api/cases/attachment/{}/", id(case))).await.expect(200).json()["count"].clone();
        assert_eq!((files(&target).await, files(&source).await), (json!(1), json!(0)));
        let duplicate = again(&app, &ada, &source).await;
        assert_eq!((&duplicate["status"], &duplicate["merged_into"]["id"], &duplicate["closed_by"]), (&json!("duplicate"), &target["id"], &json!(ada.user)));
        let found = app.get(&ada, &format!("/api/cases/?merged_into_id={}", id(&target))).await.expect(200).json();
        assert_eq!(found["count"], 1);
        let refused = app.patch(&ada, &path(&source), json!({ "status": "new" })).await.expect(422);
        assert_eq!(refused.json()["errors"][0]["code"], "merged");

        app.delete(&ada, &format!("/api/comments/{gone}/")).await.expect(204);
        say(&app, &ada, &target, "since then").await;
        unmerge(&app, &ada, &source).await.expect(200);
        assert_eq!(said(&app, &ada, &source).await, BTreeSet::from(["on the source".to_owned()]));
        assert_eq!(said(&app, &ada, &target).await, BTreeSet::from(["on the target".to_owned(), "since then".to_owned()]));
        assert_eq!((files(&target).await, files(&source).await), (json!(0), json!(1)));
        let after = (again(&app, &ada, &target).await, again(&app, &ada, &source).await);
        assert_eq!((shown(&after.0), shown(&after.1)), (shown(&before.0), shown(&before.1)), "exactly as it was");
        assert_eq!(unmerge(&app, &ada, &source).await.expect(409).code(), "not_merged");
        app.work().await;
        app.done().await;
    }

    async fn what_two_brought_along_stays_while_one_is_there(app) {
        let ada = app.admin("Acme").await;
        let anna = app.post(&ada, "/api/contacts/", json!({ "first_name": "Anna", "last_name": "Lind" })).await.expect(201).id();
        let target = case(&app, &ada, json!({ "name": "Lift" })).await;
        let with = json!({ "name": "Again", "contacts": [anna], "watchers": [ada.user] });
        let (one, two) = (case(&app, &ada, with.clone()).await, case(&app, &ada, with).await);
        merge(&app, &ada, &target, &[&one, &two]).await.expect(200);
        unmerge(&app, &ada, &one).await.expect(200);
        let left = again(&app, &ada, &target).await;
        assert_eq!((left["contacts"].as_array().map(Vec::len), left["watchers"].as_array().map(Vec::len)), (Some(1), Some(1)));
        unmerge(&app, &ada, &two).await.expect(200);
        let left = again(&app, &ada, &target).await;
        assert_eq!((&left["contacts"], &left["watchers"]), (&json!([]), &json!([])));
        app.done().await;
    }

    async fn a_case_is_merged_once_and_taken_out_in_turn(app) {
        let ada = app.admin("Acme").await;
        let bob = app.member(&ada, "Bob").await;
        let mut three = Vec::new();
        for name in ["A", "B", "C"] {
            three.push(case(&app, &ada, json!({ "name": name })).await);
            say(&app, &ada, &three[three.len() - 1], name).await;
        }
        let [a, b, c] = [&three[0], &three[1], &three[2]];
        assert_eq!(merge(&app, &ada, a, &[a]).await.expect(422).json()["errors"][0]["code"], "cycle");
        merge(&app, &ada, b, &[a]).await.expect(200);
        assert_eq!(merge(&app, &ada, c, &[a]).await.expect(409).code(), "already_merged");
        assert_eq!(merge(&app, &ada, a, &[c]).await.expect(409).code(), "already_merged");
        merge(&app, &ada, c, &[b]).await.expect(200);
        assert_eq!(said(&app, &ada, c).await.len(), 3);
        assert_eq!(unmerge(&app, &ada, a).await.expect(409).code(), "target_merged");
        unmerge(&app, &ada, b).await.expect(200);
        unmerge(&app, &ada, a).await.expect(200);
        for one in [a, b, c] {
            assert_eq!(said(&app, &ada, one).await, BTreeSet::from([one["name"].as_str().expect("a name").to_owned()]));
        }
        let own = case(&app, &bob, json!({ "name": "Bob's" })).await;
        merge(&app, &bob, &own, &[a]).await.expect(422);
        merge(&app, &bob, a, &[&own]).await.expect(404);
        app.done().await;
    }

    async fn of_many_who_merge_and_close_at_once_nothing_is_lost(app) {
        let ada = app.admin("Acme").await;
        let bob = app.admin_too(&ada, "Bob").await;
        let (one, two) = (case(&app, &ada, json!({ "name": "One" })).await, case(&app, &ada, json!({ "name": "Two" })).await);
        let mut sources = Vec::new();
        for n in 0..20 {
            let parent = if n % 2 == 0 { &one["id"] } else { &two["id"] };
            sources.push(case(&app, &ada, json!({ "name": format!("Source {n}"), "parent_id": parent, "watchers": [ada.user] })).await);
            say(&app, &ada, &sources[n], &format!("said {n}")).await;
        }
        // Forty who merge, each case into two at once; sixteen who close with children, eight who talk.
        let merging = sources.iter().flat_map(|source| [(&ada, &one, source), (&bob, &two, source)]);
        let merging = join_all(merging.map(|(who, target, source)| { let app = &app; async move { patiently(async || merge(app, who, target, &[source]).await).await } }));
        let closing = join_all((0..16).map(|n| {
            let target = if n % 2 == 0 { &one } else { &two };
            let (app, bob) = (&app, &bob);
            let closing = format!("{}closing/", path(target));
            async move { patiently(async || app.post(bob, &closing, json!({ "with_children": true })).await).await }
        }));
        let talking = join_all((0..8).map(|n| {
            let (app, ada, target) = (&app, &ada, if n % 2 == 0 { &one } else { &two });
            let (comments, body) = (format!("/api/cases/comment/{}/", id(target)), json!({ "body": format!("talk {n}") }));
            async move { patiently(async || app.post(ada, &comments, body.clone()).await).await.expect(201) }
        }));
        let (merged, closed, _) = tokio::join!(merging, closing, talking);
        let statuses: Vec<u16> = merged.iter().map(|reply| reply.status.as_u16()).collect();
        assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 20, "{statuses:?}");
        assert_eq!(statuses.iter().filter(|status| **status == 409).count(), 20, "{statuses:?}");
        assert!(closed.iter().all(|reply| reply.status == 200));
        let all: BTreeSet<String> = said(&app, &ada, &one).await.into_iter().chain(said(&app, &ada, &two).await).collect();
        assert_eq!(all.len(), 28, "{all:?}");
        for target in [&one, &two] {
            assert_eq!(again(&app, &ada, target).await["status"], "closed");
        }
        let apart = join_all(sources.iter().map(|source| patiently(async || unmerge(&app, &bob, source).await))).await;
        assert!(apart.iter().all(|reply| reply.status == 200));
        for (n, source) in sources.iter().enumerate() {
            assert_eq!(said(&app, &ada, source).await, BTreeSet::from([format!("said {n}")]));
            assert_eq!(again(&app, &ada, source).await["merged_into"], Value::Null);
        }
        let left: BTreeSet<String> = said(&app, &ada, &one).await.into_iter().chain(said(&app, &ada, &two).await).collect();
        assert_eq!(left, (0..8).map(|n| format!("talk {n}")).collect());
        app.work().await;
        app.done().await;
    }

    async fn of_sixty_four_who_merge_what_overlaps_nothing_is_lost(app) {
        let ada = app.admin("Acme").await;
        let bob = app.admin_too(&ada, "Bob").await;
        let mut before = Vec::new();
        for n in 0..36 {
            let anna = json!({ "first_name": "Anna", "last_name": format!("Lind {n}") });
            let anna = app.post(&ada, "/api/contacts/", anna).await.expect(201).id();
            let watchers = if n % 2 == 0 { json!([ada.user]) } else { json!([bob.user]) };
            let one = case(&app, &ada, json!({ "name": format!("Case {n}"), "contacts": [anna], "watchers": watchers })).await;
            say(&app, &ada, &one, &format!("said {n}")).await;
            send_file(&app, &ada, Method::POST, &format!("/api/cases/attachment/{}/", id(&one)), b"a photo").await.expect(201);
            before.push(again(&app, &ada, &one).await);
        }
        // Each merges two into a third, and nearly every case is wanted by several.
        let wanted: Vec<(usize, [usize; 2])> = (0..64).map(|n| (n % 36, [(n + 1) % 36, (n * 5 + 7) % 36]))
            .map(|(target, others)| if others.contains(&target) || others[0] == others[1] { (target, [(target + 2) % 36, (target + 3) % 36]) } else { (target, others) })
            .collect();
        let merging = wanted.iter().enumerate().map(|(n, (target, others))| {
            let (app, before, who) = (&app, &before, if n.is_multiple_of(2) { &ada } else { &bob });
            async move { patiently(async || merge(app, who, &before[*target], &others.map(|other| &before[other])).await).await }
        });
        let merged = join_all(merging).await;
        let mut into = vec![None; 36];
        for (reply, (target, others)) in merged.iter().zip(&wanted) {
            if reply.status == 409 {
                assert_eq!(reply.code(), "already_merged");
                continue;
            }
            assert_eq!(reply.status, 200, "{}", reply.json());
            for other in others {
                assert_eq!(into[*other].replace(*target), None, "case {other} was merged twice");
            }
        }
        let is_merged = into.iter().flatten().count();
        assert!((4..36).contains(&is_merged), "{is_merged} were merged");
        let root = |n: usize| {
            let mut at = n;
            for _ in 0..36 {
                at = into[at].unwrap_or(at);
            }
            assert_eq!(into[at], None, "a circle");
            at
        };
        for (n, one) in before.iter().enumerate() {
            let now = again(&app, &ada, one).await;
            assert_eq!(now["merged_into"]["id"], into[n].map_or(Value::Null, |target| before[target]["id"].clone()), "all of a merge or nothing");
            let here: Vec<usize> = (0..36).filter(|other| root(*other) == n).collect();
            assert_eq!(said(&app, &ada, one).await, here.iter().map(|other| format!("said {other}")).collect());
            let files = app.get(&ada, &format!("/api/cases/attachment/{}/", id(one))).await.expect(200).json();
            assert_eq!(files["count"], here.len());
            let names = |case: &Value, of: &str| case[of].as_array().expect("a list").iter().map(|one| one["id"].to_string()).collect::<BTreeSet<_>>();
            for of in ["contacts", "watchers"] {
                let all: BTreeSet<String> = here.iter().flat_map(|other| names(&before[*other], of)).collect();
                assert!(names(&now, of).is_superset(&all), "{of} of case {n}: {now}");
            }
        }
        // Taken out again, those first whose case is no part of another; many at once, and each once.
        while into.iter().any(Option::is_some) {
            let next: Vec<usize> = (0..36).filter(|n| into[*n].is_some_and(|target| into[target].is_none())).collect();
            let apart = next.iter().flat_map(|n| [(&ada, *n), (&bob, *n)]).map(|(who, n)| {
                let (app, source) = (&app, &before[n]);
                async move { patiently(async || unmerge(app, who, source).await).await.status.as_u16() }
            });
            let mut apart = join_all(apart).await;
            apart.sort_unstable();
            let (done, refused) = apart.split_at(next.len());
            assert!(done.iter().all(|status| *status == 200) && refused.iter().all(|status| *status == 409), "{apart:?}");
            for n in next {
                into[n] = None;
            }
        }
        for (n, one) in before.iter().enumerate() {
            assert_eq!(shown(&again(&app, &ada, one).await), shown(one), "exactly as it was");
            assert_eq!(said(&app, &ada, one).await, BTreeSet::from([format!("said {n}")]));
            let files = app.get(&ada, &format!("/api/cases/attachment/{}/", id(one))).await.expect(200).json();
            assert_eq!(files["count"], 1);
        }
        app.work().await;
        app.done().await;
    }
}

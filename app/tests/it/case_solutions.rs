//! What a case was helped with, and what might help; and what else may be about a case.

use poem::http::Method;
use serde_json::{Value, json};
use testing::{Person, Reply, TestApp, both};

use crate::{
    boards::{board, card, card_path},
    house::text,
};

async fn solution(app: &TestApp, who: &Person, title: &str, content: &str) -> String {
    let made = json!({ "title": title, "content": content });
    app.post(who, "/api/solutions/", made).await.expect(201).id().to_string()
}

async fn approved(app: &TestApp, who: &Person, title: &str, content: &str) -> String {
    let made = solution(app, who, title, content).await;
    app.send(Some(who), Method::POST, &format!("/api/solutions/{made}/approval/"), None).await.expect(200);
    made
}

async fn case(app: &TestApp, who: &Person, body: Value) -> String {
    app.post(who, "/api/cases/", body).await.expect(201).id().to_string()
}

async fn tie(app: &TestApp, who: &Person, method: Method, case: &str, solution: &str) -> Reply {
    app.send(Some(who), method, &format!("/api/cases/{case}/solutions/{solution}/"), None).await
}

fn titles(list: &Value) -> Vec<String> {
    list["results"].as_array().expect("results").iter().map(|one| text(&one["title"])).collect()
}

async fn helped(app: &TestApp, who: &Person, case: &str) -> Vec<String> {
    titles(&app.get(who, &format!("/api/cases/{case}/solutions/")).await.expect(200).json())
}

async fn suggested(app: &TestApp, who: &Person, case: &str) -> Vec<String> {
    titles(&app.get(who, &format!("/api/cases/{case}/suggested-solutions/")).await.expect(200).json())
}

both! {
    async fn a_case_was_helped_with_solutions(app) {
        let ada = app.admin("Acme").await;
        let (jam, toner) = (solution(&app, &ada, "Paper jams", "Open it.").await, solution(&app, &ada, "Toner", "Order it.").await);
        let asked = case(&app, &ada, json!({ "name": "The printer rattles" })).await;
        for _ in 0..2 {
            let linked = tie(&app, &ada, Method::PUT, &asked, &jam).await.expect(200).json();
            assert_eq!(linked["title"], "Paper jams");
        }
        tie(&app, &ada, Method::PUT, &asked, &toner).await.expect(200);
        assert_eq!(helped(&app, &ada, &asked).await, ["Toner", "Paper jams"]);
        let first = app.get(&ada, &format!("/api/cases/{asked}/solutions/?limit=1")).await.expect(200).json();
        assert_eq!((&first["count"], titles(&first)), (&json!(2), vec!["Toner".to_owned()]));
        let rest = format!("/api/cases/{asked}/solutions/?limit=1&cursor={}", text(&first["next"]));
        assert_eq!(titles(&app.get(&ada, &rest).await.expect(200).json()), ["Paper jams"]);
        app.delete(&ada, &format!("/api/solutions/{toner}/")).await.expect(204);
        assert_eq!(helped(&app, &ada, &asked).await, ["Paper jams"], "what is in the trash is not there");
        app.send(Some(&ada), Method::POST, &format!("/api/solutions/{toner}/restore/"), None).await.expect(200);
        assert_eq!(helped(&app, &ada, &asked).await.len(), 2);
        for _ in 0..2 {
            tie(&app, &ada, Method::DELETE, &asked, &jam).await.expect(204);
        }
        assert_eq!(helped(&app, &ada, &asked).await, ["Toner"]);
        let told = app.get(&ada, &format!("/api/cases/activity/{asked}/")).await.expect(200).json();
        let verbs: Vec<String> = told["results"].as_array().expect("results").iter().map(|one| text(&one["verb"])).collect();
        assert_eq!(verbs, ["solution_unlinked", "solution_linked", "solution_linked", "created"], "what changes nothing is not told");
        app.done().await;
    }

    async fn whoever_sees_both_sees_the_link(app) {
        let (ada, eve) = (app.admin("Acme").await, app.admin("Other").await);
        let (bob, cy) = (app.member(&ada, "Bob").await, app.member(&ada, "Cy").await);
        let known = solution(&app, &ada, "Paper jams", "Open it.").await;
        let theirs = solution(&app, &eve, "Theirs", "Open it.").await;
        let asked = case(&app, &bob, json!({ "name": "The printer rattles" })).await;
        tie(&app, &bob, Method::PUT, &asked, &known).await.expect(200);
        for (who, case, solution) in [(&cy, &asked, &known), (&eve, &asked, &theirs), (&bob, &asked, &theirs), (&bob, &known, &known)] {
            tie(&app, who, Method::PUT, case, solution).await.expect(404);
        }
        tie(&app, &cy, Method::DELETE, &asked, &known).await.expect(404);
        app.get(&cy, &format!("/api/cases/{asked}/solutions/")).await.expect(404);
        app.get(&cy, &format!("/api/cases/{asked}/suggested-solutions/")).await.expect(404);
        let of = async |who: &Person| app.get(who, &format!("/api/cases/?solution_id={known}")).await.expect(200).json()["count"].clone();
        assert_eq!((of(&bob).await, of(&ada).await, of(&cy).await, of(&eve).await), (json!(1), json!(1), json!(0), json!(0)));

        // Who sees a case and may not change it does not say what helped.
        let reader = json!({ "name": "Reader", "grants": { "case.view": "org" } });
        let role = app.post(&ada, "/api/roles/", reader).await.expect(201).id();
        app.patch(&ada, &format!("/api/members/{}/", cy.user), json!({ "role_id": role })).await.expect(200);
        assert_eq!(helped(&app, &cy, &asked).await, ["Paper jams"]);
        for method in [Method::PUT, Method::DELETE] {
            tie(&app, &cy, method, &asked, &known).await.expect(403);
        }
        assert_eq!(helped(&app, &bob, &asked).await, ["Paper jams"]);
        app.done().await;
    }

    async fn what_a_case_says_suggests_solutions(app) {
        let ada = app.admin("Acme").await;
        let bob = app.member(&ada, "Bob").await;
        let jam = approved(&app, &ada, "Paper jams in the printer", "Open the flap and pull it out.").await;
        approved(&app, &ada, "Printer toner", "Order toner under Supplies.").await;
        approved(&app, &ada, "Holidays", "We rest.").await;
        solution(&app, &ada, "A draft about paper jams", "The printer is jammed with paper.").await;
        let tag = app.post(&ada, "/api/tags/", json!({ "name": "Toner" })).await.expect(201).id();
        let paper = case(&app, &bob, json!({ "name": "Paper jam again", "description": "The printer shows a red light." })).await;
        assert_eq!(suggested(&app, &bob, &paper).await, ["Paper jams in the printer", "Printer toner"]);
        tie(&app, &bob, Method::PUT, &paper, &jam).await.expect(200);
        assert_eq!(suggested(&app, &bob, &paper).await, ["Printer toner"], "not what it was helped with already");
        let by_tag = case(&app, &bob, json!({ "name": "Help", "tags": [tag] })).await;
        assert_eq!(suggested(&app, &bob, &by_tag).await, ["Printer toner"]);
        // Long words of a long story do not drown the name.
        let story = ["unverständlicherweise", "Donaudampfschifffahrt", "Straßenverkehrsordnung", "Rechtsschutzversicherung"].map(|word| {
            (0..6).map(|n| format!("{word}{n}")).collect::<Vec<_>>().join(" ")
        });
        let long = case(&app, &bob, json!({ "name": "Holidays", "description": story.join(" ") })).await;
        assert_eq!(suggested(&app, &bob, &long).await, ["Holidays"]);
        let none = case(&app, &bob, json!({ "name": "!!" })).await;
        assert_eq!(suggested(&app, &bob, &none).await, Vec::<String>::new());
        for n in 0..12 {
            approved(&app, &ada, &format!("Elevators {n}"), "Elevators").await;
        }
        let many = case(&app, &bob, json!({ "name": "Elevators" })).await;
        assert_eq!(suggested(&app, &bob, &many).await.len(), 10);
        app.done().await;
    }

    async fn events_and_cards_may_be_about_a_case(app) {
        let ada = app.admin("Acme").await;
        let bob = app.member(&ada, "Bob").await;
        let asked = case(&app, &ada, json!({ "name": "The printer rattles" })).await;
        let hers = json!({ "title": "Call", "start": "2027-01-11T09:00:00", "case_id": asked, "assigned_to": [ada.user, bob.user] });
        let event = app.post(&ada, "/api/events/", hers.clone()).await.expect(201);
        assert_eq!(event.json()["case"]["name"], "The printer rattles");
        let path = format!("/api/events/{}/", event.id());
        assert_eq!(app.get(&bob, &path).await.expect(200).json()["case"], Value::Null, "he does not see the case");
        let kept = app.patch(&bob, &path, json!({ "title": "Call back" })).await.expect(200);
        assert_eq!((kept.json()["title"].clone(), app.get(&ada, &path).await.json()["case"]["id"].clone()), (json!("Call back"), json!(asked)));
        let refused = app.post(&bob, "/api/events/", hers).await.expect(422);
        assert_eq!(refused.pointers(), ["/case_id"]);
        let account = app.post(&ada, "/api/accounts/", json!({ "name": "Elbe" })).await.expect(201).id();
        let both = json!({ "account_id": account, "case_id": asked });
        assert_eq!(app.patch(&ada, &path, both.clone()).await.expect(422).pointers(), ["/account_id"]);
        let moved = app.patch(&ada, &path, json!({ "account_id": account })).await.expect(200).json();
        assert_eq!((&moved["case"], &moved["account"]["name"]), (&Value::Null, &json!("Elbe")));
        app.patch(&ada, &path, json!({ "case_id": asked })).await.expect(200);
        let count = async |path: &str| app.get(&ada, &format!("{path}?case_id={asked}")).await.expect(200).json()["count"].clone();
        assert_eq!(count("/api/events/").await, 1);

        let made = board(&app, &ada, json!({ "name": "Help", "columns": ["Ideas"], "members": [bob.user] })).await;
        let card = card(&app, &bob, &made["columns"][0], "Ask the maker").await;
        assert_eq!(app.patch(&bob, &card_path(&card), json!({ "case_id": asked })).await.expect(422).pointers(), ["/case_id"]);
        let about = app.patch(&ada, &card_path(&card), json!({ "case_id": asked })).await.expect(200).json();
        assert_eq!(about["case"]["id"], json!(asked));
        assert_eq!(app.get(&bob, &card_path(&card)).await.expect(200).json()["case"], Value::Null);
        assert_eq!(app.patch(&ada, &card_path(&card), both).await.expect(422).pointers(), ["/account_id"]);
        assert_eq!(count("/api/boards/cards/").await, 1);
        app.work().await;
        app.done().await;
    }
}

//! Who is on a board, and what that lets them see and do.

use poem::http::Method;
use serde_json::{Value, json};
use testing::{Person, TestApp, both};

use crate::house::text;

pub async fn board(app: &TestApp, who: &Person, body: Value) -> Value {
    app.post(who, "/api/boards/", body).await.expect(201).json()
}

pub fn path(board: &Value) -> String {
    format!("/api/boards/{}/", text(&board["id"]))
}

pub async fn card(app: &TestApp, who: &Person, column: &Value, title: &str) -> Value {
    let new = json!({ "column_id": column["id"], "title": title });
    app.post(who, "/api/boards/cards/", new).await.expect(201).json()
}

pub fn card_path(card: &Value) -> String {
    format!("/api/boards/cards/{}/", text(&card["id"]))
}

fn names(people: &Value) -> Vec<String> {
    people.as_array().expect("people").iter().map(|person| text(&person["name"])).collect()
}

async fn count(app: &TestApp, who: &Person, path: &str) -> Value {
    app.get(who, path).await.expect(200).json()["count"].clone()
}

both! {
    async fn a_board_is_there_for_its_members_alone(app) {
        let ada = app.admin("Acme").await;
        let (bob, cy, dana) = (app.member(&ada, "Bob").await, app.member(&ada, "Cy").await, app.member(&ada, "Dana").await);
        // In one team, which makes no difference.
        let team = json!({ "name": "All", "members": [bob.user, cy.user, dana.user] });
        let team = app.post(&ada, "/api/teams/", team).await.expect(201).id();
        let made = board(&app, &bob, json!({ "name": "Move", "members": [cy.user] })).await;
        assert_eq!((names(&made["owners"]), names(&made["members"])), (vec!["Bob".to_owned()], vec!["Cy".to_owned()]));
        let columns: Vec<String> = made["columns"].as_array().expect("columns").iter().map(|one| text(&one["name"])).collect();
        assert_eq!(columns, ["To do", "In progress", "Done"]);
        let column = &made["columns"][0];
        let here = card(&app, &cy, column, "Boxes").await;
        let assigned = json!({ "assigned_to": [dana.user], "teams": [team] });
        app.patch(&bob, &card_path(&here), assigned).await.expect(200);
        let comments = format!("/api/boards/cards/comment/{}/", text(&here["id"]));
        let mention = async |whom: &Person| {
            let said = json!({ "body": format!("@{}: which ones?", whom.email) });
            app.post(&bob, &comments, said).await.expect(201).id()
        };
        let comment = mention(&dana).await;
        mention(&cy).await;
        let activity = format!("/api/boards/cards/activity/{}/", text(&here["id"]));
        let on_column = format!("/api/boards/columns/{}/", text(&column["id"]));
        let cards = format!("{}cards/", path(&made));
        let of_board = format!("/api/boards/activity/{}/", text(&made["id"]));

        for (who, sees) in [(&bob, true), (&cy, true), (&ada, true), (&dana, false)] {
            for one in [&path(&made), &cards, &of_board, &on_column, &card_path(&here), &comments, &activity] {
                app.get(who, one).await.expect(if sees { 200 } else { 404 });
            }
            for (list, all) in [("/api/boards/", 1), ("/api/boards/columns/", 3), ("/api/boards/cards/", 1), ("/api/boards/cards/?search=boxes", 1)] {
                assert_eq!(count(&app, who, list).await, if sees { all } else { 0 }, "{list}");
            }
        }
        let words = json!({ "body": "I see you" });
        app.post(&dana, &comments, words.clone()).await.expect(404);
        app.patch(&dana, &format!("/api/comments/{comment}/"), words).await.expect(404);
        app.post(&dana, "/api/boards/cards/", json!({ "column_id": column["id"], "title": "T" })).await.expect(422);
        app.work().await;
        let mails = app.mails();
        assert!(mails.iter().any(|mail| mail.contains(&cy.email)), "{mails:?}");
        assert!(mails.iter().all(|mail| !mail.contains(&dana.email)), "assigned and mentioned, and not on the board");

        app.patch(&bob, &path(&made), json!({ "members": [] })).await.expect(200);
        app.get(&cy, &card_path(&here)).await.expect(404);
        app.done().await;
    }

    async fn what_one_may_do_follows_from_what_one_is(app) {
        let ada = app.admin("Acme").await;
        let (olga, adam, mia) = (app.member(&ada, "Olga").await, app.member(&ada, "Adam").await, app.member(&ada, "Mia").await);
        let made = board(&app, &olga, json!({ "name": "Move", "admins": [adam.user], "members": [mia.user] })).await;
        let roles = [(&olga, "owner"), (&adam, "admin"), (&mia, "member")];
        for (who, role) in roles {
            assert_eq!(app.get(who, &path(&made)).await.expect(200).json()["role"], role);
        }
        assert_eq!(app.get(&ada, &path(&made)).await.expect(200).json()["role"], Value::Null);

        let column = json!({ "board_id": made["id"], "name": "Waiting" });
        app.post(&mia, "/api/boards/columns/", column.clone()).await.expect(403);
        app.patch(&mia, &path(&made), json!({ "name": "Mine" })).await.expect(403);
        let waiting = app.post(&adam, "/api/boards/columns/", column.clone()).await.expect(201).json();
        assert_eq!(app.post(&adam, "/api/boards/columns/", column).await.expect(409).json()["code"], "duplicate");
        app.patch(&mia, &format!("/api/boards/columns/{}/", text(&waiting["id"])), json!({ "wip_limit": 3 })).await.expect(403);
        app.send(Some(&mia), Method::POST, &format!("/api/boards/columns/{}/move/", text(&waiting["id"])), Some(json!({ "position": 0 }))).await.expect(403);

        let own = card(&app, &mia, &made["columns"][0], "Hers").await;
        app.patch(&mia, &card_path(&own), json!({ "title": "Ours" })).await.expect(200);
        app.patch(&adam, &path(&made), json!({ "name": "Moving", "members": [] })).await.expect(200);
        app.patch(&adam, &path(&made), json!({ "members": [mia.user] })).await.expect(200);
        let made_owner = app.patch(&adam, &path(&made), json!({ "owners": [olga.user, adam.user] })).await.expect(403);
        assert_eq!(made_owner.json()["code"], "owners_only");
        app.delete(&adam, &path(&made)).await.expect(403);
        app.delete(&mia, &path(&made)).await.expect(403);
        app.delete(&olga, &path(&made)).await.expect(204);
        app.done().await;
    }

    async fn the_last_owner_stays(app) {
        let ada = app.admin("Acme").await;
        let (olga, mia) = (app.member(&ada, "Olga").await, app.member(&ada, "Mia").await);
        let made = board(&app, &olga, json!({ "name": "Move", "members": [mia.user] })).await;
        let leave = format!("{}departure/", path(&made));
        let ask = async |who: &Person| app.send(Some(who), Method::POST, &leave, None).await;
        assert_eq!(ask(&olga).await.expect(409).json()["code"], "last_owner");
        assert_eq!(app.patch(&olga, &path(&made), json!({ "owners": [] })).await.expect(422).pointers(), ["/owners"]);
        let down = json!({ "owners": [], "admins": [olga.user] });
        assert_eq!(app.patch(&olga, &path(&made), down).await.expect(422).pointers(), ["/owners"]);
        let named = app.patch(&olga, &path(&made), json!({ "owners": [olga.user, mia.user] })).await.expect(200).json();
        assert_eq!((names(&named["owners"]).len(), names(&named["members"]).len()), (2, 0), "the highest role counts");
        ask(&olga).await.expect(204);
        app.get(&olga, &path(&made)).await.expect(404);
        ask(&mia).await.expect(409);
        assert_eq!(ask(&ada).await.expect(403).json()["code"], "not_a_member");
        app.done().await;
    }

    async fn a_board_of_somebody_who_was_removed_has_an_heir(app) {
        let ada = app.admin("Acme").await;
        let (olga, adam, mia) = (app.member(&ada, "Olga").await, app.member(&ada, "Adam").await, app.member(&ada, "Mia").await);
        let made = board(&app, &olga, json!({ "name": "Move", "admins": [adam.user], "members": [mia.user] })).await;
        let gone = board(&app, &olga, json!({ "name": "Gone", "members": [mia.user] })).await;
        app.delete(&olga, &path(&gone)).await.expect(204);
        app.delete(&ada, &format!("/api/members/{}/", olga.user)).await.expect(204);
        let left = app.get(&adam, &path(&made)).await.expect(200).json();
        assert_eq!((names(&left["owners"]), names(&left["members"])), (vec!["Adam".to_owned()], vec!["Mia".to_owned()]));
        let activity = app.get(&ada, &format!("/api/boards/activity/{}/", text(&made["id"]))).await.expect(200).json();
        assert_eq!(activity["results"][0]["verb"], "left", "{activity}");
        app.send(Some(&mia), Method::POST, &format!("{}restore/", path(&gone)), None).await.expect(200);
        app.done().await;
    }

    async fn who_sees_every_board_is_not_on_it(app) {
        let ada = app.admin("Acme").await;
        let (olga, rita) = (app.member(&ada, "Olga").await, app.member(&ada, "Rita").await);
        let grants = json!({ "board.view": "org", "board.change": "own", "card.view": "org", "card.create": "own", "card.change": "org" });
        let role = app.post(&ada, "/api/roles/", json!({ "name": "Auditor", "grants": grants })).await.expect(201).id();
        app.patch(&ada, &format!("/api/members/{}/", rita.user), json!({ "role_id": role })).await.expect(200);
        let made = board(&app, &olga, json!({ "name": "Move" })).await;
        let here = card(&app, &olga, &made["columns"][0], "Boxes").await;
        app.get(&rita, &card_path(&here)).await.expect(200);
        let new = json!({ "column_id": made["columns"][0]["id"], "title": "T" });
        app.post(&rita, "/api/boards/cards/", new).await.expect(403);
        app.post(&rita, "/api/boards/columns/", json!({ "board_id": made["id"], "name": "T" })).await.expect(403);
        app.patch(&rita, &path(&made), json!({ "name": "T" })).await.expect(403);
        app.patch(&rita, &card_path(&here), json!({ "title": "Crates" })).await.expect(200);
        let other = board(&app, &olga, json!({ "name": "Other" })).await;
        let away = json!({ "column_id": other["columns"][0]["id"] });
        app.patch(&rita, &card_path(&here), away.clone()).await.expect(403);
        app.post(&rita, &format!("{}move/", card_path(&here)), away).await.expect(403);
        assert_eq!(count(&app, &ada, "/api/boards/cards/").await, 1, "nothing was left behind");
        app.done().await;
    }

    async fn a_board_in_the_trash_takes_its_cards_along(app) {
        let ada = app.admin("Acme").await;
        let made = board(&app, &ada, json!({ "name": "Move" })).await;
        let here = card(&app, &ada, &made["columns"][0], "Boxes").await;
        app.delete(&ada, &path(&made)).await.expect(204);
        for gone in [card_path(&here), format!("{}cards/", path(&made)), format!("/api/boards/cards/comment/{}/", text(&here["id"]))] {
            app.get(&ada, &gone).await.expect(404);
        }
        for list in ["/api/boards/cards/", "/api/boards/cards/?search=boxes", "/api/boards/cards/?trashed=true", "/api/boards/columns/"] {
            assert_eq!(count(&app, &ada, list).await, 0, "{list}");
        }
        app.send(Some(&ada), Method::POST, &format!("{}restore/", path(&made)), None).await.expect(200);
        app.get(&ada, &card_path(&here)).await.expect(200);
        app.done().await;
    }

    async fn nothing_changes_on_an_archived_board(app) {
        let ada = app.admin("Acme").await;
        let made = board(&app, &ada, json!({ "name": "Move" })).await;
        let column = &made["columns"][0];
        let here = card(&app, &ada, column, "Boxes").await;
        app.patch(&ada, &path(&made), json!({ "is_archived": true })).await.expect(200);
        let new = json!({ "column_id": column["id"], "title": "T" });
        let column_path = format!("/api/boards/columns/{}/", text(&column["id"]));
        for refused in [
            app.post(&ada, "/api/boards/cards/", new.clone()).await,
            app.patch(&ada, &card_path(&here), json!({ "title": "T" })).await,
            app.post(&ada, &format!("{}move/", card_path(&here)), json!({})).await,
            app.delete(&ada, &card_path(&here)).await,
            app.patch(&ada, &column_path, json!({ "name": "T" })).await,
            app.post(&ada, "/api/boards/columns/", json!({ "board_id": made["id"], "name": "T" })).await,
        ] {
            assert_eq!(refused.expect(409).json()["code"], "board_archived");
        }
        assert_eq!(count(&app, &ada, "/api/boards/?is_archived=false").await, 0);
        app.get(&ada, &card_path(&here)).await.expect(200);
        app.patch(&ada, &path(&made), json!({ "is_archived": false })).await.expect(200);
        app.post(&ada, "/api/boards/cards/", new).await.expect(201);
        app.done().await;
    }
}

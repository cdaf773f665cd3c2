//! Where cards are on a board, whoever moves them at the same time.

use std::collections::BTreeSet;

use futures_util::future::join_all;
use poem::http::Method;
use sea_orm::{ConnectionTrait, Statement, TransactionTrait};
use serde_json::{Value, json};
use testing::{Engine, Person, Reply, TestApp, both};

use crate::{
    boards::{board, card, card_path, path},
    house::text,
};

/// The titles of the cards of each column, as the board shows them.
async fn shown(app: &TestApp, who: &Person, board: &Value) -> Vec<Vec<String>> {
    let view = app.get(who, &format!("{}cards/?limit=50", path(board))).await.expect(200).json();
    let columns = view["columns"].as_array().expect("columns").iter();
    let titles = |column: &Value| titles(&column["cards"]);
    columns.map(titles).collect()
}

fn titles(cards: &Value) -> Vec<String> {
    cards.as_array().expect("cards").iter().map(|card| text(&card["title"])).collect()
}

async fn put(app: &TestApp, who: &Person, card: &Value, to: Value) -> Reply {
    app.post(who, &format!("{}move/", card_path(card)), to).await
}

/// As a client does that is told to try again.
async fn put_at_last(app: &TestApp, who: &Person, card: &Value, to: Value) -> Reply {
    loop {
        let reply = put(app, who, card, to.clone()).await;
        if reply.status != 503 {
            return reply;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
}

both! {
    async fn a_card_is_moved_above_and_below_others(app) {
        let ada = app.admin("Acme").await;
        let made = board(&app, &ada, json!({ "name": "Move", "columns": ["Ideas", "Done"] })).await;
        let [ideas, done] = [0, 1].map(|n| made["columns"][n].clone());
        let (a, b, c) = (card(&app, &ada, &ideas, "a").await, card(&app, &ada, &ideas, "b").await, card(&app, &ada, &ideas, "c").await);
        let moves = [
            (&c, json!({ "before_id": a["id"] }), "c a b", ""),
            (&c, json!({ "after_id": a["id"] }), "a c b", ""),
            (&a, json!({}), "c b a", ""),
            (&a, json!({ "before_id": b["id"] }), "c a b", ""),
            (&a, json!({ "column_id": done["id"] }), "c b", "a"),
            (&b, json!({ "before_id": a["id"] }), "c", "b a"),
            (&c, json!({ "after_id": b["id"], "column_id": done["id"] }), "", "b c a"),
        ];
        for (card, to, first, second) in moves {
            put(&app, &ada, card, to.clone()).await.expect(200);
            let told: Vec<String> = shown(&app, &ada, &made).await.iter().map(|column| column.join(" ")).collect();
            assert_eq!(told, [first, second], "{to}");
        }
        let wrong = [
            (json!({ "before_id": c["id"], "column_id": ideas["id"] }), "/before_id"),
            (json!({ "after_id": a["id"] }), "/after_id"),
            (json!({ "before_id": b["id"], "after_id": c["id"] }), "/after_id"),
        ];
        for (to, pointer) in wrong {
            assert_eq!(put(&app, &ada, &a, to).await.expect(422).pointers(), [pointer]);
        }
        let moved = app.get(&ada, &format!("/api/boards/cards/activity/{}/", text(&b["id"]))).await.expect(200).json();
        assert_eq!(moved["results"][0]["verb"], "moved");
        app.done().await;
    }

    async fn a_column_is_moved_and_goes_when_it_is_empty(app) {
        let ada = app.admin("Acme").await;
        let made = board(&app, &ada, json!({ "name": "Move", "columns": ["A", "B", "C"] })).await;
        let column = |n: usize| format!("/api/boards/columns/{}/", text(&made["columns"][n]["id"]));
        for (n, position, order) in [(2, 0, "C A B"), (2, 1, "A C B"), (2, 49, "A B C"), (0, 1, "B A C"), (0, 1, "B A C")] {
            app.post(&ada, &format!("{}move/", column(n)), json!({ "position": position })).await.expect(200);
            let now = app.get(&ada, &path(&made)).await.expect(200).json();
            let names: Vec<String> = now["columns"].as_array().expect("columns").iter().map(|one| text(&one["name"])).collect();
            assert_eq!(names.join(" "), order);
        }
        let kept = card(&app, &ada, &made["columns"][2], "kept").await;
        assert_eq!(app.delete(&ada, &column(2)).await.expect(409).json()["code"], "column_not_empty");
        app.delete(&ada, &card_path(&kept)).await.expect(204);
        app.delete(&ada, &column(2)).await.expect(204);
        let back = app.send(Some(&ada), Method::POST, &format!("{}restore/", card_path(&kept)), None).await.expect(200).json();
        assert_eq!(back["column"]["name"], "B", "the first, for its own is gone");
        app.send(Some(&ada), Method::POST, &format!("{}restore/", column(2)), None).await.expect(200);
        app.done().await;
    }

    async fn a_column_takes_as_many_cards_as_it_says(app) {
        let ada = app.admin("Acme").await;
        let made = board(&app, &ada, json!({ "name": "Move" })).await;
        let [todo, doing] = [0, 1].map(|n| made["columns"][n].clone());
        let limited = format!("/api/boards/columns/{}/", text(&doing["id"]));
        app.patch(&ada, &limited, json!({ "wip_limit": 5 })).await.expect(200);
        let mut cards = Vec::new();
        for n in 0..20 {
            cards.push(card(&app, &ada, &todo, &n.to_string()).await);
        }
        let to = json!({ "column_id": doing["id"] });
        let at_once = join_all(cards.iter().map(|card| put_at_last(&app, &ada, card, to.clone()))).await;
        let (inside, outside): (Vec<_>, Vec<_>) = at_once.iter().partition(|reply| reply.status == 200);
        assert_eq!((inside.len(), outside.len()), (5, 15));
        assert!(outside.iter().all(|reply| reply.status == 409 && reply.json()["code"] == "wip_limit_reached"));
        let view = app.get(&ada, &format!("{}cards/", path(&made))).await.expect(200).json();
        assert_eq!((&view["columns"][0]["count"], &view["columns"][1]["count"]), (&json!(15), &json!(5)));
        app.post(&ada, "/api/boards/cards/", json!({ "column_id": doing["id"], "title": "one more" })).await.expect(409);
        // Within the column there is no more of it.
        let inside = app.get(&ada, &format!("/api/boards/cards/?column_id={}", text(&doing["id"]))).await.expect(200).json();
        put(&app, &ada, &inside["results"][0], json!({})).await.expect(200);
        app.patch(&ada, &limited, json!({ "wip_limit": null })).await.expect(200);
        card(&app, &ada, &doing, "one more").await;
        app.done().await;
    }

    async fn a_hundred_moves_at_once_keep_one_order(app) {
        let ada = app.admin("Acme").await;
        let made = board(&app, &ada, json!({ "name": "Move", "columns": ["One", "Two"] })).await;
        let columns = [0, 1].map(|n| made["columns"][n].clone());
        let middle = card(&app, &ada, &columns[0], "middle").await;
        let mut cards = Vec::new();
        for n in 0..100 {
            cards.push(card(&app, &ada, &columns[n % 2], &n.to_string()).await);
        }
        // All of them want to be right above or right below one.
        let side = |n: usize| if n.is_multiple_of(3) { "after_id" } else { "before_id" };
        let moves = cards.iter().enumerate();
        let moves = moves.map(|(n, card)| put_at_last(&app, &ada, card, json!({ side(n): middle["id"] })));
        let done = join_all(moves).await;
        assert!(done.iter().all(|reply| reply.status == 200), "{:?}", done.iter().map(|reply| reply.status).collect::<Vec<_>>());

        let list = format!("/api/boards/cards/?column_id={}&sort=-rank&limit=200", text(&columns[0]["id"]));
        let order = titles(&app.get(&ada, &list).await.expect(200).json()["results"]);
        assert_eq!((order.len(), order.iter().collect::<BTreeSet<_>>().len()), (101, 101), "each once: {order:?}");
        let place = order.iter().position(|title| title == "middle").expect("the middle");
        let is_below = |title: &String| title.parse().is_ok_and(|n: usize| side(n) == "after_id");
        assert!(!order[..place].iter().any(is_below) && order[place + 1..].iter().all(is_below), "{order:?}");
        let ranks = "SELECT count(DISTINCT rank) AS n FROM card";
        let conn = app.database.owner().await;
        let tx = conn.begin().await.expect("a transaction");
        if app.database.engine == Engine::Postgres {
            let org = ada.org.expect("an organisation");
            tx.execute_unprepared(&format!("SELECT set_config('app.org', '{org}', true)")).await.expect("set");
        }
        let row = tx.query_one_raw(Statement::from_string(tx.get_database_backend(), ranks)).await.expect("an answer");
        assert_eq!(row.expect("a row").try_get::<i64>("", "n").expect("a number"), 101, "two are in the same place");
        tx.rollback().await.expect("back");
        conn.close().await.expect("closed");
        app.done().await;
    }

    async fn a_column_goes_on_where_the_board_stops(app) {
        let ada = app.admin("Acme").await;
        let made = board(&app, &ada, json!({ "name": "Move" })).await;
        for n in 0..7 {
            card(&app, &ada, &made["columns"][0], &n.to_string()).await;
        }
        let view = app.get(&ada, &format!("{}cards/?limit=3", path(&made))).await.expect(200).json();
        let column = &view["columns"][0];
        assert_eq!((titles(&column["cards"]), &column["count"]), (vec!["0".to_owned(), "1".to_owned(), "2".to_owned()], &json!(7)));
        assert_eq!((&view["columns"][1]["next"], &view["columns"][1]["count"]), (&Value::Null, &json!(0)));
        let rest = format!("/api/boards/cards/?column_id={}&sort=-rank&cursor={}", text(&column["id"]), text(&column["next"]));
        assert_eq!(titles(&app.get(&ada, &rest).await.expect(200).json()["results"]), ["3", "4", "5", "6"]);
        app.done().await;
    }
}

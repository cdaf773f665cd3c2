//! What is to be sold, how far one is, and who sees it.

use serde_json::{Value, json};
use testing::{Person, TestApp, both};
use uuid::Uuid;

async fn goal(app: &TestApp, who: &Person, more: Value) -> Value {
    let mut body = json!({
        "name": "Goal", "metric": "revenue", "period": "monthly", "starts_on": "2026-11-01", "target_amount": "1000.00", "currency": "EUR",
    });
    crate::house::merge(&mut body, more);
    app.post(who, "/api/goals/", body).await.expect(201).json()
}

fn path(goal: &Value) -> String {
    format!("/api/goals/{}/", goal["id"].as_str().expect("an id"))
}

async fn won(app: &TestApp, who: &Person, amount: &str, currency: &str, users: &[Uuid], teams: &[Uuid]) {
    let body = json!({
        "name": "Deal", "stage": "closed_won", "amount": amount, "currency": currency, "closed_on": "2026-11-02",
        "assigned_to": users, "teams": teams,
    });
    app.post(who, "/api/opportunities/", body).await.expect(201);
}

/// Bob and Eve are the team North; Tom is nobody's mate.
async fn house(app: &TestApp) -> (Person, [Person; 3], Uuid) {
    let ada = app.admin("Acme").await;
    let [bob, eve, tom] = [app.member(&ada, "Bob").await, app.member(&ada, "Eve").await, app.member(&ada, "Tom").await];
    let team = json!({ "name": "North", "members": [bob.user, eve.user] });
    let team = app.post(&ada, "/api/teams/", team).await.expect(201).id();
    won(app, &ada, "100.00", "EUR", &[bob.user], &[]).await;
    won(app, &ada, "200.00", "EUR", &[bob.user, eve.user], &[]).await;
    won(app, &ada, "30.00", "USD", &[eve.user], &[]).await;
    won(app, &ada, "400.00", "EUR", &[], &[team]).await;
    won(app, &ada, "5000.00", "EUR", &[tom.user], &[]).await;
    (ada, [bob, eve, tom], team)
}

both! {
    async fn a_goal_counts_what_was_won_for_it(app) {
        let (ada, [bob, eve, _], team) = house(&app).await;
        for (whose, amount, count, percent, status) in [
            (json!({ "member_id": bob.user }), "300.00", 2, "30", "on_track"),
            (json!({ "member_id": eve.user, "target_amount": "200.00" }), "200.00", 2, "100", "done"),
            (json!({ "team_id": team, "target_amount": "7000.00" }), "700.00", 4, "10", "at_risk"),
            (json!({ "target_amount": "900000.00" }), "5700.00", 5, "0.63", "behind"),
        ] {
            let made = goal(&app, &ada, whose).await;
            let progress = &made["progress"];
            assert_eq!(
                [&progress["amount"], &progress["count"], &progress["percent"], &progress["status"]],
                [&json!(amount), &json!(count), &json!(percent), &json!(status)], "{made}",
            );
            assert_eq!(progress["elapsed_percent"], "13.33", "four of thirty days");
        }
        let team_goal = goal(&app, &ada, json!({ "team_id": team })).await;
        assert_eq!(team_goal["progress"]["other_currencies"], json!([{ "currency": "USD", "amount": "30.00" }]));
        let deals = json!({ "metric": "deals", "target_count": 5, "member_id": eve.user });
        let deals = goal(&app, &ada, deals).await;
        assert_eq!((&deals["progress"]["percent"], &deals["target_amount"]), (&json!("40"), &Value::Null));
        let later = goal(&app, &ada, json!({ "starts_on": "2026-12-01" })).await;
        assert_eq!((&later["progress"]["count"], &later["progress"]["status"]), (&json!(0), &json!("on_track")));
        let list = app.get(&ada, "/api/goals/?sort=name&limit=50").await.expect(200).json();
        let amounts = list["results"].as_array().expect("goals").iter().filter(|goal| goal["progress"]["amount"] == "300.00");
        assert_eq!((&list["count"], amounts.count()), (&json!(7), 1), "as in the list");
        app.done().await;
    }

    async fn a_goal_has_a_time_and_a_target(app) {
        let ada = app.admin("Acme").await;
        let refused = async |body: Value| app.post(&ada, "/api/goals/", body).await.expect(422).pointers();
        let bare = |metric: &str, period: &str| json!({ "name": "G", "metric": metric, "period": period, "starts_on": "2026-11-01" });
        assert_eq!(refused(bare("revenue", "custom")).await, ["/ends_on", "/target_amount", "/currency"]);
        assert_eq!(refused(bare("deals", "monthly")).await, ["/target_count"]);
        let mut ended = bare("deals", "monthly");
        ended["ends_on"] = json!("2026-11-29");
        ended["target_count"] = json!(3);
        assert_eq!(refused(ended).await, ["/ends_on"]);
        let made = goal(&app, &ada, json!({ "period": "quarterly" })).await;
        assert_eq!(made["ends_on"], "2027-01-31");
        let custom = json!({ "period": "custom", "ends_on": "2026-11-30" });
        let custom = app.patch(&ada, &path(&made), custom).await.expect(200).json();
        assert_eq!(custom["ends_on"], "2026-11-30");
        let early = app.patch(&ada, &path(&made), json!({ "starts_on": "2026-12-01" })).await.expect(422);
        assert_eq!(early.pointers(), ["/ends_on"]);
        let yearly = app.patch(&ada, &path(&made), json!({ "period": "yearly", "starts_on": "2026-01-01" })).await.expect(200).json();
        assert_eq!(yearly["ends_on"], "2026-12-31");
        app.done().await;
    }

    async fn a_goal_is_seen_by_whom_it_is_for(app) {
        let (ada, [bob, eve, tom], team) = house(&app).await;
        let bobs = goal(&app, &ada, json!({ "name": "Bob's", "member_id": bob.user })).await;
        let teams = goal(&app, &ada, json!({ "name": "Team's", "team_id": team })).await;
        let all = goal(&app, &ada, json!({ "name": "Everybody's" })).await;
        let names = async |who: &Person| {
            let list = app.get(who, "/api/goals/?sort=name").await.expect(200).json();
            let names: Vec<_> = list["results"].as_array().expect("goals").iter().map(|goal| goal["name"].clone()).collect();
            (list["count"].clone(), names)
        };
        assert_eq!(names(&bob).await, (json!(3), vec![json!("Bob's"), json!("Everybody's"), json!("Team's")]));
        assert_eq!(names(&eve).await.0, 3, "through the team");
        assert_eq!(names(&tom).await, (json!(1), vec![json!("Everybody's")]));
        for hidden in [&bobs, &teams] {
            app.get(&tom, &path(hidden)).await.expect(404);
            app.get(&tom, &format!("{}leaderboard/", path(hidden))).await.expect(404);
            app.patch(&tom, &path(hidden), json!({ "name": "Mine" })).await.expect(404);
        }
        for seen in [&bobs, &teams, &all] {
            app.patch(&bob, &path(seen), json!({ "target_amount": "1.00" })).await.expect(403);
            app.delete(&bob, &path(seen)).await.expect(403);
        }
        app.post(&bob, "/api/goals/", json!({
            "name": "Mine", "metric": "deals", "period": "monthly", "starts_on": "2026-11-01", "target_count": 1, "member_id": bob.user,
        })).await.expect(403);
        // What somebody does not see is not in a number either.
        for (who, amount) in [(&ada, "5700.00"), (&bob, "700.00"), (&tom, "5000.00")] {
            assert_eq!(app.get(who, &path(&all)).await.expect(200).json()["progress"]["amount"], amount);
        }

        // Whoever may change goals of the organisation changes those that they see, and no others.
        let grants = json!({ "name": "Lead", "grants": { "goal.view": "team", "goal.change": "org", "goal.delete": "team" } });
        let role = app.post(&ada, "/api/roles/", grants).await.expect(201).id();
        app.give(&ada, &tom, role).await;
        app.patch(&tom, &path(&bobs), json!({ "name": "Mine" })).await.expect(404);
        app.patch(&tom, &path(&all), json!({ "name": "Ours" })).await.expect(200);
        app.delete(&tom, &path(&all)).await.expect(403);
        app.done().await;
    }

    async fn a_leaderboard_is_of_those_who_take_part(app) {
        let (ada, [bob, eve, tom], team) = house(&app).await;
        let zoe = app.member(&ada, "Zoe").await;
        let roster = json!({ "members": [bob.user, eve.user, zoe.user] });
        app.patch(&ada, &format!("/api/teams/{team}/"), roster).await.expect(200);
        let board = async |who: &Person, goal: &Value| -> Vec<String> {
            let board = app.get(who, &format!("{}leaderboard/", path(goal))).await.expect(200).json();
            let place = |place: &Value| {
                let value = place["amount"].as_str().map_or_else(|| place["count"].to_string(), str::to_owned);
                format!("{} {} {value}", place["place"], place["member"]["name"].as_str().unwrap_or_default())
            };
            board["results"].as_array().expect("places").iter().map(place).collect()
        };
        let teams = goal(&app, &ada, json!({ "team_id": team })).await;
        assert_eq!(board(&ada, &teams).await, ["1 Bob 300.00", "2 Eve 200.00", "3 Zoe 0.00"]);
        let deals = goal(&app, &ada, json!({ "metric": "deals", "target_count": 9 })).await;
        assert_eq!(board(&ada, &deals).await, ["1 Bob 2", "1 Eve 2", "3 Tom 1"]);
        assert_eq!(board(&tom, &deals).await, ["1 Tom 1"], "of what he sees");
        let bobs = goal(&app, &ada, json!({ "member_id": bob.user })).await;
        assert_eq!(board(&bob, &bobs).await, ["1 Bob 300.00"]);
        app.done().await;
    }
}

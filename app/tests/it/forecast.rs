//! What opportunities come to, who sees how much of it, and what currencies are worth in one another.

use serde_json::{Value, json};
use testing::{Person, TestApp, both};

async fn deal(app: &TestApp, who: &Person, amount: Value, currency: &str, closed_on: Value, more: Value) -> String {
    let mut body = json!({ "name": "Deal", "amount": amount, "currency": currency, "closed_on": closed_on });
    crate::house::merge(&mut body, more);
    app.post(who, "/api/opportunities/", body).await.expect(201).id().to_string()
}

async fn forecast(app: &TestApp, who: &Person, query: &str) -> Value {
    app.get(who, &format!("/api/forecast/?{query}")).await.expect(200).json()
}

/// The figures of each line by its period and currency: pipeline, best case, commit, weighted, won, slipped.
fn figures(lines: &Value) -> Vec<String> {
    let line = |line: &Value| {
        let names = ["pipeline", "best_case", "commit", "weighted", "won", "slipped"];
        let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
        let figures: Vec<_> = names.iter().map(|name| text(&line[*name])).collect();
        format!("{} {}: {}", text(&line["period"]["name"]), text(&line["currency"]), figures.join(" "))
    };
    lines.as_array().expect("lines").iter().map(line).collect()
}

async fn rate(app: &TestApp, who: &Person, from: &str, rate: &str, valid_on: &str) {
    let body = json!({ "from_currency": from, "to_currency": "EUR", "rate": rate, "valid_on": valid_on });
    app.post(who, "/api/exchange-rates/", body).await.expect(201);
}

both! {
    async fn a_forecast_is_by_period_and_currency(app) {
        let ada = app.admin("Acme").await;
        // Today is 5 November.
        let deals = [
            ("100.10", "EUR", "2026-11-04", json!({ "stage": "prospecting" })),
            ("200.20", "EUR", "2026-11-05", json!({ "stage": "proposal" })),
            ("0.05", "EUR", "2026-11-30", json!({ "stage": "negotiation", "probability": 90 })),
            ("400.40", "USD", "2026-12-24", json!({ "stage": "negotiation" })),
            ("1000.00", "EUR", "2026-10-07", json!({ "stage": "closed_won" })),
            ("7.00", "EUR", "2026-11-20", json!({ "stage": "closed_lost" })),
            ("8.00", "EUR", "2026-11-20", json!({ "stage": "proposal", "forecast_override": "omitted" })),
            ("9.00", "EUR", "2027-01-01", json!({ "stage": "closed_won" })),
        ];
        for (amount, currency, day, more) in deals {
            deal(&app, &ada, json!(amount), currency, json!(day), more).await;
        }
        deal(&app, &ada, json!("55.50"), "EUR", Value::Null, json!({ "stage": "qualification" })).await;
        let bare = json!({ "name": "No amount yet", "closed_on": "2026-12-01" });
        app.post(&ada, "/api/opportunities/", bare).await.expect(201);

        let told = forecast(&app, &ada, "").await;
        assert_eq!((&told["from"], &told["to"], &told["today"]), (&json!("2026-10-01"), &json!("2026-12-31"), &json!("2026-11-05")));
        assert_eq!(figures(&told["lines"]), [
            "- EUR: 55.50 0.00 0.00 13.88 0.00 0.00",
            "2026-10 EUR: 0.00 0.00 0.00 0.00 1000.00 0.00",
            // 10.01 + 100.1 + 0.045 is rounded once; what is due today has not slipped.
            "2026-11 EUR: 100.10 200.20 0.05 110.16 0.00 100.10",
            "2026-12 -: 0.00 0.00 0.00 0.00 0.00 0.00",
            "2026-12 USD: 0.00 0.00 400.40 300.30 0.00 0.00",
        ]);
        assert_eq!((&told["count"], &told["converted"], &told["rates"]), (&json!(7), &json!([]), &json!([])));
        let counts = |line: &Value| ["open_count", "won_count", "slipped_count"].map(|name| line[name].clone());
        assert_eq!(counts(&told["lines"][2]), [3, 0, 1]);
        assert_eq!(counts(&told["lines"][3]), [1, 0, 0], "without an amount it is counted");

        let quarters = forecast(&app, &ada, "from=2026-11-01&to=2027-01-31&group_by=quarter").await;
        assert_eq!(figures(&quarters["lines"]), [
            "- EUR: 55.50 0.00 0.00 13.88 0.00 0.00",
            "2026-Q4 -: 0.00 0.00 0.00 0.00 0.00 0.00",
            "2026-Q4 EUR: 100.10 200.20 0.05 110.16 0.00 100.10",
            "2026-Q4 USD: 0.00 0.00 400.40 300.30 0.00 0.00",
            "2027-Q1 EUR: 0.00 0.00 0.00 0.00 9.00 0.00",
        ]);
        let from = &quarters["lines"][1]["period"]["from"];
        assert_eq!(from, "2026-11-01", "as far as it was asked for");
        for wrong in ["from=2026-11-02&to=2026-11-01", "from=2020-01-01&to=2026-01-01", "from=0001-01-01", "group_by=week"] {
            app.get(&ada, &format!("/api/forecast/?{wrong}")).await.expect(400);
        }
        app.done().await;
    }

    async fn currencies_come_together_only_by_rates_that_were_set(app) {
        let ada = app.admin("Acme").await;
        let bob = app.member(&ada, "Bob").await;
        for (amount, currency) in [("100.00", "EUR"), ("33.33", "USD"), ("50.00", "GBP"), ("1000", "JPY")] {
            deal(&app, &ada, json!(amount), currency, json!("2026-11-20"), json!({ "stage": "negotiation" })).await;
        }
        let nothing = forecast(&app, &ada, "in=EUR").await;
        assert_eq!(figures(&nothing["converted"]), ["2026-11 EUR: 0.00 0.00 100.00 75.00 0.00 0.00"]);
        assert_eq!(nothing["converted"][0]["without_rate"], json!(["GBP", "JPY", "USD"]), "told, not guessed");
        assert_eq!(nothing["converted"][0]["open_count"], 4);

        rate(&app, &ada, "USD", "0.85", "2026-01-01").await;
        rate(&app, &ada, "USD", "0.9015", "2026-11-05").await;
        rate(&app, &ada, "USD", "0.5", "2026-11-06").await;
        rate(&app, &ada, "JPY", "0.0061234567", "2026-10-01").await;
        // The other way round is another rate.
        let back = json!({ "from_currency": "EUR", "to_currency": "GBP", "rate": "0.87", "valid_on": "2026-01-01" });
        app.post(&ada, "/api/exchange-rates/", back).await.expect(201);
        let told = forecast(&app, &ada, "in=EUR").await;
        // 100 + 33.33 * 0.9015 + 1000 * 0.0061234567 = 136.1704517
        assert_eq!(figures(&told["converted"]), ["2026-11 EUR: 0.00 0.00 136.17 102.13 0.00 0.00"]);
        assert_eq!(told["converted"][0]["without_rate"], json!(["GBP"]));
        assert_eq!(told["rates"], json!([
            { "from_currency": "JPY", "rate": "0.0061234567", "valid_on": "2026-10-01" },
            { "from_currency": "USD", "rate": "0.9015", "valid_on": "2026-11-05" },
        ]), "the latest on or before the day");
        let before = forecast(&app, &ada, "in=EUR&rates_on=2026-09-30").await;
        assert_eq!(before["rates"], json!([{ "from_currency": "USD", "rate": "0.85", "valid_on": "2026-01-01" }]));
        assert_eq!(told["lines"], before["lines"], "what is not converted stays as it is");

        let twice = json!({ "from_currency": "USD", "to_currency": "EUR", "rate": "1", "valid_on": "2026-11-05" });
        assert_eq!(app.post(&ada, "/api/exchange-rates/", twice).await.expect(409).code(), "duplicate");
        let same = json!({ "from_currency": "EUR", "to_currency": "EUR", "rate": "0", "valid_on": "2026-11-05" });
        assert_eq!(app.post(&ada, "/api/exchange-rates/", same).await.expect(422).pointers(), ["/to_currency", "/rate"]);
        assert_eq!(app.get(&bob, "/api/exchange-rates/?to_currency=EUR").await.expect(200).json()["count"], 4);
        let his = json!({ "from_currency": "USD", "to_currency": "EUR", "rate": "1", "valid_on": "2026-12-01" });
        app.post(&bob, "/api/exchange-rates/", his).await.expect(403);
        app.done().await;
    }

    async fn a_forecast_counts_what_one_sees(app) {
        let ada = app.admin("Acme").await;
        let [bob, eve, tom] = [app.member(&ada, "Bob").await, app.member(&ada, "Eve").await, app.member(&ada, "Tom").await];
        let team = json!({ "name": "North", "members": [bob.user, eve.user] });
        let team = app.post(&ada, "/api/teams/", team).await.expect(201).id();
        let won = |who: &[&Person]| {
            let users: Vec<_> = who.iter().map(|person| person.user).collect();
            json!({ "stage": "closed_won", "assigned_to": users })
        };
        for (amount, who) in [("1.00", vec![&bob]), ("20.00", vec![&eve]), ("300.00", vec![&bob, &eve]), ("4000.00", vec![&tom]), ("50000.00", vec![])] {
            deal(&app, &ada, json!(amount), "EUR", json!("2026-11-02"), won(&who)).await;
        }
        let of_team = json!({ "stage": "closed_won", "teams": [team] });
        deal(&app, &ada, json!("600000.00"), "EUR", json!("2026-11-02"), of_team).await;
        for (who, sum) in [(&ada, "654321.00"), (&bob, "600321.00"), (&eve, "600321.00"), (&tom, "4000.00")] {
            assert_eq!(forecast(&app, who, "").await["lines"][0]["won"], sum);
        }
        let by = |told: &Value, whose: &str| -> Vec<String> {
            let line = |line: &Value| format!("{} {}", line[whose]["name"].as_str().unwrap_or("-"), line["won"].as_str().unwrap_or("-"));
            let mut lines: Vec<_> = told["lines"].as_array().expect("lines").iter().map(line).collect();
            lines.sort();
            lines
        };
        let owners = by(&forecast(&app, &ada, "by=owner").await, "owner");
        assert_eq!(owners, ["- 650000.00", "Bob 301.00", "Eve 320.00", "Tom 4000.00"]);
        assert_eq!(by(&forecast(&app, &tom, "by=owner").await, "owner"), ["Tom 4000.00"]);
        assert_eq!(by(&forecast(&app, &ada, "by=team").await, "team"), ["North 600321.00"], "each once");
        for (asked, sum) in [
            (format!("owner={}", bob.user), "301.00"), (format!("team={team}"), "600321.00"), (format!("owner={}&team={team}", eve.user), "320.00"),
        ] {
            assert_eq!(forecast(&app, &ada, &asked).await["lines"][0]["won"], sum, "{asked}");
        }
        assert_eq!(forecast(&app, &tom, &format!("owner={}", bob.user)).await["lines"], json!([]));
        app.done().await;
    }

    async fn a_forecast_is_held_against_goals(app) {
        let ada = app.admin("Acme").await;
        let bob = app.member(&ada, "Bob").await;
        deal(&app, &ada, json!("300.00"), "EUR", json!("2026-11-02"), json!({ "stage": "closed_won", "assigned_to": [bob.user] })).await;
        deal(&app, &ada, json!("500.00"), "EUR", json!("2026-11-22"), json!({ "stage": "proposal" })).await;
        let goal = |name: &str, period: &str, starts_on: &str, amount: &str| json!({
            "name": name, "metric": "revenue", "period": period, "starts_on": starts_on, "target_amount": amount, "currency": "EUR",
        });
        for (goal, whose) in [
            (goal("November", "monthly", "2026-11-01", "900.00"), None),
            (goal("Quarter", "quarterly", "2026-10-01", "2000.00"), None),
            (goal("Bob's", "monthly", "2026-11-01", "150.00"), Some(bob.user)),
            (goal("December", "monthly", "2026-12-01", "1.00"), None),
        ] {
            let mut goal = goal;
            goal["member_id"] = json!(whose);
            app.post(&ada, "/api/goals/", goal).await.expect(201);
        }
        let aims = |told: &Value| -> Vec<Value> {
            let line = |line: &Value| json!([line["period"]["name"], line["goal"], line["attained_percent"], line["coverage_percent"], line["goals"][0]["name"]]);
            told["lines"].as_array().expect("lines").iter().map(line).collect()
        };
        assert_eq!(aims(&forecast(&app, &ada, "").await), [
            json!(["2026-11", "900.00", "33.33", "88.88", "November"]), json!(["2026-12", "1.00", "0", "0", "December"]),
        ]);
        // The months' goals are within the quarter's.
        let quarter = forecast(&app, &ada, "group_by=quarter").await;
        assert_eq!((&quarter["lines"][0]["goal"], quarter["lines"][0]["goals"].as_array().map(Vec::len)), (&json!("2000.00"), Some(1)));
        let his = forecast(&app, &ada, &format!("owner={}", bob.user)).await;
        assert_eq!(aims(&his), [json!(["2026-11", "150.00", "200", "200", "Bob's"])]);
        let owners = forecast(&app, &ada, "by=owner").await;
        let bobs = owners["lines"].as_array().expect("lines").iter().find(|line| line["owner"]["name"] == "Bob").cloned().expect("his line");
        assert_eq!((&bobs["goal"], &bobs["attained_percent"]), (&json!("150.00"), &json!("200")));
        app.done().await;
    }
}

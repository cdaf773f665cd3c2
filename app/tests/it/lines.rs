//! What an opportunity is made of, how it is closed, and where the forecast counts it.

use futures_util::future::join_all;
use poem::http::Method;
use serde_json::{Value, json};
use testing::{Person, Reply, TestApp, both};

async fn deal(app: &TestApp, who: &Person, more: Value) -> String {
    let mut body = json!({ "name": "Fleet" });
    crate::house::merge(&mut body, more);
    format!("/api/opportunities/{}/", app.post(who, "/api/opportunities/", body).await.expect(201).id())
}

async fn put(app: &TestApp, who: &Person, deal: &str, lines: Value) -> Reply {
    let body = json!({ "currency": "EUR", "lines": lines });
    app.send(Some(who), Method::PUT, &format!("{deal}lines/"), Some(body)).await
}

both! {
    async fn lines_make_the_amount(app) {
        let ada = app.admin("Acme").await;
        let van = json!({ "name": "Van", "unit": "H87", "prices": [{ "currency": "EUR", "price": "38900" }] });
        let van = app.post(&ada, "/api/products/", van).await.expect(201).id();
        let deal = deal(&app, &ada, json!({ "amount": "1.00", "currency": "USD" })).await;
        let lines = json!([
            { "product_id": van, "quantity": "12", "discount_percent": "5" },
            { "name": "Training", "quantity": "7.5", "unit": "HUR", "unit_price": "120" },
            { "name": "Screws", "quantity": "3", "unit_price": "0.335" },
            { "name": "Goodwill", "unit_price": "100", "discount_amount": "100.00" },
        ]);
        let made = put(&app, &ada, &deal, lines).await.expect(200);
        let told = made.json();
        let names: Vec<_> = told["lines"].as_array().expect("lines").iter().map(|line| line["name"].clone()).collect();
        assert_eq!(names, ["Van", "Training", "Screws", "Goodwill"], "in their order");
        assert_eq!(told["lines"][0]["product"], json!({ "id": van, "name": "Van" }));
        let van_line = ["unit", "unit_price", "quantity", "total"].map(|name| told["lines"][0][name].clone());
        assert_eq!(van_line, ["H87", "38900.00", "12", "443460.00"]);
        assert_eq!(told["lines"][2]["total"], "1.01", "1.005 rounded half up");
        assert_eq!((&told["amount"], &told["currency"]), (&json!("444361.01"), &json!("EUR")));
        let shown = app.get(&ada, &deal).await.expect(200).json();
        assert_eq!((&shown["amount"], &shown["line_count"]), (&json!("444361.01"), &json!(4)));
        let again = app.get(&ada, &format!("{deal}lines/")).await.expect(200);
        assert_eq!((again.json(), again.header("etag")), (told, made.header("etag")));

        for (body, at) in [
            (json!({ "amount": "5.00" }), "/amount"), (json!({ "amount": null }), "/amount"), (json!({ "currency": "USD" }), "/currency"),
        ] {
            let refused = app.patch(&ada, &deal, body).await.expect(422);
            assert_eq!((refused.pointers(), refused.json()["errors"][0]["code"].clone()), (vec![at.to_owned()], json!("made_by_lines")));
        }
        app.patch(&ada, &deal, json!({ "name": "Fleet of 12", "amount": "444361.01" })).await.expect(200);
        let replaced = app.send(Some(&ada), Method::PUT, &deal, Some(json!({ "name": "Fleet" }))).await.expect(200).json();
        assert_eq!((&replaced["amount"], &replaced["currency"]), (&json!("444361.01"), &json!("EUR")), "left out, they stay");

        let none = put(&app, &ada, &deal, json!([])).await.expect(200).json();
        assert_eq!((&none["amount"], &none["lines"]), (&json!("444361.01"), &json!([])));
        app.patch(&ada, &deal, json!({ "amount": "5.00", "currency": "USD" })).await.expect(200);
        app.done().await;
    }

    async fn a_line_is_refused_where_it_is_wrong(app) {
        let ada = app.admin("Acme").await;
        let van = json!({ "name": "Van", "prices": [{ "currency": "USD", "price": "1" }] });
        let van = app.post(&ada, "/api/products/", van).await.expect(201).id();
        let deal = deal(&app, &ada, json!({})).await;
        let lines = json!([
            {},
            { "product_id": van },
            { "name": "A", "unit_price": "1", "discount_percent": "101" },
            { "name": "A", "unit_price": "1", "discount_percent": "1", "discount_amount": "1.00" },
            { "name": "A", "unit_price": "1", "discount_amount": "1.01" },
            { "name": "A", "unit_price": "99999999999.9999", "quantity": "99999999999.9999" },
        ]);
        let refused = put(&app, &ada, &deal, lines).await.expect(422);
        assert_eq!(refused.pointers(), [
            "/lines/0/name", "/lines/0/unit_price", "/lines/1/unit_price", "/lines/2/discount_percent",
            "/lines/3/discount_amount", "/lines/4/discount_amount", "/lines/5",
        ]);
        let whole = json!({ "name": "A", "unit_price": "9999999999", "quantity": "1000" });
        assert_eq!(put(&app, &ada, &deal, json!([whole, whole])).await.expect(422).pointers(), ["/lines"]);
        let many = vec![json!({ "name": "A", "unit_price": "0.01" }); 500];
        assert_eq!(put(&app, &ada, &deal, json!(many)).await.expect(200).json()["amount"], "5.00");
        let more = vec![json!({ "name": "A", "unit_price": "0.01" }); 501];
        put(&app, &ada, &deal, json!(more)).await.expect(422);

        // What was sold stays sold when the product goes.
        put(&app, &ada, &deal, json!([{ "product_id": van, "unit_price": "2" }])).await.expect(200);
        app.delete(&ada, &format!("/api/products/{van}/")).await.expect(204);
        let kept = json!([{ "product_id": van, "name": "Van", "unit_price": "3" }]);
        let kept = put(&app, &ada, &deal, kept).await.expect(200).json();
        assert_eq!((&kept["amount"], &kept["lines"][0]["product"]), (&json!("3.00"), &Value::Null));
        app.done().await;
    }

    async fn lines_are_a_change_of_their_opportunity(app) {
        let ada = app.admin("Acme").await;
        let bob = app.member(&ada, "Bob").await;
        let deal = deal(&app, &ada, json!({ "assigned_to": [bob.user] })).await;
        let etag = app.get(&bob, &deal).await.expect(200).header("etag").to_owned();
        let lines = |price: &str| json!({ "currency": "EUR", "lines": [{ "name": "Van", "unit_price": price }] });
        let path = format!("{deal}lines/");
        let first = app.send_with(Some(&bob), Method::PUT, &path, &[("if-match", &etag)], Some(lines("1"))).await.expect(200);
        app.send_with(Some(&bob), Method::PUT, &path, &[("if-match", &etag)], Some(lines("2"))).await.expect(412);
        let same = app.send(Some(&bob), Method::PUT, &path, Some(lines("1"))).await.expect(200);
        assert_eq!(first.json()["version"], same.json()["version"], "nothing changed");
        let id = deal.trim_start_matches("/api/opportunities/");
        let log = app.get(&bob, &format!("/api/opportunities/activity/{id}")).await.expect(200).json();
        let changes = log["results"][0]["changes"].as_array().expect("changes");
        let fields: Vec<_> = changes.iter().map(|change| change["field"].clone()).collect();
        assert_eq!(fields, ["amount", "currency", "lines"], "{log}");

        // Many at once: one of them is what is there.
        let puts = (1..=16).map(|n| {
            let body = json!({ "currency": "EUR", "lines": vec![json!({ "name": "Van", "unit_price": n.to_string() }); n] });
            let (app, ada, path) = (&app, &ada, &path);
            async move { app.send(Some(ada), Method::PUT, path, Some(body)).await.expect(200) }
        });
        join_all(puts).await;
        let told = app.get(&ada, &path).await.expect(200).json();
        let n = told["lines"].as_array().expect("lines").len();
        assert_eq!(told["amount"], format!("{}.00", n * n), "{told}");
        assert_eq!(app.get(&ada, &deal).await.expect(200).json()["line_count"], n);

        let tom = app.member(&ada, "Tom").await;
        app.get(&tom, &path).await.expect(404);
        app.send(Some(&tom), Method::PUT, &path, Some(lines("1"))).await.expect(404);
        app.done().await;
    }

    async fn it_is_closed_for_a_reason(app) {
        let ada = app.admin("Acme").await;
        let open = json!({ "name": "Fleet", "close_reason": "price" });
        let refused = app.post(&ada, "/api/opportunities/", open).await.expect(422);
        assert_eq!((refused.pointers(), refused.json()["errors"][0]["code"].clone()), (vec!["/close_reason".to_owned()], json!("not_closed")));
        let deal = deal(&app, &ada, json!({ "stage": "proposal", "forecast_override": "commit" })).await;
        assert_eq!(app.get(&ada, &deal).await.expect(200).json()["forecast_category"], "commit");
        let lost = json!({ "stage": "closed_lost", "closed_on": "2026-11-04", "close_reason": "competitor", "close_note": "They were first." });
        let lost = app.patch(&ada, &deal, lost).await.expect(200).json();
        assert_eq!((&lost["close_reason"], &lost["forecast_category"]), (&json!("competitor"), &json!("lost")));
        for (asked, count) in [("close_reason=competitor", 1), ("close_reason=price", 0), ("forecast_category=lost", 1)] {
            assert_eq!(app.get(&ada, &format!("/api/opportunities/?{asked}")).await.expect(200).json()["count"], count, "{asked}");
        }
        let open = app.patch(&ada, &deal, json!({ "stage": "negotiation" })).await.expect(200).json();
        assert_eq!((&open["close_reason"], &open["close_note"]), (&Value::Null, &Value::Null));
        let by_rule = app.patch(&ada, &deal, json!({ "forecast_override": null, "probability": 60 })).await.expect(200).json();
        assert_eq!(by_rule["forecast_category"], "best_case");
        app.done().await;
    }
}

//! What is sold, and for how much.

use serde_json::json;
use testing::both;

both! {
    async fn a_product_has_one_price_for_each_currency(app) {
        let ada = app.admin("Acme").await;
        let price = |currency: &str, price: &str| json!({ "currency": currency, "price": price });
        let twice = json!({ "name": "Screw", "prices": [price("EUR", "0.0125"), price("EUR", "1")] });
        assert_eq!(app.post(&ada, "/api/products/", twice).await.expect(422).pointers(), ["/prices/1/currency"]);
        let fine = json!({ "name": "Screw", "prices": [price("EUR", "0.00001")] });
        assert_eq!(app.post(&ada, "/api/products/", fine).await.expect(422).pointers(), ["/prices/0/price"]);

        let made = json!({ "name": "Screw", "unit": "H87", "prices": [price("USD", "5"), price("EUR", "0.0125")] });
        let made = app.post(&ada, "/api/products/", made).await.expect(201).json();
        assert_eq!(made["prices"], json!([price("EUR", "0.0125"), price("USD", "5.00")]), "by currency");
        let path = format!("/api/products/{}/", made["id"].as_str().expect("an id"));
        let change = json!({ "prices": [price("EUR", "0.013"), price("JPY", "2")] });
        let changed = app.patch(&ada, &path, change).await.expect(200).json();
        assert_eq!(changed["prices"], json!([price("EUR", "0.013"), price("JPY", "2.00")]));
        assert_eq!((&changed["version"], &changed["unit"]), (&json!(2), &json!("H87")));
        for (currency, count) in [("JPY", 1), ("USD", 0)] {
            let list = app.get(&ada, &format!("/api/products/?currency={currency}")).await.expect(200).json();
            assert_eq!(list["count"], count, "{currency}");
        }
        app.done().await;
    }

    async fn a_sku_is_there_once_among_the_living(app) {
        let ada = app.admin("Acme").await;
        let product = |sku: &str| json!({ "name": "Van", "sku": sku });
        let first = app.post(&ada, "/api/products/", product("VAN-35")).await.expect(201).id();
        let taken = app.post(&ada, "/api/products/", product("van-35")).await.expect(409);
        assert_eq!((taken.code(), taken.pointers()), ("duplicate".to_owned(), vec!["/sku".to_owned()]));
        for _ in 0..2 {
            app.post(&ada, "/api/products/", json!({ "name": "Without" })).await.expect(201);
        }
        app.delete(&ada, &format!("/api/products/{first}/")).await.expect(204);
        app.post(&ada, "/api/products/", product("van-35")).await.expect(201);
        let back = app.send(Some(&ada), poem::http::Method::POST, &format!("/api/products/{first}/restore/"), None).await;
        assert_eq!(back.expect(409).code(), "duplicate");
        let found = app.get(&ada, "/api/products/?sku=VAN-35").await.expect(200).json();
        assert_eq!((&found["count"], &found["results"][0]["sku"]), (&json!(1), &json!("van-35")));
        app.done().await;
    }

    async fn members_see_products_and_do_not_change_them(app) {
        let ada = app.admin("Acme").await;
        let bob = app.member(&ada, "Bob").await;
        let made = app.post(&ada, "/api/products/", json!({ "name": "Van", "category": "Vehicles" })).await.expect(201).id();
        let path = format!("/api/products/{made}/");
        assert_eq!(app.get(&bob, "/api/products/?search=vehic").await.expect(200).json()["count"], 1);
        app.patch(&bob, &path, json!({ "name": "Mine" })).await.expect(403);
        app.post(&bob, "/api/products/", json!({ "name": "Mine" })).await.expect(403);
        app.delete(&bob, &path).await.expect(403);
        app.done().await;
    }
}

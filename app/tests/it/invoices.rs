//! Invoices: what drafts come to, how they are numbered, and that what is issued stays as it is.

use std::collections::BTreeSet;

use base::queue::Actors;
use futures_util::future::join_all;
use poem::http::Method;
use sea_orm::{ConnectionTrait, DbBackend, DbErr, TransactionTrait};
use serde_json::{Value, json};
use testing::{Person, Reply, TestApp, both};

/// An admin whose organisation may ask for money, and whom from.
async fn house(app: &TestApp) -> (Person, String) {
    let ada = app.admin("Acme").await;
    let seller = json!({ "country": "DE", "city": "Hamburg", "vat_id": "DE123456788" });
    let settings = json!({ "seller": seller, "standard_rate": "19", "reduced_rate": "7", "notes": "Thank you." });
    app.patch(&ada, "/api/invoice-settings/", settings).await.expect(200);
    let at = json!({ "address_line": "12 Kettle Lane", "city": "Lyon", "postcode": "69001", "country": "FR" });
    let buyer = json!({ "name": "Blue Kettle", "email": "pay@kettle.example", "billing_address": at });
    let account = app.post(&ada, "/api/accounts/", buyer).await.expect(201).id().to_string();
    (ada, account)
}

async fn draft(app: &TestApp, who: &Person, account: &str, more: Value) -> String {
    let mut body = json!({ "account_id": account, "currency": "EUR" });
    crate::house::merge(&mut body, more);
    format!("/api/invoices/{}/", app.post(who, "/api/invoices/", body).await.expect(201).id())
}

async fn put(app: &TestApp, who: &Person, invoice: &str, body: Value) -> Reply {
    app.send(Some(who), Method::PUT, &format!("{invoice}lines/"), Some(body)).await
}

async fn issue(app: &TestApp, who: &Person, invoice: &str, body: Value) -> Reply {
    app.post(who, &format!("{invoice}issue/"), body).await
}

/// A draft with one line.
async fn ready(app: &TestApp, who: &Person, account: &str) -> String {
    let invoice = draft(app, who, account, json!({})).await;
    put(app, who, &invoice, json!({ "lines": [{ "name": "Tea", "unit_price": "10" }] })).await.expect(200);
    invoice
}

fn codes(refused: &Reply) -> Vec<String> {
    let errors = refused.json()["errors"].as_array().cloned().unwrap_or_default();
    errors.iter().map(|fault| fault["code"].as_str().unwrap_or_default().to_owned()).collect()
}

/// Behind the server's back.
async fn sneak(app: &TestApp, org: uuid::Uuid, sql: &str) -> Result<(), DbErr> {
    let conn = app.database.owner().await;
    let tx = conn.begin().await?;
    if conn.get_database_backend() == DbBackend::Postgres {
        tx.execute_unprepared(&format!("SELECT set_config('app.org', '{org}', true)")).await?;
    }
    tx.execute_unprepared(sql).await?;
    tx.commit().await
}

/// The members of this object.
fn of(value: &Value, names: &[&str]) -> Vec<String> {
    names.iter().map(|name| value[name].as_str().map_or_else(|| value[name].to_string(), str::to_owned)).collect()
}

const TOTALS: &[&str] = &["line_total", "discounts", "charges", "net_total", "tax_total", "rounding", "total"];

both! {
    async fn a_draft_knows_its_buyer_and_what_it_comes_to(app) {
        let (ada, account) = house(&app).await;
        let van = json!({ "name": "Van", "unit": "H87", "prices": [{ "currency": "EUR", "price": "38900" }] });
        let van = app.post(&ada, "/api/products/", van).await.expect(201).id();
        let book = json!({ "name": "Book", "tax_class": "reduced", "prices": [{ "currency": "EUR", "price": "12.5" }] });
        let book = app.post(&ada, "/api/products/", book).await.expect(201).id();
        let invoice = draft(&app, &ada, &account, json!({ "title": "Fleet", "buyer": { "vat_id": "FR40303265045" } })).await;
        let told = app.get(&ada, &invoice).await.expect(200).json();
        assert_eq!(of(&told["buyer"], &["name", "city", "country", "email", "vat_id"]), ["Blue Kettle", "Lyon", "FR", "pay@kettle.example", "FR40303265045"]);
        assert_eq!(of(&told, &["state", "number", "terms", "notes", "issue_date", "due_date", "is_overdue"]), ["draft", "null", "net_30", "Thank you.", "null", "null", "false"]);

        let lines = json!({
            "lines": [
                { "product_id": van, "quantity": "12", "discount_percent": "5" },
                { "product_id": book, "quantity": "3", "discount_amount": "0.50", "description": "Signed" },
                { "name": "Advice", "unit": "HUR", "unit_price": "99.995", "tax": { "category": "E", "exemption_reason": "Teaching" } },
            ],
            "adjustments": [
                { "kind": "discount", "reason": "Loyalty", "percent": "10", "tax": { "category": "S", "percent": "7" } },
                { "kind": "charge", "reason": "Shipping", "amount": "450", "tax": { "category": "S", "percent": "19" } },
            ],
        });
        let made = put(&app, &ada, &invoice, lines).await.expect(200);
        let told = made.json();
        let nets: Vec<_> = told["lines"].as_array().expect("lines").iter().map(|line| line["total"].clone()).collect();
        assert_eq!(nets, ["443460.00", "37.00", "100.00"]);
        // 10 per cent of 37.00; 19 per cent of 443910.00, 7 of 33.30.
        assert_eq!(of(&told, TOTALS), ["443597.00", "3.70", "450.00", "444043.30", "84345.23", "0.00", "528388.53"]);
        assert_eq!(of(&told["adjustments"][0], &["percent", "amount", "total"]), ["10", "3.70", "3.70"]);
        let parts: Vec<_> = told["taxes"].as_array().expect("taxes").iter().map(|part| of(part, &["category", "percent", "taxable", "tax", "exemption_reason"])).collect();
        assert_eq!(parts, [["S", "7", "33.30", "2.33", "null"], ["S", "19", "443910.00", "84342.90", "null"], ["E", "0", "100.00", "0.00", "Teaching"]]);
        assert_eq!(told["lines"][0]["product"], json!({ "id": van, "name": "Van" }));
        assert_eq!(of(&told["lines"][1], &["unit", "unit_price", "discount_amount", "description"]), ["C62", "12.50", "0.50", "Signed"]);
        let again = app.get(&ada, &format!("{invoice}lines/")).await.expect(200);
        assert_eq!((again.json(), again.header("etag")), (told.clone(), made.header("etag")));
        let shown = app.get(&ada, &invoice).await.expect(200).json();
        assert_eq!(of(&shown, TOTALS), of(&told, TOTALS));
        assert_eq!(shown["line_count"], 3);

        // Another account is another buyer; what somebody says of it stays.
        let other = app.post(&ada, "/api/accounts/", json!({ "name": "Red Kettle" })).await.expect(201).id();
        let moved = app.patch(&ada, &invoice, json!({ "account_id": other, "buyer": { "city": "Nice" } })).await.expect(200).json();
        assert_eq!(of(&moved["buyer"], &["name", "city", "country", "vat_id"]), ["Red Kettle", "Nice", "null", "null"]);
        let terms = app.patch(&ada, &invoice, json!({ "terms": "custom", "due_date": "2026-12-24" })).await.expect(200).json();
        assert_eq!(of(&terms, &["due_date"]), ["2026-12-24"]);
        assert_eq!(of(&app.patch(&ada, &invoice, json!({ "terms": "net_7" })).await.expect(200).json(), &["due_date"]), ["null"]);
        for found in ["search=red", "search=fleet", "state=draft", "currency=EUR", "search=signed"] {
            let count = app.get(&ada, &format!("/api/invoices/?{found}")).await.expect(200).json()["count"].clone();
            assert_eq!(count, i32::from(found != "search=signed"), "{found}");
        }
        app.done().await;
    }

    async fn currencies_have_their_places_and_prices_may_include_the_tax(app) {
        let (ada, account) = house(&app).await;
        let invoice = draft(&app, &ada, &account, json!({ "currency": "JPY" })).await;
        let lines = json!([{ "name": "Tea", "quantity": "3", "unit_price": "333.5" }]);
        let yen = put(&app, &ada, &invoice, json!({ "lines": lines })).await.expect(200).json();
        assert_eq!(of(&yen, TOTALS), ["1001", "0", "0", "1001", "190", "0", "1191"]);
        let lines = json!([{ "name": "Tea", "quantity": "1.5", "unit_price": "0.333", "discount_amount": "0.001" }]);
        let dinar = put(&app, &ada, &invoice, json!({ "currency": "KWD", "lines": lines })).await.expect(200).json();
        assert_eq!(of(&dinar, TOTALS), ["0.499", "0.000", "0.000", "0.499", "0.095", "0.000", "0.594"]);
        assert_eq!(of(&app.get(&ada, &invoice).await.expect(200).json(), &["currency", "total"]), ["KWD", "0.594"]);
        let most = json!([{ "name": "Oil", "quantity": "10", "unit_price": "86000000000" }]);
        let most = put(&app, &ada, &invoice, json!({ "currency": "KWD", "lines": most })).await.expect(422);
        assert_eq!(most.pointers(), ["/lines"]);
        let many = json!([{ "name": "Oil", "unit_price": "83333333333.333", "tax": { "category": "Z" } }]);
        let many = put(&app, &ada, &invoice, json!({ "currency": "KWD", "lines": many })).await.expect(200).json();
        assert_eq!(many["total"], "83333333333.333", "to the last thousandth");

        let lines = json!([{ "name": "Tea", "unit_price": "0.03", "tax": { "category": "S", "percent": "20" } }]);
        let gross = json!({ "currency": "EUR", "prices_include_tax": true, "lines": lines });
        let gross = put(&app, &ada, &invoice, gross).await.expect(200).json();
        assert_eq!(of(&gross, &["total", "lines", "prices_include_tax"])[0], "0.03", "what the price promises");
        assert_ne!(gross["rounding"], "0.00");
        let lines = json!([
            { "name": "Tea", "quantity": "3", "unit_price": "9.99" },
            { "name": "Book", "unit_price": "20", "discount_percent": "15", "tax": { "category": "S", "percent": "7" } },
        ]);
        let all = json!({ "lines": lines, "adjustments": [
            { "kind": "charge", "reason": "Shipping", "amount": "4.95", "tax": { "category": "S", "percent": "19" } },
            { "kind": "discount", "reason": "Voucher", "amount": "5", "tax": { "category": "S", "percent": "19" } },
        ] });
        let told = put(&app, &ada, &invoice, all).await.expect(200).json();
        // 29.97 + 17.00 + 4.95 - 5.00.
        assert_eq!(told["total"], "46.92", "{told}");
        let van = json!({ "name": "Van", "prices": [{ "currency": "EUR", "price": "1" }] });
        let van = app.post(&ada, "/api/products/", van).await.expect(201).id();
        let net = put(&app, &ada, &invoice, json!({ "lines": [{ "product_id": van }] })).await.expect(422);
        assert_eq!(codes(&net), ["no_price"], "the product's price is without tax");
        // It cannot be had in another currency, or the other way, without its lines.
        for (change, at) in [(json!({ "currency": "USD" }), "/currency"), (json!({ "prices_include_tax": false }), "/prices_include_tax")] {
            let refused = app.patch(&ada, &invoice, change).await.expect(422);
            assert_eq!((refused.pointers(), codes(&refused)), (vec![at.to_owned()], vec!["has_lines".to_owned()]));
        }
        app.done().await;
    }

    async fn what_is_wrong_is_said_where_it_is(app) {
        let (ada, account) = house(&app).await;
        let bob = app.member(&ada, "Bob").await;
        let invoice = draft(&app, &ada, &account, json!({})).await;
        let van = json!({ "name": "Van", "prices": [{ "currency": "USD", "price": "1" }] });
        let van = app.post(&ada, "/api/products/", van).await.expect(201).id();
        let line = |more: Value| {
            let mut line = json!({ "name": "Tea", "unit_price": "1" });
            crate::house::merge(&mut line, more);
            line
        };
        let wrong = json!({
            "lines": [
                {}, { "product_id": van }, line(json!({ "unit": "ZZQ" })), line(json!({ "discount_percent": "101" })),
                line(json!({ "discount_percent": "1", "discount_amount": "1" })), line(json!({ "tax": { "category": "S" } })),
                line(json!({ "tax": { "category": "S", "percent": "0" } })), line(json!({ "tax": { "category": "Z", "percent": "7" } })),
                line(json!({ "product_id": invoice.split('/').nth(3) })),
            ],
            "adjustments": [
                { "kind": "charge", "reason": "Shipping" }, { "kind": "charge", "reason": "S", "amount": "1", "percent": "1" },
                { "kind": "discount", "reason": "S", "percent": "100.5" },
            ],
        });
        let refused = put(&app, &ada, &invoice, wrong).await.expect(422);
        assert_eq!(refused.pointers(), [
            "/lines/0/name", "/lines/0/unit_price", "/lines/1/unit_price", "/lines/2/unit", "/lines/3/discount_percent",
            "/lines/4/discount_amount", "/lines/5/tax/percent", "/lines/6/tax/percent", "/lines/7/tax/percent", "/lines/8/product_id",
            "/adjustments/0/amount", "/adjustments/1/amount", "/adjustments/2/percent",
        ]);
        for (body, at, code) in [
            (json!({ "lines": [line(json!({ "discount_amount": "1.01" }))] }), "/lines/0/discount_amount", "above_its_base"),
            (json!({ "lines": [line(json!({ "discount_amount": "0.001" }))] }), "/lines/0/discount_amount", "too_precise"),
            (json!({ "lines": [line(json!({ "discount_amount": "-1" }))] }), "/lines/0/discount_amount", "out_of_range"),
            (json!({ "lines": [line(json!({}))], "adjustments": [{ "kind": "charge", "reason": "S", "amount": "-1" }] }), "/adjustments/0/amount", "out_of_range"),
            (json!({ "lines": [line(json!({}))], "adjustments": [{ "kind": "discount", "reason": "S", "amount": "1.01" }] }), "/adjustments/0", "above_its_base"),
            (json!({ "lines": [line(json!({})), line(json!({ "tax": { "category": "Z" } }))], "adjustments": [{ "kind": "discount", "reason": "S", "amount": "1" }] }), "/adjustments/0/tax", "required"),
            (json!({ "lines": [line(json!({ "quantity": "-1" }))] }), "/lines/0/quantity", "invalid"),
            (json!({ "currency": "EUX", "lines": [] }), "/currency", "invalid"),
        ] {
            let refused = put(&app, &ada, &invoice, body.clone()).await.expect(422);
            assert_eq!(refused.pointers(), [at], "{body} {}", refused.json());
            assert!(code == "invalid" || codes(&refused) == [code], "{body} {}", refused.json());
        }
        app.patch(&ada, "/api/invoice-settings/", json!({ "standard_rate": null })).await.expect(200);
        let refused = put(&app, &ada, &invoice, json!({ "lines": [line(json!({}))] })).await.expect(422);
        assert_eq!((refused.pointers(), codes(&refused)), (vec!["/lines/0/tax".to_owned()], vec!["no_rate".to_owned()]));
        assert_eq!(app.get(&ada, &invoice).await.expect(200).json()["version"], 1, "nothing of that was kept");

        for (change, at) in [
            (json!({ "terms": "custom" }), "/due_date"), (json!({ "due_date": "2026-12-24" }), "/due_date"),
            (json!({ "service_from": "2026-11-02", "service_to": "2026-11-01" }), "/service_to"),
            (json!({ "account_id": van }), "/account_id"), (json!({ "contact_id": van }), "/contact_id"),
            (json!({ "opportunity_id": van }), "/opportunity_id"),
        ] {
            assert_eq!(app.patch(&ada, &invoice, change).await.expect(422).pointers(), [at]);
        }
        for (change, at) in [
            (json!({ "standard_rate": "0" }), "/standard_rate"), (json!({ "terms": "custom" }), "/terms"),
            (json!({ "bank_account": { "iban": "DE89370400440532013001" } }), "/bank_account/iban"),
            (json!({ "bank_account": { "iban": "DE89 3704 0044 0532 0130 00", "bic": "cobadeff" } }), "/bank_account/bic"),
        ] {
            assert_eq!(app.patch(&ada, "/api/invoice-settings/", change).await.expect(422).pointers(), [at]);
        }
        app.patch(&bob, "/api/invoice-settings/", json!({ "notes": "Mine" })).await.expect(403);
        app.get(&bob, "/api/invoice-settings/").await.expect(200);

        // Nothing of another's: neither the invoice nor what it names.
        app.get(&bob, &invoice).await.expect(404);
        put(&app, &bob, &invoice, json!({ "lines": [] })).await.expect(404);
        let unseen = app.post(&bob, "/api/invoices/", json!({ "account_id": account, "currency": "EUR" })).await.expect(422);
        assert_eq!(unseen.pointers(), ["/account_id"]);
        let deal = app.post(&ada, "/api/opportunities/", json!({ "name": "Fleet" })).await.expect(201).id();
        let hidden = app.post(&bob, "/api/invoices/from-opportunity/", json!({ "opportunity_id": deal })).await.expect(422);
        assert_eq!(codes(&hidden), ["unknown_reference"]);
        app.done().await;
    }

    async fn what_is_issued_has_a_number_and_stays_as_it_is(app) {
        let (ada, account) = house(&app).await;
        let bank = json!({ "iban": "DE89 3704 0044 0532 0130 00", "bic": "COBADEFFXXX" });
        app.patch(&ada, "/api/invoice-settings/", json!({ "bank_account": bank })).await.expect(200);
        let bob = app.member(&ada, "Bob").await;
        let other = app.post(&ada, "/api/accounts/", json!({ "name": "Red Kettle" })).await.expect(201).id();
        let contact = app.post(&ada, "/api/contacts/", json!({ "first_name": "Nadia", "last_name": "Okafor" })).await.expect(201).id();
        let deal = app.post(&ada, "/api/opportunities/", json!({ "name": "Fleet" })).await.expect(201).id();
        let invoice = ready(&app, &ada, &account).await;
        app.patch(&ada, &invoice, json!({ "assigned_to": [bob.user], "title": "Tea" })).await.expect(200);
        issue(&app, &bob, &invoice, json!({})).await.expect(403);
        let etag = app.get(&ada, &invoice).await.expect(200).header("etag").to_owned();
        app.patch(&ada, &invoice, json!({ "order_reference": "PO-1" })).await.expect(200);
        let path = format!("{invoice}issue/");
        app.send_with(Some(&ada), Method::POST, &path, &[("if-match", &etag)], Some(json!({}))).await.expect(412);

        let issued = issue(&app, &ada, &invoice, json!({ "issue_date": "2026-10-30" })).await.expect(200).json();
        assert_eq!(of(&issued, &["state", "number", "issue_date", "due_date", "total"]), ["issued", "INV-2026-00001", "2026-10-30", "2026-11-29", "11.90"]);
        assert_eq!(of(&issued["seller"], &["name", "country", "vat_id"]), ["Acme", "DE", "DE123456788"]);
        assert_eq!(issued["bank_account"]["iban"], "DE89370400440532013000");
        assert_eq!((&issued["issued_by"], &issued["series"]["name"]), (&json!(ada.user), &json!("Invoices")));
        assert_eq!(issue(&app, &ada, &invoice, json!({})).await.expect(409).code(), "issued");
        app.patch(&ada, "/api/invoice-settings/", json!({ "seller": { "name": "Acme SE" } })).await.expect(200);

        for (field, value) in [
            ("title", json!("Coffee")), ("account_id", json!(other)), ("contact_id", json!(contact)), ("opportunity_id", json!(deal)),
            ("currency", json!("USD")), ("prices_include_tax", json!(true)), ("terms", json!("net_7")), ("due_date", json!("2027-01-01")),
            ("service_from", json!("2026-10-01")), ("service_to", json!("2026-10-02")), ("buyer_reference", json!("X")),
            ("order_reference", json!("X")), ("notes", json!("X")), ("buyer", json!({ "city": "X" })), ("order_reference", Value::Null),
        ] {
            let refused = app.patch(&ada, &invoice, json!({ field: value })).await.expect(409);
            assert_eq!(refused.code(), "issued", "{field}");
        }
        let whole = json!({ "account_id": account, "currency": "EUR" });
        assert_eq!(app.send(Some(&ada), Method::PUT, &invoice, Some(whole)).await.expect(409).code(), "issued");
        assert_eq!(put(&app, &ada, &invoice, json!({ "lines": [] })).await.expect(409).code(), "issued");
        assert_eq!(app.delete(&ada, &invoice).await.expect(409).code(), "issued");
        let after = app.get(&ada, &invoice).await.expect(200).json();
        assert_eq!(after, issued, "as it was");

        // What the house says about it is another matter.
        let tag = app.post(&ada, "/api/tags/", json!({ "name": "Export" })).await.expect(201).id();
        let ours = json!({ "internal_notes": "Called them.", "assigned_to": [ada.user], "tags": [tag], "title": "Tea" });
        let ours = app.patch(&ada, &invoice, ours).await.expect(200).json();
        assert_eq!(of(&ours, &["internal_notes", "number"]), ["Called them.", "INV-2026-00001"]);
        let id = invoice.split('/').nth(3).expect("an id").to_owned();
        let log = app.get(&ada, &format!("/api/invoices/activity/{id}/")).await.expect(200).json();
        assert!(log.to_string().contains("\"issued\""), "{log}");

        let org = ada.org.expect("an organisation");
        let actor = rapport::mount::gate(&app.parts).actor(org, Some(ada.user), base::Request::default()).await.expect("asked").expect("a member");
        let id = id.parse().expect("an id");
        let again = app.parts.db.read(&actor, async |tx| invoices::content_hash(tx, id).await).await.expect("a hash");
        assert_eq!((json!(again), again.len()), (issued["content_hash"].clone(), 64));
        sneak(&app, org, "UPDATE invoice_line SET unit_price = 11").await.expect("the owner may");
        let other = app.parts.db.read(&actor, async |tx| invoices::content_hash(tx, id).await).await.expect("a hash");
        assert_ne!(other, again, "whoever changes it in the database shows");

        for found in ["number=INV-2026-00001", "search=inv-2026-00001", "state=issued&issue_date__lte=2026-10-30", "due_date__gte=2026-11-29"] {
            assert_eq!(app.get(&ada, &format!("/api/invoices/?{found}")).await.expect(200).json()["count"], 1, "{found}");
        }
        app.done().await;
    }

    async fn whoever_has_the_verb_issues(app) {
        let (ada, _) = house(&app).await;
        let (bob, tom) = (app.member(&ada, "Bob").await, app.member(&ada, "Tom").await);
        let usual = app.get(&ada, &format!("/api/roles/{}/", app.role(&ada, "User").await)).await.expect(200).json();
        let mut grants = usual["grants"].clone();
        assert_eq!(grants["invoice.issue"], Value::Null, "a USER has it not");
        grants["invoice.issue"] = json!("own");
        let role = app.post(&ada, "/api/roles/", json!({ "name": "Billing", "grants": grants })).await.expect(201).id();
        app.give(&ada, &bob, role).await;
        app.post(&ada, "/api/teams/", json!({ "name": "North", "members": [bob.user, tom.user] })).await.expect(201);
        let mut drafts = Vec::new();
        for who in [&bob, &tom] {
            let buyer = json!({ "name": format!("Kettle {}", who.user), "billing_address": { "country": "FR" } });
            let account = app.post(who, "/api/accounts/", buyer).await.expect(201).id().to_string();
            let made = ready(&app, who, &account).await;
            app.patch(who, &made, json!({ "assigned_to": [who.user] })).await.expect(200);
            drafts.push(made);
        }
        issue(&app, &bob, &drafts[1], json!({})).await.expect(403);
        issue(&app, &tom, &drafts[1], json!({})).await.expect(403);
        issue(&app, &bob, &drafts[0], json!({})).await.expect(200);
        let stranger = app.member(&ada, "Eve").await;
        issue(&app, &stranger, &drafts[1], json!({})).await.expect(404);
        app.done().await;
    }

    async fn an_invoice_that_lacks_something_is_not_issued(app) {
        let ada = app.admin("Acme").await;
        let account = app.post(&ada, "/api/accounts/", json!({ "name": "Blue Kettle" })).await.expect(201).id().to_string();
        let invoice = draft(&app, &ada, &account, json!({})).await;
        let refused = issue(&app, &ada, &invoice, json!({ "issue_date": "2030-01-01" })).await.expect(422);
        assert_eq!(codes(&refused), ["in_future", "no_lines", "no_buyer_country", "no_seller_country"]);
        let nowhere = json!({ "series_id": account });
        assert_eq!(issue(&app, &ada, &invoice, nowhere).await.expect(422).pointers(), ["/series_id"]);

        // Where EN 16931 is the law, its rules hold, by their names.
        let exempt = json!({ "lines": [{ "name": "Tea", "unit_price": "1", "tax": { "category": "E" } }] });
        put(&app, &ada, &invoice, exempt).await.expect(200);
        app.patch(&ada, &invoice, json!({ "buyer": { "country": "FR" } })).await.expect(200);
        app.patch(&ada, "/api/invoice-settings/", json!({ "seller": { "country": "DE" } })).await.expect(200);
        let refused = issue(&app, &ada, &invoice, json!({})).await.expect(422);
        assert_eq!(codes(&refused).into_iter().collect::<BTreeSet<_>>(), ["br_co_26", "br_e_02", "br_e_10"].map(str::to_owned).into());
        app.patch(&ada, "/api/invoice-settings/", json!({ "seller": { "country": "US" } })).await.expect(200);
        let issued = issue(&app, &ada, &invoice, json!({})).await.expect(200).json();
        assert_eq!(issued["number"], "INV-2026-00001", "what was refused took no number");

        // Thousandths are no fault of a currency that has them.
        app.patch(&ada, "/api/invoice-settings/", json!({ "seller": { "country": "DE", "vat_id": "DE123456788" } })).await.expect(200);
        let dinars = draft(&app, &ada, &account, json!({ "currency": "KWD", "buyer": { "country": "KW" } })).await;
        let lines = json!({ "lines": [{ "name": "Tea", "unit_price": "1.005", "tax": { "category": "G" } }] });
        put(&app, &ada, &dinars, lines).await.expect(200);
        assert_eq!(issue(&app, &ada, &dinars, json!({})).await.expect(200).json()["total"], "1.005");
        app.done().await;
    }

    async fn numbers_are_without_gaps_however_many_ask_at_once(app) {
        let (ada, account) = house(&app).await;
        let other = json!({ "name": "Shop", "pattern": "WEB-{seq:3}" });
        let other = app.post(&ada, "/api/invoice-series/", other).await.expect(201).id();
        let mut drafts = Vec::new();
        for n in 0..64 {
            // Every fourth one is refused by the last check of all, after it took a number.
            let invoice = ready(&app, &ada, &account).await;
            if n % 4 == 3 {
                let exempt = json!({ "lines": [{ "name": "Tea", "unit_price": "1", "tax": { "category": "E" } }] });
                put(&app, &ada, &invoice, exempt).await.expect(200);
            }
            drafts.push((n, invoice));
        }
        let issued = join_all(drafts.iter().map(|(n, invoice)| {
            let (app, ada) = (&app, &ada);
            let body = if n % 2 == 0 { json!({}) } else { json!({ "series_id": other }) };
            async move {
                loop {
                    let answer = issue(app, ada, invoice, body.clone()).await;
                    if answer.status != 503 {
                        return answer;
                    }
                }
            }
        })).await;
        let mut numbers: Vec<String> = Vec::new();
        for ((n, invoice), answer) in drafts.iter().zip(issued) {
            if n % 4 == 3 {
                assert_eq!(codes(&answer.expect(422)), ["br_e_10"]);
                assert_eq!(app.get(&ada, invoice).await.expect(200).json()["number"], Value::Null);
            } else {
                numbers.push(answer.expect(200).json()["number"].as_str().expect("a number").to_owned());
            }
        }
        numbers.sort();
        let of = |series: fn(i32) -> String, most: i32| (1..=most).map(series).collect::<Vec<_>>();
        let mut all = of(|n| format!("INV-2026-{n:05}"), 32);
        all.extend(of(|n| format!("WEB-{n:03}"), 16));
        assert_eq!(numbers, all, "none twice, none missing");
        app.done().await;
    }

    async fn the_count_begins_again_with_the_year_and_never_goes_back(app) {
        let (ada, account) = house(&app).await;
        let monthly = json!({ "name": "Monthly", "pattern": "M{year}{month}-{seq}", "is_default": true });
        let monthly = app.post(&ada, "/api/invoice-series/", monthly).await.expect(201).id();
        let yearly = app.get(&ada, "/api/invoice-series/?is_default=false").await.expect(200).json()["results"][0]["id"].clone();
        for (day, series, number) in [
            ("2025-12-30", json!({}), "M202512-1"), ("2025-12-31", json!({}), "M202512-2"), ("2026-01-01", json!({}), "M202601-1"),
            ("2025-12-31", json!({ "series_id": yearly }), "INV-2025-00001"), ("2026-01-02", json!({ "series_id": yearly }), "INV-2026-00001"),
            ("2026-01-02", json!({ "series_id": yearly }), "INV-2026-00002"),
        ] {
            let mut body = json!({ "issue_date": day });
            crate::house::merge(&mut body, series);
            let invoice = ready(&app, &ada, &account).await;
            assert_eq!(issue(&app, &ada, &invoice, body).await.expect(200).json()["number"], number);
        }
        let late = ready(&app, &ada, &account).await;
        let refused = issue(&app, &ada, &late, json!({ "issue_date": "2025-12-31" })).await.expect(422);
        assert_eq!((refused.pointers(), codes(&refused)), (vec!["/issue_date".to_owned()], vec!["before_last".to_owned()]));
        let overdue = app.get(&ada, "/api/invoices/?number=INV-2026-00002").await.expect(200).json();
        assert_eq!(overdue["results"][0]["is_overdue"], true);

        let series = format!("/api/invoice-series/{monthly}/");
        assert_eq!(app.patch(&ada, &series, json!({ "pattern": "N{seq}" })).await.expect(409).code(), "in_use");
        assert_eq!(app.patch(&ada, &series, json!({ "is_default": false })).await.expect(422).pointers(), ["/is_default"]);
        assert_eq!(app.delete(&ada, &series).await.expect(409).code(), "is_default");
        app.patch(&ada, &series, json!({ "name": "By month" })).await.expect(200);
        let wrong = json!({ "name": "Wrong", "pattern": "{month}-{seq}" });
        assert_eq!(app.post(&ada, "/api/invoice-series/", wrong).await.expect(422).pointers(), ["/pattern"]);
        let same = json!({ "name": "Same", "pattern": "INV-{year}-{seq:5}" });
        assert_eq!(app.post(&ada, "/api/invoice-series/", same).await.expect(409).code(), "duplicate");
        app.patch(&ada, &format!("/api/invoice-series/{}/", yearly.as_str().expect("an id")), json!({ "is_default": true })).await.expect(200);
        app.delete(&ada, &series).await.expect(204);
        let bob = app.member(&ada, "Bob").await;
        app.post(&bob, "/api/invoice-series/", json!({ "name": "Bob's", "pattern": "B{seq}" })).await.expect(403);
        app.done().await;
    }

    async fn what_was_agreed_becomes_a_draft(app) {
        let (ada, account) = house(&app).await;
        let book = json!({ "name": "Book", "tax_class": "reduced", "prices": [{ "currency": "EUR", "price": "12.5" }] });
        let book = app.post(&ada, "/api/products/", book).await.expect(201).id();
        let deal = app.post(&ada, "/api/opportunities/", json!({ "name": "Books", "account_id": account })).await.expect(201).id();
        let from = json!({ "opportunity_id": deal });
        assert_eq!(codes(&app.post(&ada, "/api/invoices/from-opportunity/", from.clone()).await.expect(422)), ["no_currency"]);
        let lines = json!({ "currency": "EUR", "lines": [
            { "product_id": book, "quantity": "2", "discount_amount": "1.00" }, { "name": "Wrapping", "unit_price": "0.335" },
        ] });
        app.send(Some(&ada), Method::PUT, &format!("/api/opportunities/{deal}/lines/"), Some(lines)).await.expect(200);
        let made = app.post(&ada, "/api/invoices/from-opportunity/", from.clone()).await.expect(201).json();
        assert_eq!(of(&made, &["state", "title", "currency", "net_total", "tax_total", "total"]), ["draft", "Books", "EUR", "24.34", "1.74", "26.08"]);
        assert_eq!((&made["account"]["id"], &made["opportunity"]["id"], &made["line_count"]), (&json!(account), &json!(deal), &json!(2)));
        app.patch(&ada, "/api/invoice-settings/", json!({ "standard_rate": null })).await.expect(200);
        let refused = app.post(&ada, "/api/invoices/from-opportunity/", from).await.expect(422);
        assert_eq!((refused.pointers(), codes(&refused)), (vec!["/opportunity_id".to_owned()], vec!["no_rate".to_owned()]));
        assert_eq!(app.get(&ada, "/api/invoices/").await.expect(200).json()["count"], 1, "and nothing of it was kept");
        app.done().await;
    }

    async fn no_server_can_write_a_number_twice(app) {
        let (ada, account) = house(&app).await;
        let invoice = ready(&app, &ada, &account).await;
        issue(&app, &ada, &invoice, json!({})).await.expect(200);
        let other = ready(&app, &ada, &account).await;
        let org = ada.org.expect("an organisation");
        let set = async |what: &str| sneak(&app, org, &format!("UPDATE invoice SET {what} WHERE state = 'draft'")).await;
        set("number = 'INV-2026-00003'").await.expect_err("a draft has no number");
        let all = "state = 'issued', issue_date = '2026-11-05', due_date = '2026-11-05', seller = buyer, content_hash = 'x', \
                   series_id = (SELECT series_id FROM invoice WHERE number IS NOT NULL), number = ";
        set(&format!("{all} 'INV-2026-00001'")).await.expect_err("none twice");
        set(&format!("{all} 'INV-2026-00002'")).await.expect("the control");
        assert_eq!(app.get(&ada, &other).await.expect(200).json()["number"], "INV-2026-00002");
        app.done().await;
    }
}

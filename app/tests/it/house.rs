//! An organisation with one record of every kind, each with the word `canary` in it, and more of them where a test needs one
//! of its own.

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicU32, Ordering},
};

use base::{Actor, Fields, News, Request as Asked, Told};
use inbound::InboundMail;
use poem::{Body, Request, http::Method};
use sea_orm::EntityTrait;
use serde_json::{Value, json};
use testing::{Person, Reply, TestApp};

/// The ids of what is in it, by what it is.
pub type Ids = BTreeMap<&'static str, String>;

/// The records that are seen by whom they are assigned to.
pub const ASSIGNED: &[&str] = &["account", "contact", "opportunity", "lead", "case", "task", "event", "invoice"];

/// The records that are seen by whom they have as members, and what is in these.
pub const JOINED: &[&str] = &["board", "board_column", "card"];

/// Those that are made before all others.
const ALONE: &[&str] = &[
    "team",
    "tag",
    "role",
    "form",
    "account",
    "pipeline",
    "product",
    "business_calendar",
    "sla_policy",
    "escalation_rule",
    "routing_rule",
    "mailbox",
    "invoice_series",
];

/// A number that no other record of these tests has, for names that may be there once.
pub fn number() -> u32 {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// One of each, tied to one another wherever a filter of a list can ask for that.
pub async fn furnish(app: &TestApp, admin: &Person) -> Ids {
    let mut ids = Ids::new();
    ids.insert("member", admin.user.to_string());
    ids.insert("org", admin.org.expect("an organisation").to_string());
    for &kind in ALONE {
        let made = make(app, admin, kind, &ids, tied(kind, &ids)).await;
        ids.insert(kind, made);
    }
    for kind in [
        "contact",
        "opportunity",
        "lead",
        "solution",
        "case",
        "task",
        "event",
        "comment",
        "attachment",
        "invitation",
        "job",
        "contact_message",
    ] {
        let made = make(app, admin, kind, &ids, tied(kind, &ids)).await;
        ids.insert(kind, made);
    }
    bill(app, admin, &mut ids).await;
    stand(app, admin, &mut ids).await;
    let line = json!({ "currency": "EUR", "lines": [{ "product_id": ids["product"], "name": "canary" }] });
    let lines = format!("/api/opportunities/{}/lines/", ids["opportunity"]);
    app.send(Some(admin), Method::PUT, &lines, Some(line)).await.expect(200);
    let told = make(app, admin, "notification", &ids, json!({})).await;
    ids.insert("notification", told);
    for &kind in JOINED {
        let made = make(app, admin, kind, &ids, tied(kind, &ids)).await;
        ids.insert(kind, made);
    }
    for step in ["approval", "publication"] {
        let path = format!("/api/solutions/{}/{step}/", ids["solution"]);
        app.send(Some(admin), Method::POST, &path, None).await.expect(200);
    }
    app.patch(admin, "/api/cases/satisfaction/settings/", json!({ "question": "canary" })).await.expect(200);
    let open = json!({ "title": "canary", "is_enabled": true });
    app.patch(admin, "/api/solutions/help-centre/", open).await.expect(200);
    for about in ["contact", "opportunity"] {
        let with = json!({ "column_id": ids["board_column"], format!("{about}_id"): ids[about] });
        make(app, admin, "card", &ids, with).await;
    }
    write_in(app, admin, &mut ids).await;
    make(app, admin, "account", &ids, json!({ "parent_id": ids["account"] })).await;
    make(app, admin, "case", &ids, json!({ "parent_id": ids["case"], "case_type": "question", "status": "closed" }))
        .await;
    app.send(Some(admin), Method::PUT, &helped(&ids), None).await.expect(200);
    make(app, admin, "card", &ids, json!({ "column_id": ids["board_column"], "case_id": ids["case"] })).await;
    for into in ["case", "other_case"] {
        let other = make(app, admin, "other_case", &ids, json!({})).await;
        if into == "case" {
            let merging = json!({ "others": [other] });
            app.post(admin, &format!("/api/cases/{}/merge/", ids["case"]), merging).await.expect(200);
        } else {
            ids.insert(into, other);
        }
    }
    for about in ["opportunity", "lead", "case"] {
        make(app, admin, "task", &ids, json!({ format!("{about}_id"): ids[about] })).await;
    }
    for about in ["opportunity", "lead", "contact", "case"] {
        make(app, admin, "event", &ids, json!({ format!("{about}_id"): ids[about] })).await;
    }
    answer_in(app, admin, &ids).await;
    let worked = make(app, admin, "time_entry", &ids, json!({})).await;
    ids.insert("time_entry", worked);
    let one = format!("/api/events/{}/occurrences/2026-11-08/", ids["event"]);
    app.patch(admin, &one, json!({ "title": "canary" })).await.expect(200);
    let again = json!({ "due_on": "2026-11-05", "recurrence": "FREQ=DAILY", "status": "completed" });
    let once = json!({ "due_on": null, "recurrence": null, "status": "new" });
    for change in [again, once] {
        app.patch(admin, &format!("/api/tasks/{}/", ids["task"]), change).await.expect(200);
    }
    for kind in ["time_entry", "case_macro", "goal", "exchange_rate"] {
        let made = make(app, admin, kind, &ids, tied(kind, &ids)).await;
        ids.insert(kind, made);
    }
    make(app, admin, "goal", &ids, json!({ "team_id": ids["team"] })).await;
    make(app, admin, "goal", &ids, json!({ "period": "monthly", "starts_on": "2026-11-01" })).await;
    submit(app, admin, &ids["form"], "submissions").await;
    put_logo(app, admin, &ids["org"]).await.expect(200);
    let other = app.member(admin, "canary").await;
    let role = json!({ "role_id": ids["role"] });
    app.patch(admin, &format!("/api/members/{}/", other.user), role).await.expect(200);
    ids
}

/// Two invoices: a draft, and one that is issued.
async fn bill(app: &TestApp, admin: &Person, ids: &mut Ids) {
    let seller = json!({ "name": "canary", "country": "DE", "vat_id": "DE123456788" });
    app.patch(admin, "/api/invoice-settings/", json!({ "seller": seller, "standard_rate": "19" })).await.expect(200);
    for step in ["", "issue/"] {
        let made = make(app, admin, "invoice", ids, tied("invoice", ids)).await;
        let lines = json!({ "lines": [{ "product_id": ids["product"] }] });
        let path = format!("/api/invoices/{made}/");
        app.send(Some(admin), Method::PUT, &format!("{path}lines/"), Some(lines)).await.expect(200);
        if step.is_empty() {
            ids.insert("invoice", made);
        } else {
            let series = json!({ "series_id": ids["invoice_series"] });
            app.post(admin, &format!("{path}{step}"), series).await.expect(200);
        }
    }
}

/// The link of the case to the solution.
fn helped(ids: &Ids) -> String {
    format!("/api/cases/{}/solutions/{}/", ids["case"], ids["solution"])
}

/// The built-in pipelines with a stage of each in which something stands.
async fn stand(app: &TestApp, admin: &Person, ids: &mut Ids) {
    make(app, admin, "opportunity", ids, json!({})).await;
    for (kind, pipeline, stage) in [
        ("lead", "lead_pipeline", "lead_stage"),
        ("opportunity", "opportunity_pipeline", "opportunity_stage"),
        ("task", "task_pipeline", "task_stage"),
        ("case", "case_pipeline", "case_stage"),
    ] {
        let path = format!("/api/pipelines/?kind={kind}&is_built_in=true");
        let built_in = app.get(admin, &path).await.expect(200).json()["results"][0].clone();
        ids.insert(pipeline, text(&built_in["id"]));
        ids.insert(stage, text(&built_in["stages"][0]["id"]));
    }
}

pub fn tied(kind: &str, ids: &Ids) -> Value {
    let ties = || json!({ "assigned_to": [ids["member"]], "teams": [ids["team"]], "tags": [ids["tag"]] });
    let and = |more: Value| {
        let mut all = ties();
        merge(&mut all, more);
        all
    };
    match kind {
        "team" => json!({ "members": [ids["member"]] }),
        "goal" => json!({ "member_id": ids["member"] }),
        "product" => json!({ "category": "canary", "prices": [{ "currency": "EUR", "price": "1.00" }] }),
        "board_column" => json!({ "board_id": ids["board"] }),
        "card" => and(json!({ "column_id": ids["board_column"], "account_id": ids["account"] })),
        "account" | "form" | "mailbox" | "solution" => ties(),
        "sla_policy" => json!({ "calendar_id": ids["business_calendar"], "is_default": true }),
        "contact_message" => json!({ "form_id": ids["form"] }),
        "contact" => and(json!({ "account_id": ids["account"] })),
        "lead" => and(json!({ "contacts": [ids["contact"]] })),
        "escalation_rule" => json!({ "notify": [ids["member"]], "assign_to_id": ids["member"] }),
        "routing_rule" => json!({ "accounts": [ids["account"]], "tags": [ids["tag"]] }),
        "case" => {
            and(json!({ "contacts": [ids["contact"]], "account_id": ids["account"], "watchers": [ids["member"]] }))
        }
        "event" => and(json!({ "contacts": [ids["contact"]], "leads": [ids["lead"]], "account_id": ids["account"] })),
        "invoice" => and(json!({
            "account_id": ids["account"], "contact_id": ids["contact"], "opportunity_id": ids["opportunity"],
        })),
        "task" => and(json!({ "contacts": [ids["contact"]], "account_id": ids["account"] })),
        "opportunity" => and(json!({
            "account_id": ids["account"], "contacts": [ids["contact"]], "stage": "closed_won", "amount": "1.00",
            "currency": "EUR", "closed_on": "2026-11-20", "closed_by": ids["member"],
        })),
        _ => json!({}),
    }
}

/// One more of this kind, made by `who` with what the body shall say beside its name. Answers its id.
pub async fn make(app: &TestApp, who: &Person, kind: &str, ids: &Ids, with: Value) -> String {
    let name = format!("canary {}", number());
    let (path, mut body) = match kind {
        // Each on a board of its own, unless it is said on which.
        "board_column" => {
            let board = match with["board_id"].as_str() {
                Some(board) => board.to_owned(),
                None => Box::pin(make(app, who, "board", ids, json!({}))).await,
            };
            ("/api/boards/columns/".to_owned(), json!({ "name": name, "board_id": board }))
        }
        "card" => {
            let column = match with["column_id"].as_str() {
                Some(column) => column.to_owned(),
                None => Box::pin(make(app, who, "board_column", ids, json!({}))).await,
            };
            ("/api/boards/cards/".to_owned(), json!({ "title": name, "column_id": column }))
        }
        "team" | "tag" | "account" | "opportunity" | "product" | "board" | "case" => {
            (plural(kind), json!({ "name": name }))
        }
        "other_case" => (plural("case"), json!({ "name": name })),
        "role" => (plural(kind), json!({ "name": name, "grants": {} })),
        "pipeline" => {
            let stages = json!([{ "name": "canary", "status": "prospecting" }]);
            (plural(kind), json!({ "name": name, "kind": "opportunity", "stages": stages }))
        }
        "contact" => (plural(kind), json!({ "first_name": "canary", "last_name": name })),
        "lead" => (plural(kind), json!({ "title": name, "company_name": name })),
        "invoice" => {
            let account = match with["account_id"].as_str() {
                Some(account) => account.to_owned(),
                None => Box::pin(make(app, who, "account", ids, json!({}))).await,
            };
            let buyer = json!({ "country": "FR" });
            (plural(kind), json!({ "title": name, "account_id": account, "currency": "EUR", "buyer": buyer }))
        }
        "goal" => (
            plural(kind),
            json!({
                "name": name, "metric": "revenue", "period": "quarterly", "starts_on": "2026-10-01", "target_amount": "5.00", "currency": "EUR",
            }),
        ),
        "exchange_rate" => (
            "/api/exchange-rates/".to_owned(),
            json!({
                "from_currency": "GBP", "to_currency": "EUR", "rate": "1.25", "valid_on": day(),
            }),
        ),
        "solution" => (plural(kind), json!({ "title": name, "content": "canary" })),
        "mailbox" => {
            let address = format!("canary-{}@people.example", number());
            ("/api/mailboxes/".to_owned(), json!({ "name": name, "address": address }))
        }
        "inbound_mail" => {
            let renewed = format!("/api/mailboxes/{}/key/", ids["mailbox"]);
            let mailbox = app.send(Some(who), Method::POST, &renewed, None).await.expect(200).json();
            return deliver(app, &text(&mailbox["key"]), &name).await;
        }
        "event" => {
            let daily = json!({ "title": name, "start": "2026-11-06T09:00:00", "recurrence": "FREQ=DAILY", "assigned_to": [who.user] });
            (plural(kind), daily)
        }
        "form" | "task" => (plural(kind), json!({ "title": name })),
        "invitation" | "job" => {
            let email = format!("canary-{}@people.example", number());
            (plural("invitation"), json!({ "email": email, "role_id": ids["role"] }))
        }
        "business_calendar" | "escalation_rule" | "routing_rule" | "sla_policy" | "time_entry" | "case_macro"
        | "invoice_series" => of_service(kind, &name, ids),
        "comment" => (format!("/api/leads/comment/{}/", ids["lead"]), json!({ "body": name })),
        "attachment" => {
            let path = format!("/api/leads/attachment/{}/", ids["lead"]);
            return send_file(app, who, Method::POST, &path, b"canary").await.expect(201).id().to_string();
        }
        "contact_message" => {
            // A form takes ten at once, so each has one of its own.
            let form = match with["form_id"].as_str() {
                Some(form) => form.to_owned(),
                None => Box::pin(make(app, who, "form", ids, json!({}))).await,
            };
            submit(app, who, &form, "messages").await;
            let messages = app.get(who, &format!("/api/contact-messages/?form_id={form}")).await.expect(200).json();
            return text(&messages["results"][0]["id"]);
        }
        "notification" => return told(app, who, &ids["lead"]).await,
        "member" => return app.member(who, "canary").await.user.to_string(),
        "org" => return ids["org"].clone(),
        other => panic!("nobody has said how a {other} is made"),
    };
    merge(&mut body, with);
    let made = app.post(who, &path, body).await.expect(201);
    if kind != "job" {
        return made.id().to_string();
    }
    // Those that wait for a day to come have ids in no order, and may be in front.
    let jobs = app.get(who, "/api/jobs/?limit=200").await.expect(200).json();
    let mail = jobs["results"].as_array().and_then(|jobs| jobs.iter().find(|job| job["kind"] == "send_mail"));
    text(&mail.expect("the mail of the invitation")["id"])
}

/// Where these are made, and by what: rules and the like, that an organisation has few of.
fn of_service(kind: &str, name: &str, ids: &Ids) -> (String, Value) {
    match kind {
        "business_calendar" => {
            ("/api/calendars/".to_owned(), json!({ "name": name, "time_zone": "UTC", "business_hours": [] }))
        }
        "escalation_rule" => {
            let rule = json!({ "name": name, "promised": "resolution", "level": "warning" });
            ("/api/escalation-rules/".to_owned(), rule)
        }
        // It holds for no case of these tests.
        "routing_rule" => {
            let (whom, elsewhere) = ([&ids["member"]], ["canary.example"]);
            let rule = json!({ "name": name, "strategy": "direct", "members": whom, "sender_domains": elsewhere });
            ("/api/cases/routing-rules/".to_owned(), rule)
        }
        "sla_policy" => ("/api/sla-policies/".to_owned(), json!({ "name": name })),
        "invoice_series" => {
            ("/api/invoice-series/".to_owned(), json!({ "name": name, "pattern": format!("C{}-{{seq}}", number()) }))
        }
        "time_entry" => {
            let worked =
                json!({ "case_id": ids["case"], "worked_on": "2026-11-05", "minutes": 30, "description": name });
            ("/api/cases/time-entries/".to_owned(), worked)
        }
        _ => {
            let actions = json!([{ "priority": "high" }, { "comment": { "body": "canary" } }]);
            let shared = json!({ "name": name, "visibility": "shared", "actions": actions });
            ("/api/cases/macros/".to_owned(), shared)
        }
    }
}

/// A day that no other record of these tests has.
pub fn day() -> String {
    let number = number();
    format!("{:04}-{:02}-01", 2000 + number / 12 % 8000, number % 12 + 1)
}

/// Tells somebody of a lead. Answers the id of the notification.
async fn told(app: &TestApp, who: &Person, lead: &str) -> String {
    #[expect(clippy::disallowed_methods, reason = "a test is its own gate")]
    let nobody = Actor::system(who.org.expect("an organisation"), Asked::default());
    let lead = lead.parse().expect("an id");
    let telling = app.parts.db.apply(&nobody, async |tx| {
        tx.tell(Told::of(News::Assigned, "lead", lead, [who.user]));
        Ok(())
    });
    telling.await.expect("told");
    let newest = app.get(who, "/api/notifications/?limit=1").await.expect(200).json();
    text(&newest["results"][0]["id"])
}

fn plural(kind: &str) -> String {
    let module = kind.strip_suffix('y').map_or_else(|| format!("{kind}s"), |kind| format!("{kind}ies"));
    format!("/api/{module}/")
}

/// What a visitor sends through a form.
async fn submit(app: &TestApp, admin: &Person, form: &str, what: &str) {
    let form = app.get(admin, &format!("/api/forms/{form}/")).await.expect(200).json();
    let said = json!({ "name": "canary", "email": "canary@people.example", "message": "canary" });
    let path = format!("/api/forms/{}/{what}/", text(&form["key"]));
    app.send(None, Method::POST, &path, Some(said)).await.expect(202);
}

/// A customer's mail; the case that it opens is the house's from then on.
async fn write_in(app: &TestApp, admin: &Person, ids: &mut Ids) {
    let contact = format!("/api/contacts/{}/", ids["contact"]);
    app.patch(admin, &contact, json!({ "email": "canary@people.example" })).await.expect(200);
    let mail = make(app, admin, "inbound_mail", ids, json!({})).await;
    let shown = app.get(admin, &format!("/api/mail/inbound/message/{mail}/")).await.expect(200).json();
    ids.insert("inbound_mail", mail);
    ids.insert("case", text(&shown["case"]["id"]));
    app.patch(admin, &format!("/api/cases/{}/", ids["case"]), tied("case", ids)).await.expect(200);
}

/// A customer's answer to an invitation. Nobody was invited yet, so no mail server could bring it.
async fn answer_in(app: &TestApp, admin: &Person, ids: &Ids) {
    let id = |kind| ids[kind].parse().expect("an id");
    let mail = Mail {
        mailbox_id: id("mailbox"),
        event_id: Some(id("event")),
        message_key: number().to_string(),
        subject: Some("canary".to_owned()),
        from_address: Some("canary@people.example".to_owned()),
        ..Mail::default()
    };
    #[expect(clippy::disallowed_methods, reason = "a test is its own gate")]
    let nobody = Actor::system(admin.org.expect("an organisation"), Asked::default());
    let kept = app.parts.db.apply(&nobody, async |tx| tx.insert::<InboundMail>(mail, Fields::none()).await);
    kept.await.expect("kept");
}

type Mail = <InboundMail as EntityTrait>::Model;

async fn deliver(app: &TestApp, key: &str, subject: &str) -> String {
    let mail = format!(
        "From: canary@people.example\r\nMessage-ID: <{}@people.example>\r\nSubject: {subject}\r\n\r\ncanary",
        number()
    );
    let request = Request::builder().method(Method::POST).uri_str(format!("/api/mail/inbound/{key}/"));
    let told = Reply::read(app.call(request.content_type("message/rfc822").body(mail)).await).await;
    text(&told.expect(200).json()["id"])
}

/// Puts the members of `more` into `body`.
pub fn merge(body: &mut Value, more: Value) {
    if let (Value::Object(body), Value::Object(more)) = (body, more) {
        body.extend(more);
    }
}

pub async fn put_logo(app: &TestApp, who: &Person, org: &str) -> Reply {
    send_file(app, who, Method::PUT, &format!("/api/orgs/{org}/logo/"), PICTURE).await
}

/// The beginning of a PNG, which is what a picture is known by.
pub const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n0000";

/// Sends a file as a browser's form does.
pub async fn send_file(app: &TestApp, who: &Person, method: Method, path: &str, content: &[u8]) -> Reply {
    let mut body = b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"canary.txt\"\r\n\r\n".to_vec();
    body.extend_from_slice(content);
    body.extend_from_slice(b"\r\n--x--\r\n");
    let request = Request::builder().method(method).uri_str(path).content_type("multipart/form-data; boundary=x");
    let request = request.header("authorization", format!("Bearer {}", who.token));
    let request = request.header("org", who.org.expect("an organisation").to_string());
    Reply::read(app.call(request.body(Body::from_vec(body))).await).await
}

pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

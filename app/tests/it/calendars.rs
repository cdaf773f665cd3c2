//! When an organisation works, and what it promises in that time.

use base::{Actor, Grants, Request};
use calendars::{Priority, Sla};
use serde_json::{Value, json};
use testing::{Person, TestApp, both};

/// Monday to Friday, nine to five.
fn week() -> Value {
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday"];
    days.iter().map(|day| json!({ "weekday": day, "opens": "09:00", "closes": "17:00" })).collect()
}

async fn calendar(app: &TestApp, who: &Person, name: &str, is_default: bool) -> Value {
    let body = json!({
        "name": name, "time_zone": "Europe/Berlin", "business_hours": week(), "is_default": is_default,
        "holidays": [{ "date": "2026-11-06", "name": "Works outing" }],
    });
    app.post(who, "/api/calendars/", body).await.expect(201).json()
}

async fn in_force(app: &TestApp, who: &Person) -> Value {
    app.get(who, "/api/sla-policies/in-force/").await.expect(200).json()
}

/// What a case is told, at noon on Thursday the 5th of November 2026.
async fn due(app: &TestApp, who: &Person, priority: Priority) -> [String; 2] {
    #[expect(clippy::disallowed_methods, reason = "a test is its own gate")]
    let actor =
        Actor::of(who.org.expect("an organisation"), who.user, Grants::default(), Vec::new(), Request::default());
    let sla = app.parts.db.read(&actor, async |tx| Sla::in_force(tx).await).await.expect("an SLA");
    let opened = testing::noon();
    [sla.first_response_due(priority, opened), sla.resolution_due(priority, opened)]
        .map(|due| due.expect("a deadline").format("%F %T").to_string())
}

both! {
    async fn who_set_nothing_has_what_is_usual_around_the_clock(app) {
        let ada = app.admin("Acme").await;
        let hours = |first: i64, then: i64| json!({ "first_response": first * 3600, "resolution": then * 3600 });
        assert_eq!(in_force(&app, &ada).await, json!({
            "policy": null, "calendar": null,
            "targets": { "urgent": hours(1, 4), "high": hours(4, 24), "normal": hours(8, 48), "low": hours(24, 72) },
        }));
        assert_eq!(due(&app, &ada, Priority::Urgent).await, ["2026-11-05 13:00:00", "2026-11-05 16:00:00"]);
        assert_eq!(due(&app, &ada, Priority::Low).await, ["2026-11-06 12:00:00", "2026-11-08 12:00:00"]);
        app.done().await;
    }

    async fn what_is_usual_waits_for_the_default_calendar(app) {
        let ada = app.admin("Acme").await;
        calendar(&app, &ada, "Elsewhere", false).await;
        assert_eq!(in_force(&app, &ada).await["calendar"], Value::Null);
        let office = calendar(&app, &ada, "Office", true).await;
        assert_eq!(in_force(&app, &ada).await["calendar"]["id"], office["id"]);
        // At noon in London it is one in Berlin; four hours are left of Thursday, Friday is the outing.
        assert_eq!(due(&app, &ada, Priority::Urgent).await, ["2026-11-05 13:00:00", "2026-11-05 16:00:00"]);
        assert_eq!(due(&app, &ada, Priority::Normal).await, ["2026-11-09 12:00:00", "2026-11-16 12:00:00"]);
        app.done().await;
    }

    async fn a_policy_holds_once_it_is_the_default(app) {
        let ada = app.admin("Acme").await;
        let office = calendar(&app, &ada, "Office", false).await;
        let promise = json!({ "first_response": 1800, "resolution": 5 * 3600 });
        let body = json!({ "name": "Gold", "calendar_id": office["id"], "targets": { "high": promise } });
        let gold = app.post(&ada, "/api/sla-policies/", body).await.expect(201).json();
        assert_eq!((&gold["calendar"]["name"], &gold["targets"]["urgent"]["resolution"]), (&json!("Office"), &json!(14_400)));
        assert_eq!(in_force(&app, &ada).await["policy"], Value::Null);
        let path = format!("/api/sla-policies/{}/", gold["id"].as_str().expect("an id"));
        app.patch(&ada, &path, json!({ "is_default": true })).await.expect(200);
        assert_eq!(in_force(&app, &ada).await["policy"]["name"], "Gold");
        assert_eq!(due(&app, &ada, Priority::High).await, ["2026-11-05 12:30:00", "2026-11-09 09:00:00"]);

        let silver = json!({ "name": "Silver", "is_default": true });
        let silver = app.post(&ada, "/api/sla-policies/", silver).await.expect(201).json();
        assert_eq!(app.get(&ada, &path).await.json()["is_default"], false, "there is one default");
        let path = format!("/api/sla-policies/{}/", silver["id"].as_str().expect("an id"));
        app.delete(&ada, &path).await.expect(204);
        assert_eq!(in_force(&app, &ada).await["policy"], Value::Null, "and none in the trash");
        let back = app.send(Some(&ada), poem::http::Method::POST, &format!("{path}restore/"), None).await;
        assert_eq!(back.expect(200).json()["is_default"], false);
        app.done().await;
    }

    async fn a_calendar_that_is_counted_by_stays(app) {
        let ada = app.admin("Acme").await;
        let office = calendar(&app, &ada, "Office", true).await;
        let path = format!("/api/calendars/{}/", office["id"].as_str().expect("an id"));
        let gold = json!({ "name": "Gold", "calendar_id": office["id"] });
        let gold = app.post(&ada, "/api/sla-policies/", gold).await.expect(201).id();
        assert_eq!(app.delete(&ada, &path).await.expect(409).code(), "calendar_in_use");
        app.patch(&ada, &format!("/api/sla-policies/{gold}/"), json!({ "calendar_id": null })).await.expect(200);
        app.delete(&ada, &path).await.expect(204);
        assert_eq!(in_force(&app, &ada).await["calendar"], Value::Null);
        app.done().await;
    }

    async fn what_is_no_week_and_no_promise_is_refused(app) {
        let ada = app.admin("Acme").await;
        let period = |opens: &str, closes: &str| json!({ "weekday": "monday", "opens": opens, "closes": closes });
        let refused = async |hours: Value, holidays: Value| {
            let body = json!({ "name": "Office", "time_zone": "UTC", "business_hours": hours, "holidays": holidays });
            app.post(&ada, "/api/calendars/", body).await.expect(422).pointers()
        };
        let day = json!({ "date": "2026-12-25", "name": "Christmas" });
        assert_eq!(refused(json!([period("17:00", "09:00")]), json!([day, day])).await, ["/business_hours/0/closes", "/holidays/1/date"]);
        assert_eq!(refused(json!([period("09:00", "12:00"), period("11:59", "17:00")]), json!([])).await, ["/business_hours/1"]);
        assert_eq!(refused(json!([period("9:00", "12:00")]), json!([])).await, ["/business_hours/0/opens"]);
        assert_eq!(refused(json!([period("09:00", "24:01")]), json!([])).await, ["/business_hours/0/closes"]);
        let touching = json!({ "name": "Office", "time_zone": "UTC", "business_hours": [period("12:00", "24:00"), period("09:00", "12:00")] });
        let kept = app.post(&ada, "/api/calendars/", touching).await.expect(201).json();
        assert_eq!(kept["business_hours"][0]["opens"], "09:00", "in their order");
        assert_eq!(app.post(&ada, "/api/calendars/", json!({ "name": "OFFICE", "time_zone": "UTC", "business_hours": [] })).await.expect(409).code(), "duplicate");

        let backwards = json!({ "name": "Gold", "targets": { "low": { "first_response": 7200, "resolution": 3600 } } });
        assert_eq!(app.post(&ada, "/api/sla-policies/", backwards).await.expect(422).pointers(), ["/targets/low/resolution"]);
        app.done().await;
    }
}

//! What somebody sees first, held against what they find in the lists.

use std::{
    collections::BTreeMap,
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use base::Clock;
use chrono::{DateTime, Duration, Utc};
use serde_json::{Value, json};
use testing::{Engine, Person, TestApp, both};

async fn dashboard(app: &TestApp, who: &Person) -> Value {
    app.get(who, "/api/dashboard/").await.expect(200).json()
}

/// All that somebody finds in a list.
async fn all(app: &TestApp, who: &Person, module: &str) -> Vec<Value> {
    let page = app.get(who, &format!("/api/{module}/?limit=200")).await.expect(200).json();
    assert_eq!(page["next"], Value::Null);
    page["results"].as_array().expect("rows").clone()
}

fn is_one_of(value: &Value, these: &[&str]) -> bool {
    value.as_str().is_some_and(|value| these.contains(&value))
}

fn names<'a>(rows: &'a Value, name: &str) -> Vec<&'a str> {
    rows.as_array().expect("rows").iter().filter_map(|row| row[name].as_str()).collect()
}

fn cents(amount: &Value) -> i64 {
    amount.as_str().map_or(0, |amount| amount.replace('.', "").parse().expect("an amount"))
}

/// Count and cents by stage and currency, or by currency.
type Sums = BTreeMap<String, (i64, i64)>;

fn sums(rows: &[Value], key: impl Fn(&Value) -> String) -> Sums {
    let mut sums = Sums::new();
    for row in rows {
        let sum = sums.entry(key(row)).or_default();
        *sum = (sum.0 + row["count"].as_i64().unwrap_or(1), sum.1 + cents(&row["amount"]));
    }
    sums
}

fn by_stage(row: &Value) -> String {
    format!("{} {}", row["stage"], row["currency"])
}

fn by_currency(row: &Value) -> String {
    row["currency"].to_string()
}

const OPEN_STAGES: &[&str] = &["prospecting", "qualification", "proposal", "negotiation"];
const OPEN_LEADS: &[&str] = &["assigned", "in_process", "recycled"];
const OPEN_CASES: &[&str] = &["new", "assigned", "pending"];

/// Records of all kinds, some of each for everybody: bob, eve, their team, nobody, and both.
async fn fill(app: &TestApp, admin: &Person, [bob, eve]: [&Person; 2], team: &str) {
    let of = |n: usize| match n % 5 {
        0 => json!({ "assigned_to": [bob.user] }),
        1 => json!({ "assigned_to": [eve.user] }),
        2 => json!({ "teams": [team] }),
        3 => json!({}),
        _ => json!({ "assigned_to": [bob.user, eve.user], "teams": [team] }),
    };
    let make = async |path: &str, n: usize, mut body: Value| {
        crate::house::merge(&mut body, of(n));
        app.post(admin, path, body).await.expect(201);
    };
    let one = |from: &[&'static str], n: usize| from[n % from.len()];
    for n in 0..45 {
        let body = json!({
            "title": format!("Lead {n}"), "rating": one(&["hot", "cold"], n), "last_name": "Nair",
            "status": one(&["assigned", "in_process", "recycled", "closed"], n / 2),
        });
        make("/api/leads/", n, body).await;
    }
    for n in 0..60 {
        let stage = one(&["prospecting", "qualification", "proposal", "negotiation", "closed_won", "closed_lost"], n);
        let mut body = json!({ "name": format!("Deal {n}"), "stage": stage, "closed_on": "2026-11-20" });
        if n % 7 != 0 || stage == "closed_won" {
            let more =
                json!({ "amount": format!("{}.{:02}", n * 37, n), "currency": one(&["EUR", "USD", "GBP"], n / 3) });
            crate::house::merge(&mut body, more);
        }
        make("/api/opportunities/", n, body).await;
    }
    for n in 0..30 {
        let (priority, status) =
            (one(&["urgent", "low", "normal"], n), one(&["new", "assigned", "pending", "closed"], n / 3));
        make("/api/cases/", n, json!({ "name": format!("Case {n}"), "priority": priority, "status": status })).await;
    }
    for n in 0..40 {
        let day = testing::noon() + Duration::days(i64::try_from(n).expect("small") % 4 - 2);
        let due = if n % 2 == 0 { json!({ "due_on": day.date_naive() }) } else { json!({ "due_at": day }) };
        let mut body =
            json!({ "title": format!("Task {n}"), "status": one(&["new", "in_progress", "completed"], n / 4) });
        crate::house::merge(&mut body, due);
        make("/api/tasks/", n, body).await;
    }
}

/// Every number that is told, counted one by one.
async fn holds(app: &TestApp, who: &Person) -> Value {
    let told = dashboard(app, who).await;
    let mine = app.get(who, "/api/tasks/my-day/").await.expect(200).json();
    for part in ["overdue", "today"] {
        let titles = names(&mine[part], "title");
        assert_eq!(told["tasks"][part]["count"], titles.len(), "{part}");
        let mut first = names(&told["tasks"][part]["results"], "title");
        assert_eq!(first, titles[..first.len()]);
        first.truncate(5);
        assert_eq!(first.len(), titles.len().min(5));
    }
    let leads = all(app, who, "leads").await;
    let hot: Vec<_> =
        leads.iter().filter(|lead| lead["rating"] == "hot" && is_one_of(&lead["status"], OPEN_LEADS)).collect();
    assert_eq!((&told["hot_leads"]["count"], &told["hot_leads"]["count_is_exact"]), (&json!(hot.len()), &json!(true)));
    let newest: Vec<_> = hot.iter().take(5).filter_map(|lead| lead["id"].as_str()).collect();
    assert_eq!(names(&told["hot_leads"]["results"], "id"), newest);
    let mut deals = all(app, who, "opportunities").await;
    deals.retain(|deal| is_one_of(&deal["stage"], OPEN_STAGES));
    let open = told["open_opportunities"].as_array().expect("opportunities");
    assert_eq!(sums(open, by_stage), sums(&deals, by_stage));
    let late = |goal: &Value| goal["done_at"].is_null() && is_one_of(&goal["state"], &["at_risk", "breached"]);
    let mut cases = all(app, who, "cases").await;
    cases.retain(|case| {
        is_one_of(&case["status"], OPEN_CASES)
            && (late(&case["sla"]["first_response"]) || late(&case["sla"]["resolution"]))
    });
    assert_eq!(told["cases_at_risk"]["count"], cases.len(), "{}", told["cases_at_risk"]);
    let due = |case: &Value| {
        let due = |goal: &Value| {
            goal["due"].as_str().and_then(|due| due.parse::<DateTime<Utc>>().ok()).filter(|_| goal["done_at"].is_null())
        };
        let [answer, end] = [due(&case["sla"]["first_response"]), due(&case["sla"]["resolution"])];
        (answer.into_iter().chain(end).min().expect("a time"), case["number"].as_i64())
    };
    cases.sort_by_key(due);
    let first: Vec<_> = cases.iter().take(5).filter_map(|case| case["name"].as_str()).collect();
    assert_eq!(names(&told["cases_at_risk"]["results"], "name"), first);
    told
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_counts_what_one_finds_in_the_lists() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let moved = Arc::new(AtomicI64::new(0));
        let Some(app) = TestApp::start_with(engine, Clock::Moved(testing::noon(), moved.clone()), &[]).await else {
            continue;
        };
        let ada = app.admin("Acme").await;
        let [bob, eve, tom] =
            [app.member(&ada, "Bob").await, app.member(&ada, "Eve").await, app.member(&ada, "Tom").await];
        let team = json!({ "name": "North", "members": [bob.user, eve.user] });
        let team = app.post(&ada, "/api/teams/", team).await.expect(201).id().to_string();
        fill(&app, &ada, [&bob, &eve], &team).await;
        // Three hours later urgent cases are late with an answer, and at risk with a solution.
        moved.store(3 * 3_600 * 1_000_000, Ordering::Relaxed);
        let [ada, bob, eve, tom] = [
            app.logged_in(&ada).await,
            app.logged_in(&bob).await,
            app.logged_in(&eve).await,
            app.logged_in(&tom).await,
        ];
        let of_bob = holds(&app, &bob).await;
        let of_ada = holds(&app, &ada).await;
        holds(&app, &eve).await;
        for part in ["hot_leads", "cases_at_risk"] {
            let [few, many] = [&of_bob, &of_ada].map(|told| told[part]["count"].as_u64().expect("a count"));
            assert!(0 < few && few < many, "{part}: {few} of {many}");
        }
        assert_eq!(of_bob["company"], Value::Null, "not for everybody");
        let of_tom = holds(&app, &tom).await;
        assert_eq!((&of_tom["hot_leads"]["count"], &of_tom["open_opportunities"]), (&json!(0), &json!([])));
        assert_eq!(of_tom["activity"], json!([]));
        company(&app, &ada, &of_ada["company"], &[&bob, &eve], &team).await;

        let theirs = app.admin("Other").await;
        let nothing = dashboard(&app, &theirs).await;
        assert_eq!((&nothing["hot_leads"]["count"], &nothing["cases_at_risk"]["count"]), (&json!(0), &json!(0)));
        assert_eq!((&nothing["activity"], &nothing["company"]), (&json!([]), &json!({ "members": [], "teams": [] })));
        app.done().await;
    }
}

/// What each member and the team have, counted one by one from what an admin sees.
async fn company(app: &TestApp, admin: &Person, told: &Value, people: &[&Person], team: &str) {
    let ids =
        |row: &Value, name: &str| -> Vec<String> { names(&row[name], "id").into_iter().map(str::to_owned).collect() };
    let people: Vec<String> = people.iter().map(|person| person.user.to_string()).collect();
    let is_of = |row: &Value, holder: &str| {
        let [members, teams] = [ids(row, "assigned_to"), ids(row, "teams")];
        let in_team = || teams.iter().any(|id| id == team) || members.iter().any(|id| people.contains(id));
        members.iter().any(|id| id == holder) || holder == team && in_team()
    };
    let open = [
        ("leads", OPEN_LEADS),
        ("cases", OPEN_CASES),
        ("tasks", &["new", "in_progress"]),
        ("opportunities", OPEN_STAGES),
    ];
    let mut rows = BTreeMap::new();
    for (module, open) in open {
        let mut these = all(app, admin, module).await;
        these.retain(|row| is_one_of(&row["status"], open) || is_one_of(&row["stage"], open));
        rows.insert(module, these);
    }
    // It is 5 November.
    rows.get_mut("tasks").expect("tasks").retain(|task| {
        task["due_on"].as_str().is_some_and(|day| day < "2026-11-05")
            || task["due_at"].as_str().is_some_and(|at| at < "2026-11-05")
    });
    let mut seen = 0;
    for (part, holders) in [("members", people.clone()), ("teams", vec![team.to_owned()])] {
        assert_eq!(told[part].as_array().expect("holders").len(), holders.len());
        for line in told[part].as_array().expect("holders") {
            let holder = line["holder"]["id"].as_str().expect("an id");
            assert!(
                holders.contains(&holder.to_owned()) && !line["holder"]["name"].as_str().unwrap_or_default().is_empty()
            );
            let theirs =
                |module: &str| rows[module].iter().filter(|row| is_of(row, holder)).cloned().collect::<Vec<_>>();
            for (module, name) in [("leads", "open_leads"), ("cases", "open_cases"), ("tasks", "overdue_tasks")] {
                assert_eq!(line[name], theirs(module).len(), "{part} {name}");
                assert!(line[name] != 0, "{name}: nothing to count");
            }
            let open = line["open_opportunities"].as_array().expect("amounts");
            assert_eq!(sums(open, by_currency), sums(&theirs("opportunities"), by_currency), "{part}");
            seen += 1;
        }
    }
    assert_eq!(seen, 3);
}

both! {
    async fn a_day_begins_where_the_organisation_is(app) {
        let ada = app.admin("Acme").await;
        let org = format!("/api/orgs/{}/", ada.org.expect("an organisation"));
        app.patch(&ada, &org, json!({ "timezone": "Pacific/Kiritimati" })).await.expect(200);
        // At noon in UTC the next day has begun there (UTC+14).
        let at = |title: &str, start: &str, more: Value| {
            let mut body = json!({ "title": title, "start": start, "time_zone": "Pacific/Kiritimati", "assigned_to": [ada.user] });
            crate::house::merge(&mut body, more);
            body
        };
        for body in [
            at("yesterday", "2026-11-05T23:00:00", json!({})),
            at("early", "2026-11-06T00:30:00", json!({})),
            at("daily", "2026-10-01T09:00:00", json!({ "recurrence": "FREQ=DAILY" })),
            at("called off", "2026-11-06T10:00:00", json!({ "status": "cancelled" })),
            at("tomorrow", "2026-11-07T00:00:00", json!({})),
            at("not mine", "2026-11-06T11:00:00", json!({ "assigned_to": [] })),
        ] {
            app.post(&ada, "/api/events/", body).await.expect(201);
        }
        for (title, day) in [("late", "2026-11-05"), ("now", "2026-11-06"), ("soon", "2026-11-07")] {
            app.post(&ada, "/api/tasks/", json!({ "title": title, "due_on": day, "assigned_to": [ada.user] })).await.expect(201);
        }
        let told = dashboard(&app, &ada).await;
        assert_eq!((&told["date"], &told["time_zone"]), (&json!("2026-11-06"), &json!("Pacific/Kiritimati")));
        assert_eq!(names(&told["events"]["results"], "title"), ["early", "daily"]);
        assert_eq!(told["events"]["count"], 2);
        assert_eq!(names(&told["tasks"]["overdue"]["results"], "title"), ["late"]);
        assert_eq!(names(&told["tasks"]["today"]["results"], "title"), ["now"]);
        assert_eq!(told["company"]["members"][0]["overdue_tasks"], 1);
        // Whoever is somewhere else says so.
        let there = app.get(&ada, "/api/dashboard/?time_zone=UTC").await.expect(200).json();
        assert_eq!((&there["date"], &there["time_zone"]), (&json!("2026-11-05"), &json!("UTC")));
        assert_eq!(names(&there["tasks"]["today"]["results"], "title"), ["late"]);
        assert_eq!((&there["tasks"]["overdue"]["count"], &there["company"]["members"]), (&json!(0), &json!([])));
        app.get(&ada, "/api/dashboard/?time_zone=Mars").await.expect(400);
        app.done().await;
    }

    async fn what_happened_is_told_of_what_one_sees(app) {
        let ada = app.admin("Acme").await;
        let bob = app.member(&ada, "Bob").await;
        let hers = app.post(&ada, "/api/leads/", json!({ "title": "Hers" })).await.expect(201).id();
        let his = app.post(&ada, "/api/leads/", json!({ "title": "His", "assigned_to": [bob.user] })).await.expect(201).id();
        app.patch(&ada, &format!("/api/leads/{hers}/"), json!({ "title": "Hers alone" })).await.expect(200);
        app.post(&bob, &format!("/api/leads/comment/{his}/"), json!({ "body": "Called." })).await.expect(201);
        let short = |told: &Value| -> Vec<String> {
            let line = |line: &Value| format!("{} {} {} {}", line["actor"]["name"], line["verb"], line["kind"], line["record"]["name"]).replace('"', "");
            told["activity"].as_array().expect("changes").iter().map(line).collect()
        };
        assert_eq!(short(&dashboard(&app, &bob).await), ["Bob commented lead His", "Admin of Acme created lead His"]);
        let of_ada = dashboard(&app, &ada).await;
        assert_eq!(short(&of_ada), [
            "Bob commented lead His", "Admin of Acme changed lead Hers alone", "Admin of Acme created lead His", "Admin of Acme created lead Hers alone",
        ]);
        assert_eq!(of_ada["activity"][0]["record"]["id"], his.to_string());
        for _ in 0..12 {
            app.post(&bob, "/api/tasks/", json!({ "title": "One more" })).await.expect(201);
        }
        assert_eq!(dashboard(&app, &ada).await["activity"].as_array().map(Vec::len), Some(10));
        app.delete(&ada, &format!("/api/leads/{his}/")).await.expect(204);
        let told = dashboard(&app, &bob).await.to_string();
        assert!(!told.contains("His"), "in the trash it is nowhere");
        app.done().await;
    }

    async fn goals_are_those_whose_time_it_is(app) {
        let ada = app.admin("Acme").await;
        let [bob, eve] = [app.member(&ada, "Bob").await, app.member(&ada, "Eve").await];
        let goal = |name: &str, starts_on: &str, more: Value| {
            let mut body = json!({ "name": name, "metric": "revenue", "period": "monthly", "starts_on": starts_on, "target_amount": "100.00", "currency": "EUR" });
            crate::house::merge(&mut body, more);
            body
        };
        for body in [
            goal("last month", "2026-10-01", json!({})),
            goal("everybody's", "2026-10-01", json!({ "period": "quarterly" })),
            goal("bob's", "2026-11-01", json!({ "member_id": bob.user })),
            goal("eve's", "2026-11-01", json!({ "member_id": eve.user })),
        ] {
            app.post(&ada, "/api/goals/", body).await.expect(201);
        }
        let won = json!({ "name": "Deal", "stage": "closed_won", "closed_on": "2026-11-03", "amount": "40.00", "currency": "EUR", "assigned_to": [bob.user] });
        app.post(&ada, "/api/opportunities/", won).await.expect(201);
        let told = dashboard(&app, &bob).await;
        assert_eq!(names(&told["goals"], "name"), ["bob's", "everybody's"]);
        let progress = &told["goals"][0]["progress"];
        assert_eq!((&progress["amount"], &progress["percent"], &progress["status"]), (&json!("40.00"), &json!("40"), &json!("on_track")));
        assert_eq!(names(&dashboard(&app, &ada).await["goals"], "name"), ["everybody's"], "an admin's own, not all");
        app.done().await;
    }

    async fn a_part_without_its_grant_is_left_out(app) {
        let ada = app.admin("Acme").await;
        let bob = app.member(&ada, "Bob").await;
        let parts = ["tasks", "events", "hot_leads", "open_opportunities", "cases_at_risk", "activity", "goals", "company"];
        let role = async |name: &str, grants: Value| {
            let role = app.post(&ada, "/api/roles/", json!({ "name": name, "grants": grants })).await.expect(201).id();
            app.give(&ada, &bob, role).await;
            let told = dashboard(&app, &bob).await;
            parts.into_iter().filter(|part| !told[*part].is_null()).collect::<Vec<_>>()
        };
        // Solutions are everybody's, and so is what happens to them.
        assert_eq!(role("Nothing", json!({})).await, ["activity"]);
        assert_eq!(role("Calls", json!({ "lead.view": "own", "goal.view": "own" })).await, ["hot_leads", "activity", "goals"]);
        let all = json!({ "lead.view": "org", "opportunity.view": "org", "case.view": "org", "task.view": "org" });
        assert_eq!(role("Reader", all).await, ["tasks", "hot_leads", "open_opportunities", "cases_at_risk", "activity", "company"]);
        let most = json!({ "lead.view": "org", "opportunity.view": "org", "case.view": "org", "task.view": "team" });
        assert!(!role("Nearly", most).await.contains(&"company"));
        app.done().await;
    }

    async fn it_takes_so_many_statements_and_no_more(app) {
        let ada = app.admin("Acme").await;
        let [bob, eve] = [app.member(&ada, "Bob").await, app.member(&ada, "Eve").await];
        let team = json!({ "name": "North", "members": [bob.user, eve.user] });
        let team = app.post(&ada, "/api/teams/", team).await.expect(201).id().to_string();
        let count = async |who: &Person| {
            app.get(who, "/api/leads/?cursor=surprise").await.expect(400);
            app.statements();
            app.get(who, "/api/leads/?cursor=surprise").await.expect(400);
            let gate = app.statements().len();
            dashboard(&app, who).await;
            app.statements().len() - gate
        };
        let house = crate::house::furnish(&app, &ada).await;
        for (member, name) in [(Some(bob.user), "hers"), (None, "the team's")] {
            let mut body = json!({ "name": name, "metric": "deals", "period": "monthly", "starts_on": "2026-11-01", "target_count": 3 });
            let whose = member.map_or_else(|| json!({ "team_id": team }), |member| json!({ "member_id": member }));
            crate::house::merge(&mut body, whose);
            app.post(&ada, "/api/goals/", body).await.expect(201);
        }
        for kind in crate::house::ASSIGNED {
            crate::house::make(&app, &bob, kind, &house, json!({})).await;
        }
        let before = [count(&bob).await, count(&ada).await];
        assert!(before[0] <= 26 && before[1] <= 32, "{before:?}");
        fill(&app, &ada, [&bob, &eve], &team).await;
        let after = [count(&bob).await, count(&ada).await];
        assert!(after[0] <= before[0].max(26) && after[1] <= before[1].max(32), "{before:?} {after:?}");
        app.done().await;
    }
}

//! Reports, held against what one counts in the lists oneself.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
};

use base::Clock;
use chrono::{DateTime, Datelike, Duration, NaiveDate, Timelike, Utc, Weekday};
use chrono_tz::{Europe::Berlin, Pacific::Auckland};
use serde_json::{Value, json};
use testing::{Engine, Person, TestApp, both};

const REPORTS: &[&str] = &["leads", "sales", "cases", "backlog", "activity"];
/// What stands in them where there is anything.
const COUNTS: &[&str] = &[
    "created",
    "won",
    "lost",
    "answered",
    "opened",
    "closed",
    "open",
    "leads_created",
    "cases_created",
    "tasks_completed",
];

async fn report(app: &TestApp, who: &Person, name: &str, query: &str) -> Value {
    app.get(who, &format!("/api/reports/{name}/?{query}")).await.expect(200).json()
}

/// All that somebody finds in a list.
async fn all(app: &TestApp, who: &Person, module: &str) -> Vec<Value> {
    let page = app.get(who, &format!("/api/{module}/?limit=200")).await.expect(200).json();
    assert_eq!(page["next"], Value::Null);
    page["results"].as_array().expect("rows").clone()
}

fn moment(value: &Value) -> Option<DateTime<Utc>> {
    value.as_str().map(|text| text.parse().expect("a moment"))
}

/// The day in Auckland, where the organisation is.
fn day(value: &Value) -> Option<NaiveDate> {
    let text = value.as_str()?;
    text.parse().ok().or_else(|| moment(value).map(|at| at.with_timezone(&Auckland).date_naive()))
}

fn period(day: NaiveDate, group_by: &str) -> String {
    match group_by {
        "day" => day.format("%F").to_string(),
        "week" => day.format("%G-W%V").to_string(),
        "month" => day.format("%Y-%m").to_string(),
        "quarter" => format!("{}-Q{}", day.year(), day.month().div_ceil(3)),
        "year" => day.format("%Y").to_string(),
        _ => "all".to_owned(),
    }
}

/// The time that is asked for.
struct Time {
    from: NaiveDate,
    to: NaiveDate,
    group_by: &'static str,
}

impl Time {
    fn query(&self) -> String {
        let group_by = if self.group_by.is_empty() { String::new() } else { format!("&group_by={}", self.group_by) };
        format!("from={}&to={}{group_by}", self.from, self.to)
    }

    /// In which period something was; `None` outside.
    fn of(&self, at: &Value) -> Option<String> {
        let day = day(at).filter(|day| (self.from..=self.to).contains(day))?;
        Some(period(day, self.group_by))
    }
}

/// What a row is of.
fn keys(row: &Value, by: &str, team: &(String, Vec<String>)) -> Vec<Option<String>> {
    let ids = |name: &str| -> Vec<String> {
        row[name].as_array().expect("ids").iter().filter_map(|one| one["id"].as_str().map(str::to_owned)).collect()
    };
    let field = |name: &str| vec![row[name].as_str().map(str::to_owned)];
    match by {
        "" => vec![None],
        "owner" if ids("assigned_to").is_empty() => vec![None],
        "owner" => ids("assigned_to").into_iter().map(Some).collect(),
        "team" => {
            let (id, members) = team;
            let is_theirs = ids("teams").contains(id) || ids("assigned_to").iter().any(|one| members.contains(one));
            is_theirs.then(|| Some(id.clone())).into_iter().collect()
        }
        "type" if row["number"].is_null() => field("opportunity_type"),
        "type" => field("case_type"),
        "source" if row["stage"].is_null() => field("source"),
        "source" => field("lead_source"),
        other => field(other),
    }
}

/// Figures by period, key and name of the figure.
type Figures = BTreeMap<(String, Option<String>), BTreeMap<String, Value>>;

fn add(figures: &mut Figures, period: String, key: Option<String>, name: &str, more: u64) {
    let figure = figures.entry((period, key)).or_default().entry(name.to_owned()).or_insert(json!(0));
    *figure = json!(figure.as_u64().expect("a number") + more);
}

/// The same of a report; `names` are those that are compared.
fn told(report: &Value, group_by: &str, names: &[&str]) -> Figures {
    let mut figures = Figures::new();
    for line in report["lines"].as_array().expect("lines") {
        let period = if group_by.is_empty() { "all" } else { line["period"].as_str().expect("a period") };
        let key = (period.to_owned(), line["key"].as_str().map(str::to_owned));
        let of: BTreeMap<_, _> = names
            .iter()
            .filter(|name| line[**name] != json!(0) && !line[**name].is_null())
            .map(|name| ((*name).to_owned(), line[*name].clone()))
            .collect();
        if !of.is_empty() {
            assert!(figures.insert(key, of).is_none(), "a line twice");
        }
    }
    figures
}

/// The least that so many per cent do not exceed.
fn rank(values: &[i64], percent: usize) -> i64 {
    let mut values = values.to_vec();
    values.sort_unstable();
    *values
        .iter()
        .find(|value| values.iter().filter(|other| other <= value).count() * 100 >= percent * values.len())
        .expect("one")
}

fn percent(part: u64, of: u64) -> Value {
    let hundredths = part * 10_000 / of;
    let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    json!(text.trim_end_matches('0').trim_end_matches('.'))
}

fn spread(figures: &mut Figures, all: BTreeMap<(String, Option<String>), Vec<i64>>, names: [&str; 3]) {
    for (place, values) in all {
        let of = figures.entry(place).or_default();
        of.insert(names[0].to_owned(), json!(values.len()));
        for (name, percent) in [(names[1], 50), (names[2], 90)] {
            let value = rank(&values, percent);
            if value != 0 {
                of.insert(name.to_owned(), json!(value));
            }
        }
    }
}

/// Monday to Friday, nine to five in Berlin, minute by minute.
fn business_seconds(from: DateTime<Utc>, to: DateTime<Utc>) -> i64 {
    let (mut at, mut seconds) = (from, 0);
    while at < to {
        let local = at.with_timezone(&Berlin);
        let is_open = !matches!(local.weekday(), Weekday::Sat | Weekday::Sun) && (9..17).contains(&local.hour());
        seconds += if is_open { 60 } else { 0 };
        at += Duration::minutes(1);
    }
    seconds
}

/// What happened to a case, kept beside it: when its clock ran, and when it was answered.
#[derive(Default)]
struct Story {
    since: Option<DateTime<Utc>>,
    used: i64,
    answered: Option<(DateTime<Utc>, i64)>,
}

impl Story {
    fn stop(&mut self, now: DateTime<Utc>) {
        self.used += self.since.take().map_or(0, |since| business_seconds(since, now));
    }
}

type Stories = HashMap<String, Story>;

/// A quarter of a company's life, with some of everything for everybody.
async fn live(app: &TestApp, moved: &AtomicI64, people: &mut [Person; 3], team: &str) -> Stories {
    const STEPS: i64 = 24;
    const HOURS: i64 = 70;
    let one = |from: &[&'static str], n: i64| from[usize::try_from(n).expect("small") % from.len()];
    let (mut stories, mut cases, mut leads, mut tasks) = (Stories::new(), Vec::new(), Vec::new(), Vec::new());
    for n in 0..STEPS {
        let offset = Duration::hours((n - STEPS) * HOURS) + Duration::minutes(n * 7);
        moved.store(offset.num_microseconds().expect("small"), Ordering::Relaxed);
        let now = testing::noon() + offset;
        for person in people.iter_mut() {
            *person = app.logged_in(person).await;
        }
        let [ada, bob, eve] = &*people;
        let who = if n % 3 == 1 { bob } else { ada };
        let of = match n % 5 {
            0 => json!({ "assigned_to": [bob.user] }),
            1 => json!({ "assigned_to": [eve.user] }),
            2 => json!({ "teams": [team] }),
            3 => json!({}),
            _ => json!({ "assigned_to": [bob.user, eve.user] }),
        };
        let make = async |path: &str, mut body: Value| {
            crate::house::merge(&mut body, of.clone());
            app.post(who, path, body).await.expect(201).json()["id"].as_str().expect("an id").to_owned()
        };
        for (title, status) in [("A", "assigned"), ("B", one(&["in_process", "recycled", "closed"], n))] {
            let mut body = json!({ "title": title, "last_name": "Nair", "status": status });
            if n % 4 != 0 {
                crate::house::merge(&mut body, json!({ "source": one(&["website", "call", "partner"], n / 2) }));
            }
            leads.push(make("/api/leads/", body).await);
        }
        if n % 2 == 1 {
            let lead = &leads[leads.len() - 4 + usize::try_from(n % 4).expect("small")];
            app.post(ada, &format!("/api/leads/{lead}/conversion/"), json!({})).await;
        }
        let stage = one(&["closed_won", "prospecting", "closed_lost", "closed_won", "closed_lost", "closed_won"], n);
        let closed_on = (now + Duration::days(n % 7 * 3 - 2)).date_naive();
        let amount = format!("{}.{:02}", 100 + n * 37, n);
        make(
            "/api/opportunities/",
            json!({
                "name": "Deal", "stage": stage, "closed_on": closed_on, "amount": amount, "currency": one(&["EUR", "USD"], n / 2),
                "lead_source": one(&["website", "call"], n), "opportunity_type": one(&["renewal", "upsell"], n / 3),
            }),
        )
        .await;
        let kind = one(&["question", "incident"], n);
        let case = json!({ "name": "Case", "priority": one(&["low", "normal", "urgent"], n), "case_type": kind });
        let id = make("/api/cases/", case).await;
        stories.insert(id.clone(), Story { since: Some(now), ..Story::default() });
        cases.push(id);
        let before = |steps: i64| usize::try_from(n - steps).ok().map(|at| cases[at].clone());
        let set = async |id: &str, status: &str| {
            app.patch(ada, &format!("/api/cases/{id}/"), json!({ "status": status })).await.expect(200);
        };
        if let Some(id) = before(1).filter(|_| n % 4 == 2) {
            set(&id, "pending").await;
            stories.get_mut(&id).expect("a case").stop(now);
        }
        if let Some(id) = before(2).filter(|_| n % 3 != 2) {
            let body = json!({ "body": "We are on it.", "visibility": "public" });
            app.post(ada, &format!("/api/cases/comment/{id}/"), body).await.expect(201);
            let story = stories.get_mut(&id).expect("a case");
            let used = story.used + story.since.map_or(0, |since| business_seconds(since, now));
            story.answered = Some((now, used));
        }
        if let Some(id) = before(3).filter(|_| n % 4 == 0) {
            set(&id, "assigned").await;
            stories.get_mut(&id).expect("a case").since = Some(now);
        }
        if let Some(id) = before(5).filter(|_| n % 2 == 0) {
            set(&id, if n % 8 == 0 { "rejected" } else { "closed" }).await;
            stories.get_mut(&id).expect("a case").stop(now);
        }
        if let Some(task) = tasks.pop() {
            app.patch(who, &format!("/api/tasks/{task}/"), json!({ "status": "completed" })).await;
        }
        tasks.push(make("/api/tasks/", json!({ "title": "Task" })).await);
        let start = now.format("%FT%H:%M:%S").to_string();
        let (kind, status) = (one(&["meeting", "call"], n), one(&["held", "held", "planned"], n));
        make(
            "/api/events/",
            json!({ "title": "Event", "kind": kind, "status": status, "start": start, "time_zone": "UTC" }),
        )
        .await;
    }
    moved.store(0, Ordering::Relaxed);
    for person in people.iter_mut() {
        *person = app.logged_in(person).await;
    }
    stories
}

struct Desk<'a> {
    app: &'a TestApp,
    who: &'a Person,
    team: (String, Vec<String>),
    stories: &'a Stories,
    rows: HashMap<&'static str, Vec<Value>>,
}

impl Desk<'_> {
    async fn compare(&self, name: &str, time: &Time, by: &str, names: &[&str], expected: &Figures) {
        let by_too = if by.is_empty() { String::new() } else { format!("&by={by}") };
        let report = report(self.app, self.who, name, &format!("{}{by_too}", time.query())).await;
        assert_eq!(&told(&report, time.group_by, names), expected, "{name} {} {by}", time.group_by);
    }

    fn rows(&self, module: &str) -> &[Value] {
        &self.rows[module]
    }

    async fn leads(&self, time: &Time, by: &str) {
        let mut figures = Figures::new();
        for row in self.rows("leads") {
            let Some(period) = time.of(&row["created_at"]) else { continue };
            let status = match row["status"].as_str().expect("a status") {
                "converted" => "converted",
                "closed" => "closed",
                _ => "open",
            };
            for key in keys(row, by, &self.team) {
                add(&mut figures, period.clone(), key.clone(), "created", 1);
                add(&mut figures, period.clone(), key, status, 1);
            }
        }
        for of in figures.values_mut() {
            let [converted, created] =
                ["converted", "created"].map(|name| of.get(name).and_then(Value::as_u64).unwrap_or(0));
            of.insert("conversion_percent".to_owned(), percent(converted, created));
        }
        let names = ["created", "converted", "closed", "open", "conversion_percent"];
        self.compare("leads", time, by, &names, &figures).await;
    }

    async fn sales(&self, time: &Time, by: &str) {
        let (mut figures, mut cycles) = (Figures::new(), BTreeMap::<_, Vec<i64>>::new());
        let mut amounts: BTreeMap<(String, Option<String>), BTreeMap<String, [i64; 4]>> = BTreeMap::new();
        for row in self.rows("opportunities") {
            let side = match row["stage"].as_str() {
                Some("closed_won") => 0,
                Some("closed_lost") => 1,
                _ => continue,
            };
            let Some(period) = time.of(&row["closed_on"]) else { continue };
            let made = moment(&row["created_at"]).expect("a moment").date_naive();
            let days = (day(&row["closed_on"]).expect("a day") - made).num_days().max(0);
            let cents: i64 = row["amount"].as_str().expect("an amount").replace('.', "").parse().expect("cents");
            for key in keys(row, by, &self.team) {
                add(&mut figures, period.clone(), key.clone(), ["won", "lost"][side], 1);
                let place = (period.clone(), key);
                let sums = amounts.entry(place.clone()).or_default().entry(row["currency"].to_string()).or_default();
                sums[side] += 1;
                sums[side + 2] += cents;
                if side == 0 {
                    cycles.entry(place).or_default().push(days);
                }
            }
        }
        for (place, of) in &mut figures {
            let [won, lost] = ["won", "lost"].map(|name| of.get(name).and_then(Value::as_u64).unwrap_or(0));
            of.insert("win_percent".to_owned(), percent(won, won + lost));
            if let Some(days) = cycles.get(place) {
                let (sum, count) = (days.iter().sum::<i64>(), i64::try_from(days.len()).expect("small"));
                let hundredths = (sum * 200 + count) / (2 * count);
                let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
                let text = text.trim_end_matches('0').trim_end_matches('.').to_owned();
                of.insert("cycle_average_days".to_owned(), json!(text));
            }
        }
        spread(&mut figures, cycles, ["won", "cycle_median_days", "cycle_p90_days"]);
        let names = ["won", "lost", "win_percent", "cycle_average_days", "cycle_median_days", "cycle_p90_days"];
        self.compare("sales", time, by, &names, &figures).await;
        let by_too = if by.is_empty() { String::new() } else { format!("&by={by}") };
        let told = report(self.app, self.who, "sales", &format!("{}{by_too}", time.query())).await;
        let mut seen = 0;
        for line in told["lines"].as_array().expect("lines") {
            let period = if time.group_by.is_empty() { "all" } else { line["period"].as_str().expect("a period") };
            let expected =
                amounts.remove(&(period.to_owned(), line["key"].as_str().map(str::to_owned))).unwrap_or_default();
            let cents =
                |amount: &Value| amount.as_str().expect("an amount").replace('.', "").parse::<i64>().expect("cents");
            let of = |one: &Value| {
                let counts = [&one["won"], &one["lost"]].map(|count| count.as_i64().expect("a count"));
                [counts[0], counts[1], cents(&one["won_amount"]), cents(&one["lost_amount"])]
            };
            let amounts = line["amounts"].as_array().expect("amounts").iter();
            let amounts: BTreeMap<_, _> = amounts.map(|one| (one["currency"].to_string(), of(one))).collect();
            assert_eq!(amounts, expected, "{line}");
            seen += amounts.len();
        }
        assert!(amounts.is_empty() && seen > 0 || self.rows("opportunities").is_empty());
    }

    async fn cases(&self, time: &Time, by: &str) {
        let (mut answers, mut ends) = (BTreeMap::<_, Vec<i64>>::new(), BTreeMap::<_, Vec<i64>>::new());
        for row in self.rows("cases") {
            let story = &self.stories[row["id"].as_str().expect("an id")];
            let answered = story.answered.and_then(|(at, used)| Some((time.of(&json!(at))?, used)));
            let closed = Some(story.used).filter(|_| row["status"] == "closed");
            let closed = closed.and_then(|used| Some((time.of(&row["closed_at"])?, used)));
            for key in keys(row, by, &self.team) {
                for (of, all) in [(&answered, &mut answers), (&closed, &mut ends)] {
                    if let Some((period, seconds)) = of {
                        all.entry((period.clone(), key.clone())).or_default().push(*seconds);
                    }
                }
            }
        }
        let mut figures = Figures::new();
        let first = ["answered", "first_response_median_seconds", "first_response_p90_seconds"];
        let end = ["closed", "resolution_median_seconds", "resolution_p90_seconds"];
        spread(&mut figures, answers, first);
        spread(&mut figures, ends, end);
        self.compare("cases", time, by, &[first, end].concat(), &figures).await;
    }

    async fn backlog(&self, time: &Time, by: &str) {
        let mut days: Vec<NaiveDate> = time.from.iter_days().take_while(|day| *day <= time.to).collect();
        days.reverse();
        let mut ends: BTreeMap<String, NaiveDate> = BTreeMap::new();
        for day in days {
            ends.entry(period(day, time.group_by)).or_insert(day);
        }
        let mut figures = Figures::new();
        for row in self.rows("cases") {
            let [opened, closed] = ["created_at", "closed_at"].map(|name| day(&row[name]));
            for key in keys(row, by, &self.team) {
                for (name, at) in [("opened", &row["created_at"]), ("closed", &row["closed_at"])] {
                    if let Some(period) = time.of(at) {
                        add(&mut figures, period, key.clone(), name, 1);
                    }
                }
                for (period, end) in &ends {
                    if opened.is_some_and(|opened| opened <= *end) && closed.is_none_or(|closed| closed > *end) {
                        add(&mut figures, period.clone(), key.clone(), "open", 1);
                    }
                }
            }
        }
        self.compare("backlog", time, by, &["opened", "closed", "open"], &figures).await;
    }

    async fn activity(&self, time: &Time) {
        let mut figures = Figures::new();
        let all = [
            ("leads", "leads_created", "created_at", "created_by"),
            ("opportunities", "opportunities_created", "created_at", "created_by"),
            ("opportunities", "opportunities_won", "closed_on", "closed_by"),
            ("cases", "cases_created", "created_at", "created_by"),
            ("cases", "cases_closed", "closed_at", "closed_by"),
            ("tasks", "tasks_completed", "completed_at", "completed_by"),
            ("events", "held", "starts_at", "assigned_to"),
        ];
        for (module, name, at, by) in all {
            for row in self.rows(module) {
                let Some(period) = time.of(&row[at]) else { continue };
                if name == "opportunities_won" && row["stage"] != "closed_won"
                    || name == "held" && row["status"] != "held"
                {
                    continue;
                }
                if name == "held" {
                    for owner in keys(row, "owner", &self.team).into_iter().flatten() {
                        let name = if row["kind"] == "call" { "calls_held" } else { "meetings_held" };
                        add(&mut figures, period.clone(), Some(owner), name, 1);
                    }
                } else if let Some(who) = row[by].as_str().or(row[by]["id"].as_str()) {
                    add(&mut figures, period, Some(who.to_owned()), name, 1);
                }
            }
        }
        let names: Vec<&str> = all.iter().map(|(_, name, ..)| *name).chain(["meetings_held", "calls_held"]).collect();
        self.compare("activity", time, "", &names, &figures).await;
    }

    /// The CSV has what the JSON has.
    async fn csv(&self, name: &str, query: &str) {
        let path = format!("/api/reports/{name}/?{query}");
        let json = self.app.get(self.who, &path).await.expect(200).json();
        let csv = self.app.get(self.who, &format!("{path}&format=csv")).await.expect(200);
        assert_eq!(csv.header("content-type"), "text/csv; charset=utf-8; header=present");
        let [from, to] = ["from", "to"].map(|name| json[name].as_str().expect("a day"));
        assert_eq!(csv.header("content-disposition"), format!("attachment; filename=\"{name}_{from}_{to}.csv\""));
        let mut rows = csv::Reader::from_reader(csv.bytes.as_slice());
        let columns = rows.headers().expect("columns").clone();
        let lines = json["lines"].as_array().expect("lines");
        let rows: Vec<_> = rows.records().map(|row| row.expect("a row")).collect();
        assert_eq!(rows.len(), lines.len());
        let mut told = BTreeSet::new();
        for (row, line) in rows.iter().zip(lines) {
            for (column, cell) in columns.iter().zip(row) {
                let expected = match column.split_once("_amount_") {
                    Some((side, currency)) => {
                        let amounts = line["amounts"].as_array().expect("amounts").iter();
                        let mut amounts = amounts.filter(|amount| amount["currency"] == currency);
                        amounts.next().map_or(Value::Null, |amount| amount[format!("{side}_amount")].clone())
                    }
                    None => line[column].clone(),
                };
                let expected = match expected {
                    Value::Null => String::new(),
                    Value::String(text) if text.starts_with('=') => format!("'{text}"),
                    Value::String(text) => text,
                    other => other.to_string(),
                };
                assert_eq!(cell, expected, "{name} {column}");
                told.insert(column);
            }
        }
        let fields = lines.first().and_then(Value::as_object).expect("a line").keys();
        assert!(
            fields.clone().all(|field| field == "amounts" || columns.iter().any(|column| column == field)),
            "{columns:?}"
        );
        assert!(name != "sales" || told.contains("won_amount_EUR") && told.contains("lost_amount_USD"), "{columns:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reports_have_what_one_counts_in_the_lists() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let moved = Arc::new(AtomicI64::new(-90 * 86_400 * 1_000_000));
        let Some(app) = TestApp::start_with(engine, Clock::Moved(testing::noon(), moved.clone()), &[]).await else {
            continue;
        };
        let ada = app.admin("Acme").await;
        let [bob, eve] = [app.member(&ada, "Bob").await, app.member(&ada, "Eve").await];
        let tom = app.member(&ada, "Tom").await;
        let org = format!("/api/orgs/{}/", ada.org.expect("an organisation"));
        app.patch(&ada, &org, json!({ "timezone": "Pacific/Auckland" })).await.expect(200);
        let days = ["monday", "tuesday", "wednesday", "thursday", "friday"];
        let hours: Value =
            days.iter().map(|day| json!({ "weekday": day, "opens": "09:00", "closes": "17:00" })).collect();
        let office =
            json!({ "name": "Office", "time_zone": "Europe/Berlin", "business_hours": hours, "is_default": true });
        app.post(&ada, "/api/calendars/", office).await.expect(201);
        let members = [&bob, &eve].map(|person| person.user.to_string()).to_vec();
        let team = app
            .post(&ada, "/api/teams/", json!({ "name": "=1+1", "members": members }))
            .await
            .expect(201)
            .id()
            .to_string();
        let mut people = [ada, bob, eve];
        let stories = live(&app, &moved, &mut people, &team).await;
        let [ada, bob, _] = &people;
        let tom = app.logged_in(&tom).await;
        for (who, sees) in [(ada, 140), (bob, 20), (&tom, 0)] {
            let mut rows = HashMap::new();
            for module in ["leads", "opportunities", "cases", "tasks", "events"] {
                rows.insert(module, all(&app, who, module).await);
            }
            assert!(rows.values().map(Vec::len).sum::<usize>() >= sees);
            let desk = Desk { app: &app, who, team: (team.clone(), members.clone()), stories: &stories, rows };
            for group_by in ["", "day", "week", "month", "quarter", "year"] {
                let [from, to] = ["2026-09-03", "2026-10-28"].map(|day| day.parse().expect("a day"));
                let time = Time { from, to, group_by };
                for by in ["", "source", "owner", "team"] {
                    desk.leads(&time, by).await;
                    desk.sales(&time, if by == "source" { "type" } else { by }).await;
                }
                desk.sales(&time, "source").await;
                for by in ["", "priority", "type", "owner", "team"] {
                    desk.cases(&time, by).await;
                    desk.backlog(&time, by).await;
                }
                desk.activity(&time).await;
            }
        }
        let desk = Desk { app: &app, who: ada, team: (team, members), stories: &stories, rows: HashMap::new() };
        for name in REPORTS {
            desk.csv(name, "group_by=month").await;
            if *name != "activity" {
                desk.csv(name, "group_by=quarter&by=team").await;
                desk.csv(name, "by=owner").await;
            }
        }
        let theirs = app.admin("Other").await;
        for name in REPORTS {
            let nothing = report(&app, &theirs, name, "group_by=month").await;
            assert_eq!(told(&nothing, "month", COUNTS), Figures::new(), "{name} tells of another organisation");
        }
        app.done().await;
    }
}

both! {
    async fn a_report_is_of_twelve_months_unless_it_is_of_another_time(app) {
        let ada = app.admin("Acme").await;
        for name in REPORTS {
            let told = report(&app, &ada, name, "").await;
            assert_eq!((&told["from"], &told["to"], &told["time_zone"]), (&json!("2025-12-01"), &json!("2026-11-05"), &json!("UTC")));
            let lines = told["lines"].as_array().expect("lines");
            assert_eq!((lines.len(), &lines[0]["period"], &lines[0]["key"]), (1, &json!("2025-12-01/2026-11-05"), &Value::Null));
            let told = report(&app, &ada, name, "from=2026-02-10&to=2026-03-09&group_by=month").await;
            let periods: Vec<_> = told["lines"].as_array().expect("lines").iter().map(|line| [&line["period"], &line["from"], &line["to"]]).collect();
            assert_eq!(json!(periods), json!([["2026-02", "2026-02-10", "2026-02-28"], ["2026-03", "2026-03-01", "2026-03-09"]]));
        }
        app.done().await;
    }

    async fn what_cannot_be_reported_is_refused(app) {
        let ada = app.admin("Acme").await;
        for name in REPORTS {
            let refused = async |query: &str, status: u16, code: &str| {
                let reply = app.get(&ada, &format!("/api/reports/{name}/?{query}")).await.expect(status);
                assert_eq!(reply.header("content-type"), "application/problem+json");
                assert_eq!(reply.code(), code, "{name} {query}");
            };
            refused("from=2026-03-02&to=2026-03-01", 400, "invalid_span").await;
            refused("from=1969-12-31", 400, "invalid_span").await;
            refused("to=2200-01-01", 400, "invalid_span").await;
            refused("from=2024-01-01&to=2026-01-01&group_by=day", 400, "too_many_groups").await;
            report(&app, &ada, name, "from=2024-01-01&to=2025-01-01&group_by=day").await;
            report(&app, &ada, name, "from=1970-01-01&to=2199-12-31&group_by=year").await;
            for query in ["from=2026-02-30", "from=tomorrow", "group_by=hour", "by=hour", "format=pdf"] {
                if query != "by=hour" || *name != "activity" {
                    app.get(&ada, &format!("/api/reports/{name}/?{query}")).await.expect(400);
                }
            }
        }
        app.done().await;
    }
}

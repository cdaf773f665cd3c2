//! No list goes through everything: each sort walks along an index, and each filter finds by one. The plans are those of the
//! statements that the server makes; SQLite tells them, and PostgreSQL has the same indexes.

use std::collections::BTreeSet;

use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement};
use serde_json::Value;
use testing::{Engine, Person, TestApp};

use super::{
    document::{Operation, operations, resolved},
    ids::{kind_of, whose},
};
use crate::house::{Ids, furnish, text};

/// What an organisation has so few of, because people make each by hand, that all of them may be sorted and tried.
const FEW: &[&str] = &[
    "team",
    "tag",
    "role",
    "pipeline",
    "member",
    "invitation",
    "form",
    "goal",
    "invoice_series",
    "exchange_rate",
    "board",
    "board_column",
    "business_calendar",
    "sla_policy",
    "escalation_rule",
    "case_macro",
    "routing_rule",
    "mailbox",
];

/// Filters without an index of their own, and why: they try the rows that something else has found, at worst those of the
/// organisation in their order.
const TRIED: &[(&str, &str)] = &[
    ("list_accounts city", TOWN),
    ("list_accounts country", SHARE),
    ("list_accounts is_active", SHARE),
    ("list_accounts rating", SHARE),
    ("list_cases case_type", SHARE),
    ("list_cases is_active", SHARE),
    ("list_contact_messages reason", SHARE),
    ("list_contacts city", TOWN),
    ("list_contacts country", SHARE),
    ("list_contacts department", TOWN),
    ("list_contacts do_not_call", SHARE),
    ("list_contacts is_active", SHARE),
    ("list_invoices currency", SHARE),
    ("list_leads city", TOWN),
    ("list_leads country", SHARE),
    ("list_leads created_from_site", SHARE),
    ("list_leads industry", SHARE),
    ("list_leads is_active", SHARE),
    ("list_opportunities close_reason", SHARE),
    ("list_opportunities is_active", SHARE),
    ("list_opportunities lead_source", SHARE),
    ("list_opportunities opportunity_type", SHARE),
    ("list_products is_active", SHARE),
    ("list_products tax_class", SHARE),
    ("list_tasks is_active", SHARE),
    ("list_time_entries is_billable", SHARE),
];
const SHARE: &str = "a short list of values, each of which many rows have: the order meets them soon";
const TOWN: &str = "goes with a search or another filter; alone it tries every row of the organisation";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_sort_and_every_filter_of_a_list_has_an_index() {
    let app = TestApp::start(Engine::Sqlite).await.expect("SQLite is always there");
    let admin = app.admin("Ours").await;
    let ids = furnish(&app, &admin).await;
    let conn = app.database.owner().await;
    let tables: BTreeSet<String> = names(&conn, "SELECT name FROM sqlite_master WHERE type = 'table'").await;
    let desk = Desk { app: &app, conn: &conn, admin: &admin, tables: &tables };
    let mut broken = Vec::new();
    let mut tried = BTreeSet::new();
    for operation in operations(&app).iter().filter(|operation| operation.is_listing()) {
        let few = FEW.contains(&whose(&operation.path));
        for sort in sorts(operation) {
            let plan = desk.plan(&format!("{}?sort={sort}", operation.path)).await;
            if !few && plan.iter().any(|step| step.contains("TEMP B-TREE") && step.contains("ORDER BY")) {
                broken.push(format!("{}: nothing is in the order of {sort}: {plan:#?}", operation.path));
            }
        }
        for parameter in operation.parameters().filter(|parameter| is_filter(parameter)) {
            let name = text(&parameter["name"]);
            let plan = desk
                .plan(&format!("{}?{name}={}", operation.path, sample(&app, &operation.path, parameter, &ids)))
                .await;
            if !few && !finds(&plan, whose(&operation.path), &name) {
                tried.insert(format!("{} {name}", operation.id));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
    assert_eq!(tried, TRIED.iter().map(|(filter, _)| (*filter).to_owned()).collect(), "filters without an index");
    app.done().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn both_engines_have_the_same_indexes() {
    let Some(app) = TestApp::start(Engine::Postgres).await else { return };
    let other = TestApp::start(Engine::Sqlite).await.expect("SQLite is always there");
    // What stands behind a constraint has no name on SQLite; the catalogue's laws see to those.
    let on_postgres = "SELECT i.indexrelid::regclass::text AS name FROM pg_index i \
                       JOIN pg_class t ON t.oid = i.indrelid AND t.relnamespace = 'public'::regnamespace \
                       LEFT JOIN pg_constraint k ON k.conindid = i.indexrelid AND k.contype IN ('p', 'u') \
                       WHERE k.oid IS NULL AND t.relname <> 'search_word'";
    let on_sqlite = "SELECT name FROM sqlite_master WHERE type = 'index' AND name NOT LIKE 'sqlite_%'";
    let (one, two) = (app.database.owner().await, other.database.owner().await);
    assert_eq!(names(&one, on_postgres).await, names(&two, on_sqlite).await);
    app.done().await;
    other.done().await;
}

struct Desk<'a> {
    app: &'a TestApp,
    conn: &'a DatabaseConnection,
    admin: &'a Person,
    tables: &'a BTreeSet<String>,
}

impl Desk<'_> {
    /// The steps of all statements of this request, none of which goes through a whole table.
    async fn plan(&self, path: &str) -> Vec<String> {
        self.app.statements();
        self.app.get(self.admin, path).await.expect(200);
        let mut plan = Vec::new();
        for mut statement in self.app.statements() {
            statement.sql = format!("EXPLAIN QUERY PLAN {}", statement.sql);
            let rows = self.conn.query_all_raw(statement).await.expect("a plan");
            let steps: Vec<String> = rows.iter().map(|row| row.try_get("", "detail").expect("a step")).collect();
            for table in self.tables {
                assert!(goes_through(&steps, table) == 0, "{path} goes through a whole {table}: {steps:#?}");
            }
            plan.extend(steps);
        }
        plan
    }
}

/// How often the whole table is read. Rows that were gathered before they are sorted go by its name, too.
fn goes_through(steps: &[String], table: &str) -> usize {
    let scan = format!("SCAN {table}");
    let scans = steps
        .iter()
        .filter(|step| step.strip_prefix(&scan).is_some_and(|rest| rest.is_empty() || rest.starts_with(" USING")));
    let gathered = [format!("CO-ROUTINE {table}"), format!("MATERIALIZE {table}")];
    scans.count().saturating_sub(steps.iter().filter(|step| gathered.contains(step)).count())
}

/// Whether a step looks the filter up, in the list's own table or in one that leads there.
fn finds(plan: &[String], table: &str, filter: &str) -> bool {
    let column = filter.trim_end_matches("__gte").trim_end_matches("__lte").trim_start_matches("pipeline_");
    plan.iter().any(|step| {
        let Some((searched, by)) = step.split_once(" (") else { return false };
        let own = searched.starts_with(&format!("SEARCH {table} "));
        let link = step.contains("principal_id") || step.contains("tag_id");
        own && by.contains(column) || !own && (link || by.contains(column.trim_end_matches('s')))
    })
}

fn is_filter(parameter: &Value) -> bool {
    !["search", "sort", "limit", "offset", "cursor", "trashed"].contains(&text(&parameter["name"]).as_str())
}

/// As the document spells them: `^(created_at|-created_at|…)(,…`.
fn sorts(operation: &Operation) -> Vec<String> {
    let sort = operation.parameters().find(|parameter| parameter["name"] == "sort").expect("a sort");
    let pattern = text(&sort["schema"]["pattern"]);
    let names = pattern.trim_start_matches("^(").split(')').next().unwrap_or_default();
    let names: Vec<String> = names.split('|').map(str::to_owned).collect();
    assert!(names.len() > 1, "{pattern}");
    names
}

/// A value that the filter takes.
fn sample(app: &TestApp, path: &str, parameter: &Value, ids: &Ids) -> String {
    let mut schema = resolved(app.document, &parameter["schema"]);
    if !schema["items"].is_null() {
        schema = resolved(app.document, &schema["items"]);
    }
    if let Some(first) = schema["enum"].as_array().and_then(|values| values.first()) {
        return text(first);
    }
    match (schema["type"].as_str(), schema["format"].as_str()) {
        (_, Some("uuid")) => ids[kind_of(path, &text(&parameter["name"])).expect("a kind")].clone(),
        (_, Some("date-time")) => "2026-11-05T12:00:00Z".to_owned(),
        (_, Some("date")) => "2026-11-05".to_owned(),
        (_, Some("email")) => "canary@people.example".to_owned(),
        (Some("boolean"), _) => "true".to_owned(),
        (Some("integer"), _) => "1".to_owned(),
        _ if !schema["example"].is_null() => text(&schema["example"]),
        _ => "DE".to_owned(),
    }
}

async fn names(conn: &DatabaseConnection, sql: &str) -> BTreeSet<String> {
    let backend: DbBackend = conn.get_database_backend();
    let rows = conn.query_all_raw(Statement::from_string(backend, sql)).await.expect("rows");
    rows.iter().map(|row| row.try_get("", "name").expect("a name")).collect()
}

//! What waits for whoever asks.

use base::{Result, Tx, zone::first_moment};
use chrono::{Days, NaiveDate};
use chrono_tz::Tz;
use events::EventStatus;
use tasks::Task;

use super::view::{
    DashboardCase, DashboardCases, DashboardEvents, DashboardLead, DashboardLeads, DashboardOpportunities,
    DashboardTask, DashboardTaskList, DashboardTasks,
};

/// Records of one kind that are shown.
const FIRST: usize = 5;
/// Times of events that are shown.
const EVENTS: usize = 10;
/// How far tasks are counted, and cases.
const TASKS: usize = 100;
const CASES: usize = 200;
/// How far leads are counted.
const LEADS: u64 = base::list::COUNTED;

pub async fn tasks(tx: &Tx, today: NaiveDate, zone: Tz) -> Result<DashboardTasks> {
    let due = tasks::due(tx, today, zone, one_more(TASKS)).await?;
    Ok(DashboardTasks { overdue: task_list(due.overdue), today: task_list(due.today) })
}

fn task_list(rows: Vec<Task>) -> DashboardTaskList {
    let (count, count_is_exact) = counted(rows.len(), TASKS);
    let results = rows.into_iter().take(FIRST).map(|row| DashboardTask {
        id: row.id,
        title: row.title,
        status: row.status,
        priority: row.priority,
        due_on: row.due_on,
        due_at: row.due_at,
    });
    DashboardTaskList { count, count_is_exact, results: results.collect() }
}

pub async fn events(tx: &Tx, today: NaiveDate, zone: Tz) -> Result<DashboardEvents> {
    let [from, to] = [0, 1].map(|days| first_moment(today + Days::new(days), zone));
    let me: Vec<_> = tx.actor().user().into_iter().collect();
    let mut calendar = events::calendar(tx, events::Span { from, to }, &me).await?;
    calendar.results.retain(|one| one.status != EventStatus::Cancelled);
    let count = calendar.results.len();
    calendar.results.truncate(EVENTS);
    Ok(DashboardEvents { count: small(count), count_is_exact: calendar.count_is_exact, results: calendar.results })
}

pub async fn leads(tx: &Tx) -> Result<DashboardLeads> {
    let (rows, count) = leads::hot(tx, small(FIRST)).await?;
    let results = rows.into_iter().map(|row| DashboardLead {
        id: row.id,
        name: row.person_name(),
        title: row.title,
        company_name: row.company_name,
        status: row.status,
        created_at: row.created_at,
        next_follow_up: row.next_follow_up,
    });
    Ok(DashboardLeads { count: count.min(LEADS), count_is_exact: count <= LEADS, results: results.collect() })
}

pub async fn opportunities(tx: &Tx) -> Result<Vec<DashboardOpportunities>> {
    let open = opportunities::open(tx).await?.into_iter().map(|open| DashboardOpportunities {
        stage: open.stage,
        currency: open.currency,
        count: open.count,
        amount: open.amount.into(),
    });
    Ok(open.collect())
}

pub async fn cases(tx: &Tx) -> Result<DashboardCases> {
    let rows = cases::at_risk(tx, one_more(CASES)).await?;
    let (count, count_is_exact) = counted(rows.len(), CASES);
    let results = rows.into_iter().take(FIRST).map(|(row, sla)| DashboardCase {
        id: row.id,
        number: row.number,
        name: row.name,
        status: row.status,
        priority: row.priority,
        sla,
    });
    Ok(DashboardCases { count, count_is_exact, results: results.collect() })
}

fn counted(found: usize, most: usize) -> (u64, bool) {
    (small(found.min(most)), found <= most)
}

fn one_more(most: usize) -> u64 {
    small(most) + 1
}

fn small(number: usize) -> u64 {
    number.try_into().unwrap_or(u64::MAX)
}

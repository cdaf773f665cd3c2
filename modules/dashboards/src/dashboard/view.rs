use base::{
    Ref,
    value::{MoneyTotal, Timezone},
};
use cases::{CasePriority, CaseSla, CaseStatus};
use chrono::{DateTime, NaiveDate, Utc};
use events::OccurrenceView;
use forecasts::goal::GoalView;
use leads::LeadStatus;
use opportunities::Stage;
use poem_openapi::Object;
use tasks::{TaskPriority, TaskStatus};
use uuid::Uuid;

/// What somebody needs to see first.
#[derive(Clone, Debug, Object)]
pub struct Dashboard {
    /// Today, in the time zone that was asked for.
    pub date: NaiveDate,
    pub time_zone: Timezone,
    pub tasks: Option<DashboardTasks>,
    pub events: Option<DashboardEvents>,
    pub hot_leads: Option<DashboardLeads>,
    /// Open opportunities by stage and currency; currencies are never added together.
    pub open_opportunities: Option<Vec<DashboardOpportunities>>,
    pub cases_at_risk: Option<DashboardCases>,
    /// The newest changes of records that are there for you, at most 10, out of the 1,000 newest of the organisation.
    #[oai(validator(max_items = 10))]
    pub activity: Option<Vec<DashboardChange>>,
    /// Your own goals, those of your teams and those of the whole organisation whose time it is; at most 20, those that end
    /// first in front.
    #[oai(validator(max_items = 20))]
    pub goals: Option<Vec<GoalView>>,
    /// For whoever may see all leads, opportunities, cases and tasks of the organisation: who has how much of them.
    pub company: Option<DashboardCompany>,
}

/// Open tasks that are assigned to you, or that you made for nobody, as in `my-day`.
#[derive(Clone, Debug, Object)]
pub struct DashboardTasks {
    /// Due before today.
    pub overdue: DashboardTaskList,
    pub today: DashboardTaskList,
}

#[derive(Clone, Debug, Object)]
pub struct DashboardTaskList {
    /// Counted up to 100.
    pub count: u64,
    /// `false`: there are more than `count`.
    pub count_is_exact: bool,
    /// The first, by when they are due.
    #[oai(validator(max_items = 5))]
    pub results: Vec<DashboardTask>,
}

#[derive(Clone, Debug, Object)]
pub struct DashboardTask {
    pub id: Uuid,
    pub title: String,
    pub status: TaskStatus,
    pub priority: TaskPriority,
    pub due_on: Option<NaiveDate>,
    pub due_at: Option<DateTime<Utc>>,
}

/// When the events of today take place in which you take part, without those that were cancelled.
#[derive(Clone, Debug, Object)]
pub struct DashboardEvents {
    pub count: u64,
    /// `false`: there are more than were looked at.
    pub count_is_exact: bool,
    /// The first, by when they begin.
    #[oai(validator(max_items = 10))]
    pub results: Vec<OccurrenceView>,
}

/// Leads that are rated `hot` and neither converted nor closed.
#[derive(Clone, Debug, Object)]
pub struct DashboardLeads {
    /// Counted up to 10,000.
    pub count: u64,
    pub count_is_exact: bool,
    /// The newest.
    #[oai(validator(max_items = 5))]
    pub results: Vec<DashboardLead>,
}

#[derive(Clone, Debug, Object)]
pub struct DashboardLead {
    pub id: Uuid,
    pub title: String,
    /// First and last name.
    pub name: Option<String>,
    pub company_name: Option<String>,
    pub status: LeadStatus,
    pub created_at: DateTime<Utc>,
    pub next_follow_up: Option<NaiveDate>,
}

/// The open opportunities of a stage in a currency.
#[derive(Clone, Debug, Object)]
pub struct DashboardOpportunities {
    pub stage: Stage,
    /// `null`: these have no amount.
    pub currency: Option<String>,
    pub count: u64,
    pub amount: MoneyTotal,
}

/// Open cases of which a promise that is still to be kept is at risk (three quarters of its time have passed) or broken.
#[derive(Clone, Debug, Object)]
pub struct DashboardCases {
    /// Counted up to 200.
    pub count: u64,
    /// `false`: there are more than `count`, and `results` are the first of some.
    pub count_is_exact: bool,
    /// What is due first.
    #[oai(validator(max_items = 5))]
    pub results: Vec<DashboardCase>,
}

#[derive(Clone, Debug, Object)]
pub struct DashboardCase {
    pub id: Uuid,
    pub number: i64,
    pub name: String,
    pub status: CaseStatus,
    pub priority: CasePriority,
    pub sla: CaseSla,
}

/// Something that was done to a record.
#[derive(Clone, Debug, Object)]
pub struct DashboardChange {
    pub at: DateTime<Utc>,
    /// `null` when nobody did it: a form, a job.
    pub actor: Option<Ref>,
    /// created, changed, commented …
    pub verb: String,
    /// `lead`, `task` …
    pub kind: String,
    pub record: Ref,
}

/// Who has how much of what is open.
#[derive(Clone, Debug, Object)]
pub struct DashboardCompany {
    /// Active members to whom anything of it is assigned, by name: the first 200.
    #[oai(validator(max_items = 200))]
    pub members: Vec<DashboardHolder>,
    /// Teams that have what is assigned to them or to somebody who is in them now, each record once: the first 200.
    #[oai(validator(max_items = 200))]
    pub teams: Vec<DashboardHolder>,
}

/// What is assigned to a member or a team. A record of two is with both, so these are not to be added up.
#[derive(Clone, Debug, Object)]
pub struct DashboardHolder {
    /// The member, by user id, or the team.
    pub holder: Ref,
    pub open_leads: u64,
    pub open_opportunities: Vec<DashboardAmount>,
    pub open_cases: u64,
    /// Due before today and not completed.
    pub overdue_tasks: u64,
}

/// How many there are in a currency, and what they come to.
#[derive(Clone, Debug, Object)]
pub struct DashboardAmount {
    /// `null`: these have no amount.
    pub currency: Option<String>,
    pub count: u64,
    pub amount: MoneyTotal,
}

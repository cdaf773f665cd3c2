use base::{
    Ref, Stamp, View,
    value::{Change, Note, Text, Timezone},
};
use chrono::{DateTime, NaiveDate, Utc};
use notes::TagRef;
use pipelines::StandingView;
use poem_openapi::{Enum, Object, types::MaybeUndefined};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// How far a task is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Enum, EnumIter, DeriveActiveEnum)]
#[serde(rename_all = "snake_case")]
#[oai(rename_all = "snake_case")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))", rename_all = "snake_case")]
pub enum TaskStatus {
    #[default]
    New,
    InProgress,
    Completed,
}

impl TaskStatus {
    /// Those of tasks that are to be done.
    pub const OPEN: [Self; 2] = [Self::New, Self::InProgress];
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Enum, EnumIter, DeriveActiveEnum)]
#[serde(rename_all = "snake_case")]
#[oai(rename_all = "snake_case")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))", rename_all = "snake_case")]
pub enum TaskPriority {
    Low,
    #[default]
    Medium,
    High,
}

/// A step of a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Object)]
pub struct ChecklistItem {
    pub text: String,
    pub is_done: bool,
}

/// A step of a task, to be.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields)]
pub struct NewChecklistItem {
    pub text: Text<255>,
    #[oai(default)]
    pub is_done: bool,
}

/// A task.
#[derive(Clone, Debug, Object)]
pub struct TaskView {
    #[oai(flatten)]
    pub stamp: Stamp,
    #[oai(flatten)]
    pub standing: StandingView,
    pub title: String,
    pub description: Option<String>,
    pub status: TaskStatus,
    pub priority: TaskPriority,
    pub due_on: Option<NaiveDate>,
    pub due_at: Option<DateTime<Utc>>,
    pub time_zone: Option<String>,
    pub recurrence: Option<String>,
    /// The task whose completion made this one; the list finds by it what follows a task.
    pub previous_id: Option<Uuid>,
    /// What it is about: one of these four at most. `null` too when you may not see it.
    pub account: Option<Ref>,
    pub opportunity: Option<Ref>,
    pub lead: Option<Ref>,
    pub case: Option<Ref>,
    /// Those whom you may see.
    pub contacts: Vec<Ref>,
    pub checklist: Vec<ChecklistItem>,
    pub reminders: Vec<i32>,
    pub completed_at: Option<DateTime<Utc>>,
    pub completed_by: Option<Uuid>,
    pub is_active: bool,
    pub assigned_to: Vec<Ref>,
    pub teams: Vec<Ref>,
    pub tags: Vec<TagRef>,
}

/// A task to make, or to put in the place of one.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct NewTask {
    pub title: Text<255>,
    pub description: Option<Note<20_000>>,
    #[oai(default)]
    pub status: TaskStatus,
    /// The stage of a pipeline that it is to stand in; it says the status, whatever else is given. The first stage of the status when
    /// absent, in the pipeline where it stands or else in the built-in one.
    pub pipeline_stage_id: Option<Uuid>,
    #[oai(default)]
    pub priority: TaskPriority,
    /// Due on this day, wherever one is. Not together with `due_at`.
    pub due_on: Option<NaiveDate>,
    /// Due at this moment.
    pub due_at: Option<DateTime<Utc>>,
    /// Where `due_at` keeps its hour when the task comes again over a change of clocks: the organisation's when left out.
    pub time_zone: Option<Timezone>,
    /// When it comes again: an RFC 5545 recurrence rule such as `FREQ=WEEKLY;BYDAY=MO`, counted from when this task is due.
    /// Completing the task makes the next one.
    pub recurrence: Option<Text<255>>,
    /// The account that it is about. A task is about one record at most.
    pub account_id: Option<Uuid>,
    /// Or the opportunity.
    pub opportunity_id: Option<Uuid>,
    /// Or the lead.
    pub lead_id: Option<Uuid>,
    /// Or the case.
    pub case_id: Option<Uuid>,
    /// Contacts that have to do with it.
    #[oai(default, validator(max_items = 50))]
    pub contacts: Vec<Uuid>,
    #[oai(default, validator(max_items = 100))]
    pub checklist: Vec<NewChecklistItem>,
    /// When to mail whoever it is assigned to, in seconds before it is due; a day is due at its beginning.
    #[oai(default, validator(max_items = 5))]
    pub reminders: Vec<i32>,
    #[oai(default = "yes")]
    pub is_active: bool,
    /// User ids of members.
    #[oai(default, validator(max_items = 50))]
    pub assigned_to: Vec<Uuid>,
    #[oai(default, validator(max_items = 50))]
    pub teams: Vec<Uuid>,
    #[oai(default, validator(max_items = 50))]
    pub tags: Vec<Uuid>,
}

/// What to change of a task.
#[derive(Clone, Debug, Default, Object)]
#[oai(deny_unknown_fields, example)]
pub struct TaskChange {
    pub title: Change<Text<255>>,
    pub description: MaybeUndefined<Note<20_000>>,
    pub status: Change<TaskStatus>,
    /// It says the status, whatever else is given.
    pub pipeline_stage_id: Change<Uuid>,
    pub priority: Change<TaskPriority>,
    /// Clears `due_at`.
    pub due_on: MaybeUndefined<NaiveDate>,
    /// Clears `due_on`.
    pub due_at: MaybeUndefined<DateTime<Utc>>,
    pub time_zone: MaybeUndefined<Timezone>,
    pub recurrence: MaybeUndefined<Text<255>>,
    /// One that is given clears the others, unless they are given as well.
    pub account_id: MaybeUndefined<Uuid>,
    pub opportunity_id: MaybeUndefined<Uuid>,
    pub lead_id: MaybeUndefined<Uuid>,
    pub case_id: MaybeUndefined<Uuid>,
    #[oai(validator(max_items = 50))]
    pub contacts: Change<Vec<Uuid>>,
    /// All of its steps.
    #[oai(validator(max_items = 100))]
    pub checklist: Change<Vec<NewChecklistItem>>,
    #[oai(validator(max_items = 5))]
    pub reminders: Change<Vec<i32>>,
    pub is_active: Change<bool>,
    #[oai(validator(max_items = 50))]
    pub assigned_to: Change<Vec<Uuid>>,
    #[oai(validator(max_items = 50))]
    pub teams: Change<Vec<Uuid>>,
    #[oai(validator(max_items = 50))]
    pub tags: Change<Vec<Uuid>>,
}

fn yes() -> bool {
    true
}

impl View for TaskView {
    fn id(&self) -> Uuid {
        self.stamp.id
    }

    fn version(&self) -> i64 {
        self.stamp.version
    }
}

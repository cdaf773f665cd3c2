use base::{
    Ref, Stamp, View,
    value::{Change, Note, Text},
};
use chrono::{DateTime, NaiveDate, Utc};
use notes::TagRef;
use pipelines::StandingView;
use poem_openapi::{Enum, Object, types::MaybeUndefined};
use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{satisfaction::CaseSatisfaction, sla::CaseSla};

/// Where a case is. The last three are the end of it: as helped, as nothing to help with, as one that is there already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Enum, EnumIter, DeriveActiveEnum)]
#[serde(rename_all = "snake_case")]
#[oai(rename_all = "snake_case")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))", rename_all = "snake_case")]
pub enum CaseStatus {
    #[default]
    New,
    Assigned,
    /// Waiting for the customer, or for somebody else outside.
    Pending,
    Closed,
    Rejected,
    Duplicate,
}

impl CaseStatus {
    /// Those of cases that are not at their end.
    pub const OPEN: [Self; 3] = [Self::New, Self::Assigned, Self::Pending];

    pub fn is_closed(self) -> bool {
        matches!(self, Self::Closed | Self::Rejected | Self::Duplicate)
    }

    pub(crate) fn in_words(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Assigned => "assigned",
            Self::Pending => "pending",
            Self::Closed => "closed",
            Self::Rejected => "rejected",
            Self::Duplicate => "a duplicate",
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, Enum, EnumIter, DeriveActiveEnum)]
#[serde(rename_all = "snake_case")]
#[oai(rename_all = "snake_case")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))", rename_all = "snake_case")]
pub enum CasePriority {
    Low,
    #[default]
    Normal,
    High,
    Urgent,
}

impl CasePriority {
    /// The next higher one.
    pub(crate) fn raised(self) -> Self {
        match self {
            Self::Low => Self::Normal,
            Self::Normal => Self::High,
            Self::High | Self::Urgent => Self::Urgent,
        }
    }

    pub(crate) fn in_words(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Normal => "normal",
            Self::High => "high",
            Self::Urgent => "urgent",
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Enum, EnumIter, DeriveActiveEnum)]
#[serde(rename_all = "snake_case")]
#[oai(rename_all = "snake_case")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))", rename_all = "snake_case")]
pub enum CaseType {
    Question,
    Incident,
    Problem,
}

/// A case.
#[derive(Clone, Debug, Object)]
pub struct CaseView {
    #[oai(flatten)]
    pub stamp: Stamp,
    #[oai(flatten)]
    pub standing: StandingView,
    /// Counted by the organisation, from 1 on.
    pub number: i64,
    pub name: String,
    pub description: Option<String>,
    pub status: CaseStatus,
    pub priority: CasePriority,
    pub case_type: Option<CaseType>,
    /// `null` too when you may not see it.
    pub account: Option<Ref>,
    /// The case that it is a part of; `null` too when you may not see it. The list finds by `parent_id` what a case consists of.
    pub parent: Option<Ref>,
    /// The case that stayed, when this one was merged into it; `null` too when you may not see it. The list finds by
    /// `merged_into_id` what went into a case.
    pub merged_into: Option<Ref>,
    /// Those whom you may see.
    pub contacts: Vec<Ref>,
    /// Since when it is closed, rejected or a duplicate.
    pub closed_at: Option<DateTime<Utc>>,
    /// The same as a day where the organisation is.
    pub closed_on: Option<NaiveDate>,
    /// By user id; `null` too when nobody did it: a job.
    pub closed_by: Option<Uuid>,
    pub sla: CaseSla,
    /// `null` until the customer was asked.
    pub satisfaction: Option<CaseSatisfaction>,
    pub is_active: bool,
    /// Members who are told by mail what becomes of it, as long as they may see it.
    pub watchers: Vec<Ref>,
    pub assigned_to: Vec<Ref>,
    pub teams: Vec<Ref>,
    pub tags: Vec<TagRef>,
}

/// A case to open, or to put in the place of one.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct NewCase {
    pub name: Text<255>,
    pub description: Option<Note<20_000>>,
    #[oai(default)]
    pub status: CaseStatus,
    /// The stage of a pipeline that it is to stand in; it says the status, whatever else is given. The first stage of the status when
    /// absent, in the pipeline where it stands or else in the built-in one.
    pub pipeline_stage_id: Option<Uuid>,
    #[oai(default)]
    pub priority: CasePriority,
    pub case_type: Option<CaseType>,
    pub account_id: Option<Uuid>,
    /// The case that it is a part of. There are three generations at most.
    pub parent_id: Option<Uuid>,
    /// The people who need help.
    #[oai(default, validator(max_items = 50))]
    pub contacts: Vec<Uuid>,
    #[oai(default = "yes")]
    pub is_active: bool,
    /// User ids of members who want to know what becomes of it.
    #[oai(default, validator(max_items = 50))]
    pub watchers: Vec<Uuid>,
    /// User ids of members.
    #[oai(default, validator(max_items = 50))]
    pub assigned_to: Vec<Uuid>,
    #[oai(default, validator(max_items = 50))]
    pub teams: Vec<Uuid>,
    #[oai(default, validator(max_items = 50))]
    pub tags: Vec<Uuid>,
}

/// What to change of a case.
#[derive(Clone, Debug, Default, Object)]
#[oai(deny_unknown_fields, example)]
pub struct CaseChange {
    pub name: Change<Text<255>>,
    pub description: MaybeUndefined<Note<20_000>>,
    pub status: Change<CaseStatus>,
    /// It says the status, whatever else is given.
    pub pipeline_stage_id: Change<Uuid>,
    pub priority: Change<CasePriority>,
    pub case_type: MaybeUndefined<CaseType>,
    pub account_id: MaybeUndefined<Uuid>,
    pub parent_id: MaybeUndefined<Uuid>,
    #[oai(validator(max_items = 50))]
    pub contacts: Change<Vec<Uuid>>,
    pub is_active: Change<bool>,
    #[oai(validator(max_items = 50))]
    pub watchers: Change<Vec<Uuid>>,
    #[oai(validator(max_items = 50))]
    pub assigned_to: Change<Vec<Uuid>>,
    #[oai(validator(max_items = 50))]
    pub teams: Change<Vec<Uuid>>,
    #[oai(validator(max_items = 50))]
    pub tags: Change<Vec<Uuid>>,
}

/// How to close a case.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct NewClosing {
    /// Whether the open cases beneath it are closed too: those that you may change.
    #[oai(default)]
    pub with_children: bool,
}

fn yes() -> bool {
    true
}

impl View for CaseView {
    fn id(&self) -> Uuid {
        self.stamp.id
    }

    fn version(&self) -> i64 {
        self.stamp.version
    }
}

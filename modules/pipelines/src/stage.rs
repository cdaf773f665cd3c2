use base::{record, value::Colour};
use poem_openapi::Enum;
use sea_orm::entity::prelude::*;
use serde::Serialize;

use crate::{pipeline::Kind, staged::word};

/// What standing in a stage means for the record: its status, in the words of its kind.
///
/// Leads: `assigned`, `in_process`, `converted`, `recycled`, `closed`. Opportunities: `prospecting`, `qualification`, `proposal`,
/// `negotiation`, `closed_won`, `closed_lost`. Tasks: `new`, `in_progress`, `completed`. Cases: `new`, `assigned`, `pending`,
/// `closed`, `rejected`, `duplicate`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Enum, EnumIter, DeriveActiveEnum)]
#[serde(rename_all = "snake_case")]
#[oai(rename_all = "snake_case")]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(32))", rename_all = "snake_case")]
pub enum StageStatus {
    #[default]
    Assigned,
    InProcess,
    Converted,
    Recycled,
    Closed,
    Prospecting,
    Qualification,
    Proposal,
    Negotiation,
    ClosedWon,
    ClosedLost,
    New,
    InProgress,
    Completed,
    Pending,
    Rejected,
    Duplicate,
}

/// Whether what stands there is worked on, or how it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Enum)]
#[serde(rename_all = "snake_case")]
#[oai(rename_all = "snake_case")]
pub enum StageKind {
    Open,
    Won,
    Lost,
    Done,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, DeriveEntityModel)]
#[sea_orm(table_name = "stage")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub org_id: Uuid,
    pub created_at: DateTimeUtc,
    pub created_by: Option<Uuid>,
    pub updated_at: DateTimeUtc,
    pub updated_by: Option<Uuid>,
    pub version: i64,
    pub deleted_at: Option<DateTimeUtc>,

    pub pipeline_id: Uuid,
    /// That of its pipeline.
    pub record_kind: Kind,
    /// From 0 on, in its pipeline.
    pub place: i32,
    pub name: String,
    pub status: StageStatus,
    /// In per cent: what an opportunity has that enters it.
    pub probability: Option<i32>,
    pub colour: Colour,
    /// How many records may stand in it at once.
    pub wip_limit: Option<i32>,
    /// Up to so many days in it are as they should be.
    pub expected_days: Option<i32>,
    /// Beyond so many days in it something is wrong.
    pub warning_days: Option<i32>,
    /// The one of its status that a built-in pipeline began with.
    pub is_built_in: bool,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

record!("stage");

impl StageStatus {
    #[must_use]
    pub fn kind(self, of: Kind) -> StageKind {
        match (self, of) {
            (Self::Converted | Self::ClosedWon, _) => StageKind::Won,
            (Self::ClosedLost, _) | (Self::Closed, Kind::Lead) => StageKind::Lost,
            // Nobody wins or loses a case: whichever way it ended, it is over.
            (Self::Completed | Self::Closed | Self::Rejected | Self::Duplicate, _) => StageKind::Done,
            _ => StageKind::Open,
        }
    }
}

impl Model {
    #[must_use]
    pub fn kind(&self) -> StageKind {
        self.status.kind(self.record_kind)
    }

    /// Whether this is the status of what stands in it.
    #[must_use]
    pub fn says<S: ActiveEnum<Value = String>>(&self, status: S) -> bool {
        word(status) == Some(self.status)
    }
}

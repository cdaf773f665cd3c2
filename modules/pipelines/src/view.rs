use base::{
    Stamp, View,
    value::{Change, Colour, Text},
};
use poem_openapi::{Object, types::Example};
use uuid::Uuid;

use crate::{
    pipeline::Kind,
    stage::{self, StageKind, StageStatus},
};

/// A pipeline.
#[derive(Clone, Debug, Object)]
#[oai(rename = "Pipeline")]
pub struct PipelineView {
    #[oai(flatten)]
    pub stamp: Stamp,
    pub kind: Kind,
    pub name: String,
    /// The one that a record goes into when nothing else is said.
    pub is_built_in: bool,
    /// In their order.
    pub stages: Vec<StageView>,
}

/// A stage of a pipeline.
#[derive(Clone, Debug, Object)]
#[oai(rename = "Stage")]
pub struct StageView {
    pub id: Uuid,
    pub name: String,
    pub status: StageStatus,
    pub kind: StageKind,
    /// In per cent; `null` when it says nothing about that.
    pub probability: Option<i32>,
    pub colour: Colour,
    /// How many records may stand in it at once; `null`: any number.
    pub wip_limit: Option<i32>,
    /// Days.
    pub expected_days: Option<i32>,
    /// Days.
    pub warning_days: Option<i32>,
    /// It was there from the first day: it keeps its status and stays.
    pub is_built_in: bool,
}

/// A pipeline to make, or to put in the place of one.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct NewPipeline {
    /// It never changes.
    pub kind: Kind,
    /// Unique among the pipelines of the kind, whatever the case.
    pub name: Text<100>,
    /// In their order.
    #[oai(validator(min_items = 1, max_items = 20))]
    pub stages: Vec<NewStage>,
}

/// What to change of a pipeline.
#[derive(Clone, Debug, Default, Object)]
#[oai(deny_unknown_fields, example)]
pub struct PipelineChange {
    pub name: Change<Text<100>>,
    /// All of them in their order: those with an `id` stay, those without are new, and those left out go, once nothing
    /// stands in them any more.
    #[oai(validator(min_items = 1, max_items = 20))]
    pub stages: Change<Vec<NewStage>>,
}

/// A stage to make or to keep.
#[derive(Clone, Debug, Object)]
#[oai(deny_unknown_fields, example)]
pub struct NewStage {
    /// The id of a stage that is there already.
    pub id: Option<Uuid>,
    pub name: Text<100>,
    /// The status of what stands in it: one of its kind's.
    pub status: StageStatus,
    /// In per cent: what an opportunity has that enters it. Of opportunities alone; for an open one that gives none, 10, 25,
    /// 50 or 75 by its status.
    #[oai(validator(minimum(value = "0"), maximum(value = "100")))]
    pub probability: Option<i32>,
    #[oai(default)]
    pub colour: Colour,
    /// How many records members may put into it: 1 to 10,000. What comes in by itself, by mail or by a form, is never turned away.
    #[oai(validator(minimum(value = "1"), maximum(value = "10000")))]
    pub wip_limit: Option<i32>,
    /// Up to so many days in it a record is green: 1 to 3,650.
    #[oai(validator(minimum(value = "1"), maximum(value = "3650")))]
    pub expected_days: Option<i32>,
    /// Beyond so many days in it a record is red, and yellow before: not less than `expected_days`. One and a half of these
    /// when absent.
    #[oai(validator(minimum(value = "1"), maximum(value = "3650")))]
    pub warning_days: Option<i32>,
}

impl View for PipelineView {
    fn id(&self) -> Uuid {
        self.stamp.id
    }

    fn version(&self) -> i64 {
        self.stamp.version
    }
}

impl From<stage::Model> for StageView {
    fn from(stage: stage::Model) -> Self {
        Self {
            id: stage.id,
            kind: stage.kind(),
            name: stage.name,
            status: stage.status,
            probability: stage.probability,
            colour: stage.colour,
            wip_limit: stage.wip_limit,
            expected_days: stage.expected_days,
            warning_days: stage.warning_days,
            is_built_in: stage.is_built_in,
        }
    }
}

impl Example for NewStage {
    #[expect(clippy::unwrap_used, reason = "a constant that is a name")]
    fn example() -> Self {
        Self {
            id: None,
            name: Text::parse("Demo held").unwrap(),
            status: StageStatus::Qualification,
            probability: Some(35),
            colour: Colour::Teal,
            wip_limit: Some(25),
            expected_days: Some(10),
            warning_days: Some(20),
        }
    }
}

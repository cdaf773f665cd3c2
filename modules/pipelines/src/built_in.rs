//! The pipeline that every organisation has for each kind of record, from its first day: a stage for each status.

use base::{Fields, Result, Tx, value::Colour};

use crate::{
    pipeline::{self, Kind},
    stage::{self, StageStatus},
};

/// A stage of a built-in pipeline as it begins; what people change of it is theirs.
#[derive(Clone, Copy, Debug)]
pub struct BuiltIn {
    pub status: StageStatus,
    pub name: &'static str,
    pub colour: Colour,
    /// In per cent, of an opportunity.
    pub probability: Option<i32>,
    pub expected_days: Option<i32>,
    pub warning_days: Option<i32>,
}

const fn stage(status: StageStatus, name: &'static str, colour: Colour) -> BuiltIn {
    BuiltIn { status, name, colour, probability: None, expected_days: None, warning_days: None }
}

/// A stage of opportunities; what is open is overdue at one and a half of the days that are expected.
const fn deal(
    status: StageStatus,
    name: &'static str,
    colour: Colour,
    probability: i32,
    days: Option<(i32, i32)>,
) -> BuiltIn {
    let (expected_days, warning_days) = match days {
        Some((expected, warning)) => (Some(expected), Some(warning)),
        None => (None, None),
    };
    BuiltIn { probability: Some(probability), expected_days, warning_days, ..stage(status, name, colour) }
}

/// In the order of their stages.
pub const BUILT_IN: &[(Kind, &str, &[BuiltIn])] = &[
    (
        Kind::Lead,
        "Leads",
        &[
            stage(StageStatus::Assigned, "Assigned", Colour::Blue),
            stage(StageStatus::InProcess, "In process", Colour::Amber),
            stage(StageStatus::Recycled, "Recycled", Colour::Violet),
            stage(StageStatus::Converted, "Converted", Colour::Green),
            stage(StageStatus::Closed, "Closed", Colour::Gray),
        ],
    ),
    (
        Kind::Opportunity,
        "Sales",
        &[
            deal(StageStatus::Prospecting, "Prospecting", Colour::Sky, 10, Some((14, 21))),
            deal(StageStatus::Qualification, "Qualification", Colour::Blue, 25, Some((14, 21))),
            deal(StageStatus::Proposal, "Proposal", Colour::Indigo, 50, Some((10, 15))),
            deal(StageStatus::Negotiation, "Negotiation", Colour::Violet, 75, Some((10, 15))),
            deal(StageStatus::ClosedWon, "Won", Colour::Green, 100, None),
            deal(StageStatus::ClosedLost, "Lost", Colour::Red, 0, None),
        ],
    ),
    (
        Kind::Task,
        "Tasks",
        &[
            stage(StageStatus::New, "New", Colour::Blue),
            stage(StageStatus::InProgress, "In progress", Colour::Amber),
            stage(StageStatus::Completed, "Completed", Colour::Green),
        ],
    ),
    (
        Kind::Case,
        "Cases",
        &[
            stage(StageStatus::New, "New", Colour::Blue),
            stage(StageStatus::Assigned, "Assigned", Colour::Indigo),
            stage(StageStatus::Pending, "Pending", Colour::Amber),
            stage(StageStatus::Closed, "Closed", Colour::Green),
            stage(StageStatus::Rejected, "Rejected", Colour::Red),
            stage(StageStatus::Duplicate, "Duplicate", Colour::Gray),
        ],
    ),
];

/// Makes the built-in pipelines of a new organisation.
///
/// # Errors
/// The database's alone.
pub async fn found(tx: &Tx) -> Result<()> {
    for (kind, name, stages) in BUILT_IN {
        let row =
            pipeline::Model { kind: *kind, name: (*name).to_owned(), is_built_in: true, ..pipeline::Model::default() };
        let pipeline = tx.insert::<pipeline::Entity>(row, Fields::none()).await?;
        let rows = (0..).zip(*stages).map(|(place, stage)| stage::Model {
            pipeline_id: pipeline.id,
            record_kind: *kind,
            place,
            name: stage.name.to_owned(),
            status: stage.status,
            probability: stage.probability,
            colour: stage.colour,
            expected_days: stage.expected_days,
            warning_days: stage.warning_days,
            is_built_in: true,
            ..stage::Model::default()
        });
        tx.insert_many::<stage::Entity>(rows.collect()).await?;
    }
    Ok(())
}

use std::collections::{BTreeSet, HashMap};

use base::{Ref, Result, Tx};
use chrono::{DateTime, Utc};
use poem_openapi::{Enum, Object};
use uuid::Uuid;

use crate::{
    stage::{Entity, Model as Stage, StageKind},
    staged::{Staged, Standing},
};

/// Where a record stands.
#[derive(Clone, Debug, Object)]
#[oai(rename = "Standing")]
pub struct StandingView {
    pub pipeline_stage: Ref,
    pub stage_entered_at: DateTime<Utc>,
    /// Full days of 24 hours since then.
    pub days_in_stage: i64,
    /// By the days in the stage: `green` up to its `expected_days`, `red` beyond its `warning_days`, `yellow` between.
    /// `null` in a stage that expects nothing, and in one where nothing is open.
    pub ageing: Option<Ageing>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename_all = "snake_case")]
pub enum Ageing {
    Green,
    Yellow,
    Red,
}

/// Where rows stand, in their order, with one statement however many there are.
///
/// # Errors
/// The database's alone.
pub async fn standings<R: Staged>(tx: &Tx, rows: &[R::Model]) -> Result<Vec<StandingView>> {
    let places: Vec<_> = rows.iter().map(R::standing).collect();
    let ids: BTreeSet<Uuid> = places.iter().map(|place| place.stage_id).collect();
    let stages: HashMap<Uuid, Stage> =
        tx.find::<Entity>().ids(ids).await?.into_iter().map(|stage| (stage.id, stage)).collect();
    let view = |place: Standing<R::Status>| {
        let stage = stages.get(&place.stage_id);
        let days = (tx.now() - place.stage_entered_at).num_days();
        StandingView {
            pipeline_stage: Ref { id: place.stage_id, name: stage.map(|stage| stage.name.clone()).unwrap_or_default() },
            stage_entered_at: place.stage_entered_at,
            days_in_stage: days,
            ageing: stage.and_then(|stage| Ageing::after(days, stage)),
        }
    };
    Ok(places.into_iter().map(view).collect())
}

impl Ageing {
    fn after(days: i64, stage: &Stage) -> Option<Self> {
        let expected = stage.expected_days.filter(|_| stage.kind() == StageKind::Open)?;
        let warning = stage.warning_days.unwrap_or(expected);
        Some(match days {
            _ if days <= expected.into() => Self::Green,
            _ if days <= warning.into() => Self::Yellow,
            _ => Self::Red,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stage::StageStatus;

    #[test]
    fn a_stage_ages_from_green_to_red() {
        let open = Stage { expected_days: Some(10), warning_days: Some(15), ..Stage::default() };
        let at = |days| Ageing::after(days, &open);
        let expected = [Ageing::Green, Ageing::Green, Ageing::Yellow, Ageing::Yellow, Ageing::Red].map(Some);
        assert_eq!([0, 10, 11, 15, 16].map(at), expected);
        let won = Stage { status: StageStatus::ClosedWon, ..open.clone() };
        assert_eq!(Ageing::after(100, &won), None);
        assert_eq!(Ageing::after(100, &Stage { expected_days: None, ..open }), None);
    }
}

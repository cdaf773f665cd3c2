//! The stages of a pipeline, as a body gives them and as they are kept.

use std::{collections::BTreeSet, sync::Arc};

use base::{Beside, Checked, Error, Faults, Fields, Result, Tx};
use sea_orm::ColumnTrait;
use uuid::Uuid;

use crate::{
    built_in::BUILT_IN,
    pipeline::{self, Kind},
    stage::{Column, Entity, Model, StageStatus},
    staged::StagedKinds,
    view::NewStage,
};

/// The most stages that pipelines of one page have.
const MOST: u64 = 200 * 40;

/// The stages of these pipelines, each in its place.
pub async fn of(tx: &Tx, pipelines: impl IntoIterator<Item = Uuid>) -> Result<Vec<Model>> {
    let pipelines: Vec<Uuid> = pipelines.into_iter().collect();
    if pipelines.is_empty() {
        return Ok(Vec::new());
    }
    let mut stages = tx.find::<Entity>().filter(Column::PipelineId.is_in(pipelines)).all(MOST).await?;
    stages.sort_by_key(|stage| (stage.place, stage.id));
    Ok(stages)
}

/// All stages that a pipeline is to have; `None` leaves them.
pub struct Stages {
    pub kinds: Arc<StagedKinds>,
    pub kind: Kind,
    pub wanted: Option<Vec<NewStage>>,
}

/// What becomes of the stages: checked, not yet kept.
#[derive(Default)]
pub struct Changes {
    was: Vec<Model>,
    kept: Vec<(Model, Model)>,
    new: Vec<Model>,
    gone: Vec<Model>,
}

impl Beside<pipeline::Entity> for Stages {
    type Checked = Changes;

    async fn check(self, tx: &Tx, pipeline: Option<Uuid>, faults: &mut Faults) -> Result<Changes> {
        let Some(wanted) = self.wanted else { return Ok(Changes::default()) };
        let was = of(tx, pipeline).await?;
        let mut changes = Changes { was: was.clone(), gone: was, ..Changes::default() };
        let mut names = BTreeSet::new();
        for (place, stage) in (0_i32..).zip(wanted) {
            let pointer = |field: &str| format!("/stages/{place}/{field}");
            if !self.kinds.has(self.kind, stage.status) {
                let detail = "Records of this kind have no such status.";
                faults.add(pointer("status"), "unknown_status", detail);
            }
            if stage.probability.is_some() && self.kind != Kind::Opportunity {
                faults.add(pointer("probability"), "not_an_opportunity", "Only opportunities have a probability.");
            }
            if !names.insert(stage.name.as_str().to_lowercase()) {
                faults.add(pointer("name"), "taken", "Two stages of a pipeline have the same name.");
            }
            if stage.warning_days.zip(stage.expected_days).is_some_and(|(warning, expected)| warning < expected) {
                let detail = "warning_days is not less than expected_days.";
                faults.add(pointer("warning_days"), "out_of_range", detail);
            }
            let Some(id) = stage.id else {
                changes.new.push(stage.onto(place, self.kind, &Model::default()));
                continue;
            };
            let Some(found) = changes.gone.iter().position(|old| old.id == id) else {
                faults.add(pointer("id"), "unknown_reference", "The pipeline has no such stage, or it comes twice.");
                continue;
            };
            let old = changes.gone.remove(found);
            if old.is_built_in && old.status != stage.status {
                faults.add(
                    pointer("status"),
                    "built_in",
                    "A stage that was there from the first day keeps its status.",
                );
            } else if old.status != stage.status {
                // Whatever stood in it would have another status than its stage.
                leave(tx, &self.kinds, &old).await?;
            }
            let after = stage.onto(place, self.kind, &old);
            changes.kept.push((old, after));
        }
        if changes.gone.iter().any(|stage| stage.is_built_in) {
            faults.add("/stages", "built_in", "The stages of a built-in pipeline's first day stay.");
        }
        for stage in &changes.gone {
            leave(tx, &self.kinds, stage).await?;
        }
        Ok(changes)
    }
}

/// # Errors
/// 409 when something stands in the stage.
pub async fn leave(tx: &Tx, kinds: &StagedKinds, stage: &Model) -> Result<()> {
    if kinds.is_empty(tx, stage).await? {
        return Ok(());
    }
    let detail = format!("Something stands in {}, or did when it was put into the trash: move it first.", stage.name);
    Err(Error::conflict("stage_in_use", detail))
}

impl Checked<pipeline::Entity> for Changes {
    fn fields(&self) -> Fields {
        let names = |stages: Vec<&Model>| stages.into_iter().map(|stage| stage.name.clone()).collect::<Vec<_>>();
        let mut will: Vec<&Model> = self.kept.iter().map(|(_, after)| after).chain(&self.new).collect();
        will.sort_by_key(|stage| stage.place);
        Fields::none().with("stages", names(self.was.iter().collect()), names(will))
    }

    async fn keep(self, tx: &Tx, pipeline: &pipeline::Model) -> Result<()> {
        for stage in self.gone {
            tx.trash::<Entity>(&stage).await?;
        }
        for (before, after) in self.kept {
            tx.update::<Entity>(&before, after, Fields::none()).await?;
        }
        let new = self.new.into_iter().map(|stage| Model { pipeline_id: pipeline.id, ..stage });
        tx.insert_many::<Entity>(new.collect()).await.map(|_| ())
    }
}

impl NewStage {
    fn onto(self, place: i32, kind: Kind, old: &Model) -> Model {
        let usual = self.expected_days.map(|days| (days * 3 + 1) / 2);
        Model {
            record_kind: kind,
            place,
            name: self.name.into(),
            status: self.status,
            probability: self.probability.or_else(|| probability(kind, self.status)),
            colour: self.colour,
            wip_limit: self.wip_limit,
            expected_days: self.expected_days,
            warning_days: self.warning_days.or(usual),
            ..old.clone()
        }
    }
}

/// That of the built-in stage of this status.
fn probability(kind: Kind, status: StageStatus) -> Option<i32> {
    let (.., stages) = BUILT_IN.iter().find(|(of, ..)| *of == kind)?;
    stages.iter().find(|stage| stage.status == status)?.probability
}

use std::collections::HashMap;

use base::{Faults, Resource, Result, Stamp, Tx};
use uuid::Uuid;

use crate::{
    pipeline::{Entity, Model},
    stages::{self, Stages},
    view::{PipelineView, StageView},
};

impl Resource for Entity {
    type View = PipelineView;
    type Beside = Stages;

    async fn check(_: &Tx, row: &mut Model, before: Option<&Model>, faults: &mut Faults) -> Result<()> {
        if before.is_some_and(|before| before.kind != row.kind) {
            faults.add("/kind", "unchangeable", "A pipeline keeps its kind of record.");
        }
        Ok(())
    }

    /// One statement, however many they are.
    async fn show(tx: &Tx, rows: Vec<Model>) -> Result<Vec<PipelineView>> {
        let mut stages: HashMap<Uuid, Vec<StageView>> = HashMap::new();
        for stage in stages::of(tx, rows.iter().map(|row| row.id)).await? {
            stages.entry(stage.pipeline_id).or_default().push(stage.into());
        }
        let view = |row: Model| PipelineView {
            stamp: Stamp::of(&row),
            stages: stages.remove(&row.id).unwrap_or_default(),
            kind: row.kind,
            name: row.name,
            is_built_in: row.is_built_in,
        };
        Ok(rows.into_iter().map(view).collect())
    }
}

use pipelines::{Kind, Staged, Standing};

use crate::{
    task::{Column, Entity, Model},
    view::TaskStatus,
};

impl Staged for Entity {
    const PIPELINE: Kind = Kind::Task;
    const STAGE: Column = Column::StageId;
    const RANK: Column = Column::Rank;

    type Status = TaskStatus;

    fn standing(row: &Model) -> Standing<TaskStatus> {
        Standing {
            stage_id: row.stage_id,
            rank: row.rank.clone(),
            stage_entered_at: row.stage_entered_at,
            status: row.status,
        }
    }

    fn stand(row: &mut Model, standing: Standing<TaskStatus>) {
        (row.stage_id, row.rank, row.stage_entered_at) = (standing.stage_id, standing.rank, standing.stage_entered_at);
        row.status = standing.status;
    }
}

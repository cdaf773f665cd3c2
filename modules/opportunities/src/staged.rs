use pipelines::{Kind, Staged, Standing};

use crate::{
    opportunity::{Column, Entity, Model},
    stage::Stage,
};

impl Staged for Entity {
    const PIPELINE: Kind = Kind::Opportunity;
    const STAGE: Column = Column::StageId;
    const RANK: Column = Column::Rank;
    const SUMMED: Option<(Column, Column)> = Some((Column::Currency, Column::Amount));

    type Status = Stage;

    fn standing(row: &Model) -> Standing<Stage> {
        Standing {
            stage_id: row.stage_id,
            rank: row.rank.clone(),
            stage_entered_at: row.stage_entered_at,
            status: row.stage,
        }
    }

    fn stand(row: &mut Model, standing: Standing<Stage>) {
        (row.stage_id, row.rank, row.stage_entered_at) = (standing.stage_id, standing.rank, standing.stage_entered_at);
        row.stage = standing.status;
    }

    fn leave(row: &mut Model) {
        row.leave_stage();
    }
}

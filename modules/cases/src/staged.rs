use pipelines::{Kind, Staged, Standing};

use crate::{
    case::{Column, Entity, Model},
    view::CaseStatus,
};

impl Staged for Entity {
    const PIPELINE: Kind = Kind::Case;
    const STAGE: Column = Column::StageId;
    const RANK: Column = Column::Rank;

    type Status = CaseStatus;

    fn standing(row: &Model) -> Standing<CaseStatus> {
        Standing {
            stage_id: row.stage_id,
            rank: row.rank.clone(),
            stage_entered_at: row.stage_entered_at,
            status: row.status,
        }
    }

    fn stand(row: &mut Model, standing: Standing<CaseStatus>) {
        (row.stage_id, row.rank, row.stage_entered_at) = (standing.stage_id, standing.rank, standing.stage_entered_at);
        row.status = standing.status;
    }
}

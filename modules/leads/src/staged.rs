use pipelines::{Kind, Staged, Standing};

use crate::{
    lead::{Column, Entity, Model},
    status::LeadStatus,
};

impl Staged for Entity {
    const PIPELINE: Kind = Kind::Lead;
    const STAGE: Column = Column::StageId;
    const RANK: Column = Column::Rank;
    const SUMMED: Option<(Column, Column)> = Some((Column::Currency, Column::OpportunityAmount));

    type Status = LeadStatus;

    fn standing(row: &Model) -> Standing<LeadStatus> {
        Standing {
            stage_id: row.stage_id,
            rank: row.rank.clone(),
            stage_entered_at: row.stage_entered_at,
            status: row.status,
        }
    }

    fn stand(row: &mut Model, standing: Standing<LeadStatus>) {
        (row.stage_id, row.rank, row.stage_entered_at) = (standing.stage_id, standing.rank, standing.stage_entered_at);
        row.status = standing.status;
    }
}

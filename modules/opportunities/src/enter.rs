//! What follows from the stage that an opportunity comes into.

use base::{Faults, Result, Tx};
use pipelines::StageEntity;

use crate::{
    opportunity::{Entity, Model},
    write::BY_STAGE,
};

pub async fn enter(tx: &Tx, row: &mut Model, before: Option<&Model>, faults: &mut Faults) -> Result<()> {
    let told = row.stage;
    let entered = pipelines::place::<Entity>(tx, row, before, faults).await?;
    // A stage of the pipeline said it, and not the body.
    if entered.is_some() && row.stage != told {
        // What an open one has there is when it was expected to be.
        if row.stage.is_closed() && row.closed_on == before.and_then(|before| before.closed_on) {
            row.closed_on = Some(tx.now().with_timezone(&tx.org_time_zone().await?).date_naive());
        }
        if !row.stage.is_closed() && before.is_some_and(|before| before.stage.is_closed()) {
            row.closed_on = None;
        }
    }
    if row.probability == BY_STAGE {
        let stage = match entered {
            Some(stage) => Some(stage),
            None => tx.find::<StageEntity>().ids([row.stage_id]).await?.pop(),
        };
        let usual = || row.stage.probability();
        row.probability = stage.and_then(|stage| stage.probability).unwrap_or_else(usual);
    }
    Ok(())
}

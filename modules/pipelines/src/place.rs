//! How a record comes into a stage.

use base::{Error, Faults, Result, Tx, value::Rank};
use sea_orm::{ActiveEnum, ColumnTrait, Condition};
use uuid::Uuid;

use crate::{
    stage::{Column, Entity, Model as Stage},
    staged::{Staged, word},
};

/// More stages than an organisation has of one status.
const MOST: u64 = 1_000;

/// Puts a row into its stage, for a [`Resource::check`](base::Resource::check): a stage that a body chose says the status,
/// and a status that a body set leads to the first stage of it in the same pipeline, or else to the built-in one. What enters a
/// stage goes on top. Answers the stage when the row enters it, `None` when it stays.
///
/// # Errors
/// 409 `wip_limit_reached` when the stage is full.
pub async fn place<R: Staged>(
    tx: &Tx,
    row: &mut R::Model,
    before: Option<&R::Model>,
    faults: &mut Faults,
) -> Result<Option<Stage>> {
    let mut now = R::standing(row);
    let was = before.map(R::standing);
    let from = was.as_ref().map_or(Uuid::nil(), |was| was.stage_id);
    let entered = if now.stage_id != from {
        chosen::<R>(tx, now.stage_id, faults).await?
    } else if was.as_ref().is_none_or(|was| was.status != now.status) {
        Some(by_status::<R>(tx, now.status, from).await?)
    } else {
        None
    };
    let Some(stage) = entered else { return Ok(None) };
    if stage.id != from {
        room::<R>(tx, &stage).await?;
        now.stage_entered_at = tx.now();
    }
    if was.is_none_or(|was| was.rank == now.rank && stage.id != from) {
        now.rank = Rank::top(tx.id());
    }
    now.stage_id = stage.id;
    now.status = R::Status::try_from_value(&stage.status.into_value())?;
    R::stand(row, now);
    Ok(Some(stage))
}

async fn chosen<R: Staged>(tx: &Tx, id: Uuid, faults: &mut Faults) -> Result<Option<Stage>> {
    let stage = tx.find::<Entity>().ids([id]).await?.pop().filter(|stage| stage.record_kind == R::PIPELINE);
    if stage.is_none() {
        faults.add("/pipeline_stage_id", "unknown_reference", "There is no such stage for records of this kind.");
    }
    Ok(stage)
}

async fn by_status<R: Staged>(tx: &Tx, status: R::Status, from: Uuid) -> Result<Stage> {
    let wanted = word(status).ok_or_else(|| Error::internal("a status without a stage"))?;
    let of_status = Condition::all().add(Column::RecordKind.eq(R::PIPELINE)).add(Column::Status.eq(wanted));
    let asked = Condition::any().add(of_status).add(Column::Id.eq(from));
    let mut stages = tx.find::<Entity>().filter(asked).all(MOST).await?;
    let pipeline = stages.iter().find(|stage| stage.id == from).map(|stage| stage.pipeline_id);
    stages.retain(|stage| stage.status == wanted && (stage.is_built_in || Some(stage.pipeline_id) == pipeline));
    let first =
        stages.into_iter().min_by_key(|stage| (Some(stage.pipeline_id) != pipeline, !stage.is_built_in, stage.place));
    first.ok_or_else(|| Error::internal("a built-in stage is missing"))
}

/// One after another enters a stage that has a limit, so that no two take its last place. The limit is for members, who can
/// leave a card where it is: what the organisation itself lets in, a mail or a form, is never turned away for it.
async fn room<R: Staged>(tx: &Tx, stage: &Stage) -> Result<()> {
    if tx.actor().user().is_none() {
        return Ok(());
    }
    let Some(limit) = stage.wip_limit.and_then(|limit| u64::try_from(limit).ok()) else { return Ok(()) };
    alone_in(tx, stage.id).await?;
    if tx.crowd_living::<R>(R::STAGE, stage.id, limit).await? < limit {
        return Ok(());
    }
    Err(Error::conflict("wip_limit_reached", format!("{} is full: its limit is {limit}.", stage.name)))
}

/// Puts many new rows into the built-in stages of their statuses, one above the other.
///
/// # Errors
/// The database's alone.
pub async fn place_all<R: Staged>(tx: &Tx, rows: &mut [R::Model]) -> Result<()> {
    let built_in = Condition::all().add(Column::RecordKind.eq(R::PIPELINE)).add(Column::IsBuiltIn.eq(true));
    let stages = tx.find::<Entity>().filter(built_in).all(MOST).await?;
    for row in rows {
        let mut new = R::standing(row);
        let stage = stages.iter().find(|stage| Some(stage.status) == word(new.status));
        new.stage_id = stage.ok_or_else(|| Error::internal("a built-in stage is missing"))?.id;
        (new.rank, new.stage_entered_at) = (Rank::top(tx.id()), tx.now());
        R::stand(row, new);
    }
    Ok(())
}

/// Until the transaction ends nobody else enters the stage by its limit, or finds a place in its order.
pub async fn alone_in(tx: &Tx, stage: Uuid) -> Result<()> {
    tx.alone_with(&format!("stage {stage}")).await
}

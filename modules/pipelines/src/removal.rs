//! How a pipeline goes into the trash with its stages, and comes back with them.

use base::{Error, IfMatch, Result, Tx, Verb};
use sea_orm::{ColumnTrait, ExprTrait};
use uuid::Uuid;

use crate::{
    pipeline::{Entity, Model},
    stage,
    staged::StagedKinds,
    stages::{self, leave},
};

/// # Errors
/// 409 for a built-in pipeline, and while something stands in a stage.
pub async fn trash(tx: &Tx, kinds: &StagedKinds, id: Uuid, seen: &IfMatch) -> Result<()> {
    let pipeline = tx.open::<Entity>(id, Verb::DELETE, seen).await?;
    if pipeline.is_built_in {
        return Err(Error::conflict("built_in", "A built-in pipeline stays."));
    }
    for stage in stages::of(tx, [pipeline.id]).await? {
        leave(tx, kinds, &stage).await?;
        tx.trash::<stage::Entity>(&stage).await?;
    }
    tx.trash::<Entity>(&pipeline).await
}

/// The stages that went with it come back; those that had gone before do not.
pub async fn restore(tx: &Tx, id: Uuid) -> Result<Model> {
    let pipeline = tx.open_trashed::<Entity>(id, Verb::DELETE).await?;
    let went = stage::Column::PipelineId.eq(pipeline.id).and(stage::Column::DeletedAt.eq(pipeline.deleted_at));
    for stage in tx.find::<stage::Entity>().trashed().filter(went).all(100).await? {
        tx.restore::<stage::Entity>(&stage).await?;
    }
    tx.restore::<Entity>(&pipeline).await
}

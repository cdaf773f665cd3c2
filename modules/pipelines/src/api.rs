use std::sync::Arc;

use base::{Body, Changed, Created, Db, IfMatch, Listing, Member, Page, Result, Shown, Trashed};
use poem_openapi::{OpenApi, param::Path, payload::Json};
use uuid::Uuid;

use crate::{
    pipeline::{Entity, Model},
    removal,
    staged::StagedKinds,
    stages::Stages,
    view::{NewPipeline, PipelineChange, PipelineView},
};

/// The stages through which records go.
pub struct PipelinesApi {
    pub db: Db,
    pub kinds: Arc<StagedKinds>,
}

#[OpenApi(prefix_path = "/api/pipelines")]
impl PipelinesApi {
    /// List pipelines
    ///
    /// With their stages.
    #[oai(path = "/", method = "get", operation_id = "list_pipelines")]
    async fn list(&self, member: Member, query: Listing<Entity>) -> Result<Json<Page<PipelineView>>> {
        self.db.list(&member, &query).await
    }

    /// Create a pipeline
    ///
    /// Beside the built-in one of its kind.
    #[oai(path = "/", method = "post", operation_id = "create_pipeline")]
    async fn create(&self, member: Member, new: Body<NewPipeline>) -> Result<Created<PipelineView>> {
        self.db.create::<Entity>(&member, |row| self.put(new.0, row)).await
    }

    /// Show a pipeline
    ///
    /// With its stages and its `ETag`.
    #[oai(path = "/:id/", method = "get", operation_id = "show_pipeline")]
    async fn show(&self, member: Member, id: Path<Uuid>) -> Result<Shown<PipelineView>> {
        self.db.show::<Entity>(&member, id.0).await
    }

    /// Change a pipeline
    ///
    /// A merge patch (RFC 7396), in which `stages` is the whole list. 409 `stage_in_use` when a stage that is left out, or
    /// that gets another status, holds something.
    #[oai(path = "/:id/", method = "patch", operation_id = "change_pipeline")]
    async fn change(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        change: Body<PipelineChange>,
    ) -> Result<Changed<PipelineView>> {
        self.db.change::<Entity>(&member, id.0, &seen, |row| self.patch(change.0, row)).await
    }

    /// Replace a pipeline
    ///
    /// Stages that the body leaves out go; 409 `stage_in_use` when one of them holds something, or one that gets another status.
    #[oai(path = "/:id/", method = "put", operation_id = "replace_pipeline")]
    async fn replace(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        new: Body<NewPipeline>,
    ) -> Result<Changed<PipelineView>> {
        self.db.change::<Entity>(&member, id.0, &seen, |row| self.put(new.0, row)).await
    }

    /// Trash a pipeline
    ///
    /// With its stages, once nothing stands in them. It can be restored. A built-in one stays.
    #[oai(path = "/:id/", method = "delete", operation_id = "delete_pipeline")]
    async fn delete(&self, member: Member, id: Path<Uuid>, seen: IfMatch) -> Result<Trashed> {
        self.db
            .write(&member, async |tx| {
                removal::trash(tx, &self.kinds, id.0, &seen).await?;
                Ok(Trashed)
            })
            .await
    }

    /// Restore a pipeline
    ///
    /// Out of the trash, with its stages.
    #[oai(path = "/:id/restore/", method = "post", operation_id = "restore_pipeline")]
    async fn restore(&self, member: Member, id: Path<Uuid>) -> Result<Changed<PipelineView>> {
        self.db
            .write(&member, async |tx| {
                let row = removal::restore(tx, id.0).await?;
                Ok(Changed(tx.show::<Entity>(row).await?))
            })
            .await
    }
}

impl PipelinesApi {
    fn put(&self, new: NewPipeline, row: &mut Model) -> Stages {
        row.kind = new.kind;
        row.name = new.name.into();
        Stages { kinds: self.kinds.clone(), kind: row.kind, wanted: Some(new.stages) }
    }

    fn patch(&self, change: PipelineChange, row: &mut Model) -> Stages {
        base::value::patch_required(&mut row.name, change.name);
        Stages { kinds: self.kinds.clone(), kind: row.kind, wanted: change.stages.into_option() }
    }
}

use std::marker::PhantomData;

use base::{Body, Changed, Db, IfMatch, Member, Resource, Result};
use poem_openapi::{
    OpenApi,
    param::{Path, Query},
    payload::Json,
};
use uuid::Uuid;

use crate::{
    board::{self, Board},
    history::{self, StageHistory},
    moving::{self, Move},
    staged::Staged,
};

/// The board of records of one kind, and their way through its stages.
pub struct StagesApi<R> {
    db: Db,
    kind: PhantomData<fn() -> R>,
}

impl<R> StagesApi<R> {
    #[must_use]
    pub fn new(db: Db) -> Self {
        Self { db, kind: PhantomData }
    }
}

#[OpenApi(prefix_path = R::PATH)]
impl<R: Staged> StagesApi<R> {
    /// Show a board
    ///
    /// The stages of a pipeline side by side, with what you may see of what stands in each: how many, what they come to, and
    /// the first of them.
    #[oai(path = "/board/", method = "get")]
    async fn board(
        &self,
        member: Member,
        /// The built-in pipeline when absent.
        pipeline_id: Query<Option<Uuid>>,
        /// Records of each column: 1 to 50, 20 when absent.
        #[oai(validator(minimum(value = "1"), maximum(value = "50")))]
        limit: Query<Option<u64>>,
    ) -> Result<Json<Board<<R as Resource>::View>>> {
        let most = limit.0.unwrap_or(20);
        self.db.read(&member, async |tx| board::of::<R>(tx, pipeline_id.0, most).await.map(Json)).await
    }

    /// Move a record
    ///
    /// To another stage, or to another place in the same one. The stage says the status, with all that follows from it. 409
    /// `wip_limit_reached` when the stage is full.
    #[oai(path = "/:id/move/", method = "post")]
    async fn move_to(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        wanted: Body<Move>,
    ) -> Result<Changed<<R as Resource>::View>> {
        self.db
            .write(&member, async |tx| {
                let row = moving::to::<R>(tx, id.0, &seen, wanted.0).await?;
                Ok(Changed(tx.show::<R>(row).await?))
            })
            .await
    }

    /// Show the stages that a record has been in
    ///
    /// From the change log, the first one first.
    #[oai(path = "/:id/stage-history/", method = "get")]
    async fn history(&self, member: Member, id: Path<Uuid>) -> Result<Json<StageHistory>> {
        self.db.read(&member, async |tx| history::of::<R>(tx, id.0).await.map(Json)).await
    }
}

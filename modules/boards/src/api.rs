use base::{Body, Changed, Created, Db, IfMatch, Listing, Member, Page, Result, Shown, Trashed};
use poem_openapi::{
    OpenApi,
    param::{Path, Query},
    payload::Json,
};
use uuid::Uuid;

use crate::board::{self, BoardCards, BoardChange, BoardReplacement, BoardView, Entity, NewBoard};

/// Boards.
pub struct BoardsApi {
    pub db: Db,
}

/// Cards of a column when no `limit` is given.
const USUAL: u64 = 20;

#[OpenApi(prefix_path = "/api/boards")]
impl BoardsApi {
    /// List boards
    ///
    /// Those that you are on.
    #[oai(path = "/", method = "get", operation_id = "list_boards")]
    async fn list(&self, member: Member, query: Listing<Entity>) -> Result<Json<Page<BoardView>>> {
        self.db.list(&member, &query).await
    }

    /// Create a board
    ///
    /// You own it.
    #[oai(path = "/", method = "post", operation_id = "create_board")]
    async fn create(&self, member: Member, new: Body<NewBoard>) -> Result<Created<BoardView>> {
        self.db.create::<Entity>(&member, |row| new.0.write(row)).await
    }

    /// Show a board
    ///
    /// With its `ETag`.
    #[oai(path = "/:id/", method = "get", operation_id = "show_board")]
    async fn show(&self, member: Member, id: Path<Uuid>) -> Result<Shown<BoardView>> {
        self.db.show::<Entity>(&member, id.0).await
    }

    /// Show the cards of a board
    ///
    /// Column by column, with how many there are and the first of each.
    #[oai(path = "/:id/cards/", method = "get", operation_id = "show_board_cards")]
    async fn cards(
        &self,
        member: Member,
        id: Path<Uuid>,
        /// Cards of each column, 20 when left out.
        #[oai(validator(minimum(value = "1"), maximum(value = "50")))]
        limit: Query<Option<u64>>,
    ) -> Result<Json<BoardCards>> {
        self.db.read(&member, async |tx| board::cards(tx, id.0, limit.0.unwrap_or(USUAL)).await.map(Json)).await
    }

    /// Change a board
    ///
    /// What is absent stays. For its owners and admins.
    #[oai(path = "/:id/", method = "patch", operation_id = "change_board")]
    async fn change(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        change: Body<BoardChange>,
    ) -> Result<Changed<BoardView>> {
        self.db.change::<Entity>(&member, id.0, &seen, |row| change.0.write(row)).await
    }

    /// Replace a board
    ///
    /// What the body leaves out is cleared; its columns and cards stay.
    #[oai(path = "/:id/", method = "put", operation_id = "replace_board")]
    async fn replace(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        new: Body<BoardReplacement>,
    ) -> Result<Changed<BoardView>> {
        self.db.change::<Entity>(&member, id.0, &seen, |row| new.0.write(row)).await
    }

    /// Leave a board
    ///
    /// 409 `last_owner` for its only owner.
    #[oai(path = "/:id/departure/", method = "post", operation_id = "leave_board")]
    async fn leave(&self, member: Member, id: Path<Uuid>) -> Result<Trashed> {
        self.db.write(&member, async |tx| board::depart(tx, id.0).await.map(|()| Trashed)).await
    }

    /// Trash a board
    ///
    /// With everything on it; it can be restored. For its owners.
    #[oai(path = "/:id/", method = "delete", operation_id = "delete_board")]
    async fn delete(&self, member: Member, id: Path<Uuid>, seen: IfMatch) -> Result<Trashed> {
        self.db.delete::<Entity>(&member, id.0, &seen).await
    }

    /// Restore a board
    ///
    /// Out of the trash.
    #[oai(path = "/:id/restore/", method = "post", operation_id = "restore_board")]
    async fn restore(&self, member: Member, id: Path<Uuid>) -> Result<Changed<BoardView>> {
        self.db.restore::<Entity>(&member, id.0).await
    }
}

use base::{Body, Changed, Created, Db, IfMatch, Listing, Member, Page, Result, Shown, Trashed};
use poem_openapi::{OpenApi, param::Path, payload::Json};
use uuid::Uuid;

use super::{
    place,
    row::Entity,
    view::{BoardColumnChange, BoardColumnMove, BoardColumnReplacement, BoardColumnView, NewBoardColumn},
};

/// The columns of boards.
pub struct ColumnsApi {
    pub db: Db,
}

#[OpenApi(prefix_path = "/api/boards/columns")]
impl ColumnsApi {
    /// List columns
    ///
    /// Of the boards that you may see. `board_id` and `sort=-rank` show a board's from left to right.
    #[oai(path = "/", method = "get", operation_id = "list_board_columns")]
    async fn list(&self, member: Member, query: Listing<Entity>) -> Result<Json<Page<BoardColumnView>>> {
        self.db.list(&member, &query).await
    }

    /// Create a column
    ///
    /// On the right of its board, which has 50 at most. For owners and admins of the board.
    #[oai(path = "/", method = "post", operation_id = "create_board_column")]
    async fn create(&self, member: Member, new: Body<NewBoardColumn>) -> Result<Created<BoardColumnView>> {
        self.db.create::<Entity>(&member, |row| new.0.write(row)).await
    }

    /// Show a column
    ///
    /// With its `ETag`.
    #[oai(path = "/:id/", method = "get", operation_id = "show_board_column")]
    async fn show(&self, member: Member, id: Path<Uuid>) -> Result<Shown<BoardColumnView>> {
        self.db.show::<Entity>(&member, id.0).await
    }

    /// Change a column
    ///
    /// What is absent stays.
    #[oai(path = "/:id/", method = "patch", operation_id = "change_board_column")]
    async fn change(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        change: Body<BoardColumnChange>,
    ) -> Result<Changed<BoardColumnView>> {
        self.db.change::<Entity>(&member, id.0, &seen, |row| change.0.write(row)).await
    }

    /// Replace a column
    ///
    /// What the body leaves out is cleared.
    #[oai(path = "/:id/", method = "put", operation_id = "replace_board_column")]
    async fn replace(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        new: Body<BoardColumnReplacement>,
    ) -> Result<Changed<BoardColumnView>> {
        self.db.change::<Entity>(&member, id.0, &seen, |row| new.0.write(row)).await
    }

    /// Move a column
    ///
    /// To the left or to the right on its board.
    #[oai(path = "/:id/move/", method = "post", operation_id = "move_board_column")]
    async fn put(&self, member: Member, id: Path<Uuid>, to: Body<BoardColumnMove>) -> Result<Changed<BoardColumnView>> {
        self.db
            .write(&member, async |tx| {
                let column = place::put(tx, id.0, to.0.position).await?;
                Ok(Changed(tx.show::<Entity>(column).await?))
            })
            .await
    }

    /// Trash a column
    ///
    /// It can be restored. One with cards in it is a 409 `column_not_empty`.
    #[oai(path = "/:id/", method = "delete", operation_id = "delete_board_column")]
    async fn delete(&self, member: Member, id: Path<Uuid>, seen: IfMatch) -> Result<Trashed> {
        self.db.write(&member, async |tx| place::remove(tx, id.0, &seen).await.map(|()| Trashed)).await
    }

    /// Restore a column
    ///
    /// Out of the trash.
    #[oai(path = "/:id/restore/", method = "post", operation_id = "restore_board_column")]
    async fn restore(&self, member: Member, id: Path<Uuid>) -> Result<Changed<BoardColumnView>> {
        self.db
            .write(&member, async |tx| {
                let column = place::restore(tx, id.0).await?;
                Ok(Changed(tx.show::<Entity>(column).await?))
            })
            .await
    }
}

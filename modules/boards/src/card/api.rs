use base::{Body, Changed, Created, Db, IfMatch, Listed, Listing, Member, Page, Result, Shown, Trashed};
use poem_openapi::{OpenApi, param::Path, payload::Json};
use uuid::Uuid;

use super::{
    moved, place,
    row::Entity,
    view::{CardChange, CardMove, CardView, NewCard},
};

/// The cards on boards.
pub struct CardsApi {
    pub db: Db,
}

#[OpenApi(prefix_path = "/api/boards/cards")]
impl CardsApi {
    /// List cards
    ///
    /// Of the boards that you may see. `search` finds by the beginnings of words in the title; `column_id` and `sort=-rank` show
    /// a column from its top.
    #[oai(path = "/", method = "get", operation_id = "list_cards")]
    async fn list(&self, member: Member, query: Listing<Entity>) -> Result<Json<Page<CardView>>> {
        self.db.list(&member, &query).await
    }

    /// Create a card
    ///
    /// At the bottom of its column; 409 `wip_limit_reached` when that takes no more. Those to whom it is assigned get a mail, if
    /// they are on the board.
    #[oai(path = "/", method = "post", operation_id = "create_card")]
    async fn create(&self, member: Member, new: Body<NewCard>) -> Result<Created<CardView>> {
        self.db
            .write(&member, async |tx| {
                let card = Box::pin(place::create(tx, new.0)).await?;
                Ok(Created::at(Entity::PATH, tx.show::<Entity>(card).await?))
            })
            .await
    }

    /// Show a card
    ///
    /// With its `ETag`.
    #[oai(path = "/:id/", method = "get", operation_id = "show_card")]
    async fn show(&self, member: Member, id: Path<Uuid>) -> Result<Shown<CardView>> {
        self.db.show::<Entity>(&member, id.0).await
    }

    /// Change a card
    ///
    /// What is absent stays.
    #[oai(path = "/:id/", method = "patch", operation_id = "change_card")]
    async fn change(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        change: Body<CardChange>,
    ) -> Result<Changed<CardView>> {
        self.db
            .write(&member, async |tx| {
                let column = change.0.column_id.into_option();
                let card = Box::pin(place::change(tx, id.0, &seen, column, |row| change.0.write(row))).await?;
                Ok(Changed(tx.show::<Entity>(card).await?))
            })
            .await
    }

    /// Replace a card
    ///
    /// What the body leaves out is cleared.
    #[oai(path = "/:id/", method = "put", operation_id = "replace_card")]
    async fn replace(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        new: Body<NewCard>,
    ) -> Result<Changed<CardView>> {
        self.db
            .write(&member, async |tx| {
                let column = Some(new.0.column_id);
                let card = Box::pin(place::change(tx, id.0, &seen, column, |row| new.0.write(row))).await?;
                Ok(Changed(tx.show::<Entity>(card).await?))
            })
            .await
    }

    /// Move a card
    ///
    /// Up, down, to another column, or to another board. One card changes, whatever is around it; 409 `wip_limit_reached` when
    /// the column takes no more.
    #[oai(path = "/:id/move/", method = "post", operation_id = "move_card")]
    async fn put(&self, member: Member, id: Path<Uuid>, to: Body<CardMove>) -> Result<Changed<CardView>> {
        self.db
            .write(&member, async |tx| {
                let card = Box::pin(moved::put(tx, id.0, to.0)).await?;
                Ok(Changed(tx.show::<Entity>(card).await?))
            })
            .await
    }

    /// Trash a card
    ///
    /// It can be restored.
    #[oai(path = "/:id/", method = "delete", operation_id = "delete_card")]
    async fn delete(&self, member: Member, id: Path<Uuid>, seen: IfMatch) -> Result<Trashed> {
        self.db.write(&member, async |tx| place::remove(tx, id.0, &seen).await.map(|()| Trashed)).await
    }

    /// Restore a card
    ///
    /// Out of the trash, to the bottom of its column.
    #[oai(path = "/:id/restore/", method = "post", operation_id = "restore_card")]
    async fn restore(&self, member: Member, id: Path<Uuid>) -> Result<Changed<CardView>> {
        self.db
            .write(&member, async |tx| {
                let card = Box::pin(place::restore(tx, id.0)).await?;
                Ok(Changed(tx.show::<Entity>(card).await?))
            })
            .await
    }
}

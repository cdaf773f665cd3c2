use poem_openapi::payload::Json;
use uuid::Uuid;

use super::Resource;
use crate::{
    access::Verb,
    actor::Actor,
    answer::{Changed, Created, Shown, Trashed},
    db::Db,
    error::Result,
    list::{Listing, Page},
    precondition::IfMatch,
};

/// The handlers' middle, each in a transaction of its own. The futures of a change are boxed: with a row of forty columns
/// they do not fit on a worker's stack beside everything else.
impl Db {
    pub async fn list<R: Resource>(&self, actor: &Actor, query: &Listing<R>) -> Result<Json<Page<R::View>>> {
        self.read(actor, async |tx| {
            let page = tx.page(query).await?;
            Ok(Json(page.show_with(async |rows| R::show(tx, rows).await).await?))
        })
        .await
    }

    pub async fn create<R: Resource>(
        &self,
        actor: &Actor,
        write: impl FnOnce(&mut R::Model) -> R::Beside,
    ) -> Result<Created<R::View>> {
        self.write(actor, async |tx| {
            let row = Box::pin(tx.make::<R>(write)).await?;
            Ok(Created::at(R::PATH, tx.show::<R>(row).await?))
        })
        .await
    }

    pub async fn show<R: Resource>(&self, actor: &Actor, id: Uuid) -> Result<Shown<R::View>> {
        self.read(actor, async |tx| {
            let row = tx.get::<R>(id).await?;
            Ok(Shown(tx.show::<R>(row).await?))
        })
        .await
    }

    /// Changes a record, or replaces it: `write` says which.
    pub async fn change<R: Resource>(
        &self,
        actor: &Actor,
        id: Uuid,
        seen: &IfMatch,
        write: impl FnOnce(&mut R::Model) -> R::Beside,
    ) -> Result<Changed<R::View>> {
        self.write(actor, async |tx| {
            let row = Box::pin(tx.amend::<R>(id, seen, write)).await?;
            Ok(Changed(tx.show::<R>(row).await?))
        })
        .await
    }

    pub async fn delete<R: Resource>(&self, actor: &Actor, id: Uuid, seen: &IfMatch) -> Result<Trashed> {
        self.write(actor, async |tx| {
            let row = tx.open::<R>(id, Verb::DELETE, seen).await?;
            tx.trash::<R>(&row).await?;
            Ok(Trashed)
        })
        .await
    }

    /// Out of the trash.
    pub async fn restore<R: Resource>(&self, actor: &Actor, id: Uuid) -> Result<Changed<R::View>> {
        self.write(actor, async |tx| {
            let row = tx.open_trashed::<R>(id, Verb::DELETE).await?;
            let row = tx.restore::<R>(&row).await?;
            Ok(Changed(tx.show::<R>(row).await?))
        })
        .await
    }
}

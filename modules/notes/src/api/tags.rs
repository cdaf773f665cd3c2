use base::{
    Body, Changed, Created, Db, Fields, Filter, IfMatch, Listed, Listing, Member, Page, Result, Shown, Sort, Trashed,
    Tx, Verb,
};
use poem_openapi::{OpenApi, param::Path, payload::Json};
use uuid::Uuid;

use crate::{
    tag::{self, Entity},
    view::{NewTag, Tag, TagChange},
};

/// Labels that an organisation puts on its records.
pub struct TagsApi {
    pub db: Db,
}

impl Listed for Entity {
    fn filters() -> Vec<Filter> {
        vec![Filter::is::<Entity, bool>("is_active", tag::Column::IsActive, "Whether it is offered.")]
    }

    fn sorts() -> Vec<Sort> {
        vec![
            Sort::time::<Entity>("created_at", tag::Column::CreatedAt),
            Sort::text::<Entity>("name", tag::Column::Name),
        ]
    }
}

#[OpenApi(prefix_path = "/api/tags")]
impl TagsApi {
    /// List tags
    ///
    /// The tags of the organisation, which all its records share.
    #[oai(path = "/", method = "get", operation_id = "list_tags")]
    async fn list(&self, member: Member, query: Listing<Entity>) -> Result<Json<Page<Tag>>> {
        self.db
            .read(&member, async |tx| {
                let rows = tx.page(&query).await?;
                Ok(Json(rows.show(|rows| rows.into_iter().map(Tag::from).collect())))
            })
            .await
    }

    /// Create a tag
    ///
    /// 409 when there is one of that name.
    #[oai(path = "/", method = "post", operation_id = "create_tag")]
    async fn create(&self, member: Member, new: Body<NewTag>) -> Result<Created<Tag>> {
        self.db
            .write(&member, async |tx| {
                let mut row = tag::Model::default();
                new.0.write(&mut row);
                let tag = tx.insert::<Entity>(row, Fields::none()).await?;
                Ok(Created::at("/api/tags/", tag.into()))
            })
            .await
    }

    /// Show a tag
    ///
    /// With its `ETag`.
    #[oai(path = "/:id/", method = "get", operation_id = "show_tag")]
    async fn show(&self, member: Member, id: Path<Uuid>) -> Result<Shown<Tag>> {
        self.db.read(&member, async |tx| Ok(Shown(tx.get::<Entity>(id.0).await?.into()))).await
    }

    /// Change a tag
    ///
    /// A merge patch (RFC 7396): absent leaves, `null` clears.
    #[oai(path = "/:id/", method = "patch", operation_id = "change_tag")]
    async fn change(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        change: Body<TagChange>,
    ) -> Result<Changed<Tag>> {
        self.db.write(&member, async |tx| put(tx, id.0, &seen, |row| change.0.write(row)).await).await
    }

    /// Replace a tag
    ///
    /// What the body leaves out is cleared.
    #[oai(path = "/:id/", method = "put", operation_id = "replace_tag")]
    async fn replace(&self, member: Member, id: Path<Uuid>, seen: IfMatch, new: Body<NewTag>) -> Result<Changed<Tag>> {
        self.db.write(&member, async |tx| put(tx, id.0, &seen, |row| new.0.write(row)).await).await
    }

    /// Trash a tag
    ///
    /// It disappears from every record that has it, and is back on them when it is restored.
    #[oai(path = "/:id/", method = "delete", operation_id = "delete_tag")]
    async fn delete(&self, member: Member, id: Path<Uuid>, seen: IfMatch) -> Result<Trashed> {
        self.db
            .write(&member, async |tx| {
                let row = tx.open::<Entity>(id.0, Verb::DELETE, &seen).await?;
                tx.trash::<Entity>(&row).await?;
                Ok(Trashed)
            })
            .await
    }

    /// Restore a tag
    ///
    /// Out of the trash; 409 when its name was given again meanwhile.
    #[oai(path = "/:id/restore/", method = "post", operation_id = "restore_tag")]
    async fn restore(&self, member: Member, id: Path<Uuid>) -> Result<Changed<Tag>> {
        self.db
            .write(&member, async |tx| {
                let row = tx.open_trashed::<Entity>(id.0, Verb::DELETE).await?;
                Ok(Changed(tx.restore::<Entity>(&row).await?.into()))
            })
            .await
    }
}

async fn put(tx: &Tx, id: Uuid, seen: &IfMatch, write: impl FnOnce(&mut tag::Model)) -> Result<Changed<Tag>> {
    let before = tx.open::<Entity>(id, Verb::CHANGE, seen).await?;
    let mut after = before.clone();
    write(&mut after);
    Ok(Changed(tx.update::<Entity>(&before, after, Fields::none()).await?.into()))
}

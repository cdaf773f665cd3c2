use base::{
    Body, Changed, Created, Db, Filter, IfMatch, Listed, Listing, Member, Page, Resource, Result, Shown, Sort, Trashed,
    Tx,
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
    const PATH: &'static str = "/api/tags";

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

impl Resource for Entity {
    type View = Tag;
    type Beside = ();

    async fn show(_: &Tx, rows: Vec<tag::Model>) -> Result<Vec<Tag>> {
        Ok(rows.into_iter().map(Tag::from).collect())
    }
}

#[OpenApi(prefix_path = "/api/tags")]
impl TagsApi {
    /// List tags
    ///
    /// The tags of the organisation, which all its records share.
    #[oai(path = "/", method = "get", operation_id = "list_tags")]
    async fn list(&self, member: Member, query: Listing<Entity>) -> Result<Json<Page<Tag>>> {
        self.db.list(&member, &query).await
    }

    /// Create a tag
    ///
    /// 409 when there is one of that name.
    #[oai(path = "/", method = "post", operation_id = "create_tag")]
    async fn create(&self, member: Member, new: Body<NewTag>) -> Result<Created<Tag>> {
        self.db.create::<Entity>(&member, |row| new.0.write(row)).await
    }

    /// Show a tag
    ///
    /// With its `ETag`.
    #[oai(path = "/:id/", method = "get", operation_id = "show_tag")]
    async fn show(&self, member: Member, id: Path<Uuid>) -> Result<Shown<Tag>> {
        self.db.show::<Entity>(&member, id.0).await
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
        self.db.change::<Entity>(&member, id.0, &seen, |row| change.0.write(row)).await
    }

    /// Replace a tag
    ///
    /// What the body leaves out is cleared.
    #[oai(path = "/:id/", method = "put", operation_id = "replace_tag")]
    async fn replace(&self, member: Member, id: Path<Uuid>, seen: IfMatch, new: Body<NewTag>) -> Result<Changed<Tag>> {
        self.db.change::<Entity>(&member, id.0, &seen, |row| new.0.write(row)).await
    }

    /// Trash a tag
    ///
    /// It disappears from every record that has it, and is back on them when it is restored.
    #[oai(path = "/:id/", method = "delete", operation_id = "delete_tag")]
    async fn delete(&self, member: Member, id: Path<Uuid>, seen: IfMatch) -> Result<Trashed> {
        self.db.delete::<Entity>(&member, id.0, &seen).await
    }

    /// Restore a tag
    ///
    /// Out of the trash; 409 when its name was given again meanwhile.
    #[oai(path = "/:id/restore/", method = "post", operation_id = "restore_tag")]
    async fn restore(&self, member: Member, id: Path<Uuid>) -> Result<Changed<Tag>> {
        self.db.restore::<Entity>(&member, id.0).await
    }
}

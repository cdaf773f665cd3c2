use base::{Body, Changed, Created, Db, IfMatch, Listing, Member, Page, Result, Shown, Trashed, value::Timezone};
use poem_openapi::{
    OpenApi,
    param::{Path, Query},
    payload::Json,
};
use uuid::Uuid;

use crate::{
    my_day::{self, MyDay},
    task::Entity,
    view::{NewTask, TaskChange, TaskView},
};

/// What has to be done.
pub struct TasksApi {
    pub db: Db,
}

#[OpenApi(prefix_path = "/api/tasks")]
impl TasksApi {
    /// List tasks
    ///
    /// Those that you may see. `search` finds by the beginnings of words in the title.
    #[oai(path = "/", method = "get", operation_id = "list_tasks")]
    async fn list(&self, member: Member, query: Listing<Entity>) -> Result<Json<Page<TaskView>>> {
        self.db.list(&member, &query).await
    }

    /// Show my day
    ///
    /// What you have to do, by when it is due: open tasks that are assigned to you, or that you made for nobody.
    #[oai(path = "/my-day/", method = "get", operation_id = "show_my_day")]
    async fn my_day(
        &self,
        member: Member,
        /// Where you are: the organisation's time zone when left out.
        time_zone: Query<Option<Timezone>>,
    ) -> Result<Json<MyDay>> {
        self.db.read(&member, async |tx| my_day::of(tx, time_zone.0).await.map(Json)).await
    }

    /// Create a task
    ///
    /// Those to whom it is assigned get a mail.
    #[oai(path = "/", method = "post", operation_id = "create_task")]
    async fn create(&self, member: Member, new: Body<NewTask>) -> Result<Created<TaskView>> {
        self.db.create::<Entity>(&member, |row| new.0.write(row)).await
    }

    /// Show a task
    ///
    /// With its `ETag`.
    #[oai(path = "/:id/", method = "get", operation_id = "show_task")]
    async fn show(&self, member: Member, id: Path<Uuid>) -> Result<Shown<TaskView>> {
        self.db.show::<Entity>(&member, id.0).await
    }

    /// Change a task
    ///
    /// A merge patch (RFC 7396): absent leaves, `null` clears. Completing one that comes again makes the next one, once.
    #[oai(path = "/:id/", method = "patch", operation_id = "change_task")]
    async fn change(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        change: Body<TaskChange>,
    ) -> Result<Changed<TaskView>> {
        self.db.change::<Entity>(&member, id.0, &seen, |row| change.0.write(row)).await
    }

    /// Replace a task
    ///
    /// What the body leaves out is cleared. Completing one that comes again makes the next one, once.
    #[oai(path = "/:id/", method = "put", operation_id = "replace_task")]
    async fn replace(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        new: Body<NewTask>,
    ) -> Result<Changed<TaskView>> {
        self.db.change::<Entity>(&member, id.0, &seen, |row| new.0.write(row)).await
    }

    /// Trash a task
    ///
    /// It can be restored.
    #[oai(path = "/:id/", method = "delete", operation_id = "delete_task")]
    async fn delete(&self, member: Member, id: Path<Uuid>, seen: IfMatch) -> Result<Trashed> {
        self.db.delete::<Entity>(&member, id.0, &seen).await
    }

    /// Restore a task
    ///
    /// Out of the trash.
    #[oai(path = "/:id/restore/", method = "post", operation_id = "restore_task")]
    async fn restore(&self, member: Member, id: Path<Uuid>) -> Result<Changed<TaskView>> {
        self.db.restore::<Entity>(&member, id.0).await
    }
}

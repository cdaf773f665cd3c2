use std::sync::Arc;

use base::{Body, Changed, Db, Listing, Member, Page, Result, Shown, Tx};
use notes::Subjects;
use poem_openapi::{OpenApi, param::Path, payload::Json};
use uuid::Uuid;

use crate::{
    mine::mine,
    notification::{Entity, Model},
    reading, show,
    view::{NewReading, NotificationCount, NotificationView},
};

/// What you are told of.
pub struct NotificationsApi {
    db: Db,
    subjects: Arc<Subjects>,
}

impl NotificationsApi {
    #[must_use]
    pub fn new(db: Db, subjects: Subjects) -> Self {
        Self { db, subjects: Arc::new(subjects) }
    }

    async fn view(&self, tx: &Tx, row: Model) -> Result<NotificationView> {
        show::show(tx, &self.subjects, vec![row]).await?.pop().ok_or_else(base::Error::not_found)
    }
}

#[OpenApi(prefix_path = "/api/notifications")]
impl NotificationsApi {
    /// List notifications
    ///
    /// Yours, the newest first: of what others did to records that are assigned to you, and of what names you. One of a record
    /// that you may not see any more is not there, and is there again when you may.
    #[oai(path = "/", method = "get", operation_id = "list_notifications")]
    async fn list(&self, member: Member, query: Listing<Entity>) -> Result<Json<Page<NotificationView>>> {
        self.db
            .read(&member, async |tx| {
                let page = tx.page_of(&query, mine(tx, &self.subjects)).await?;
                Ok(Json(page.show_with(async |rows| show::show(tx, &self.subjects, rows).await).await?))
            })
            .await
    }

    /// Count unread notifications
    ///
    /// Up to 1,000.
    #[oai(path = "/unread/", method = "get", operation_id = "count_unread_notifications")]
    async fn unread(&self, member: Member) -> Result<Json<NotificationCount>> {
        self.db.read(&member, async |tx| reading::unread(tx, &self.subjects).await.map(Json)).await
    }

    /// Read notifications
    ///
    /// All of them, unless the body says which. Answers how many had been unread.
    #[oai(path = "/reading/", method = "post", operation_id = "read_notifications")]
    async fn read_many(&self, member: Member, which: Body<NewReading>) -> Result<Json<NotificationCount>> {
        self.db.write(&member, async |tx| reading::read_many(tx, &self.subjects, which.0).await.map(Json)).await
    }

    /// Show a notification
    ///
    /// With its `ETag`. Showing it does not read it.
    #[oai(path = "/:id/", method = "get", operation_id = "show_notification")]
    async fn show(&self, member: Member, id: Path<Uuid>) -> Result<Shown<NotificationView>> {
        self.db
            .read(&member, async |tx| {
                let row = tx.find::<Entity>().only(mine(tx, &self.subjects)).id(id.0).await?;
                Ok(Shown(self.view(tx, row).await?))
            })
            .await
    }

    /// Read a notification
    ///
    /// Read again, it stays as it was.
    #[oai(path = "/:id/reading/", method = "post", operation_id = "read_notification")]
    async fn read(&self, member: Member, id: Path<Uuid>) -> Result<Changed<NotificationView>> {
        self.db
            .write(&member, async |tx| {
                let row = reading::read(tx, &self.subjects, id.0).await?;
                Ok(Changed(self.view(tx, row).await?))
            })
            .await
    }

    /// Take the reading of a notification back
    ///
    /// It is unread again.
    #[oai(path = "/:id/reading/", method = "delete", operation_id = "unread_notification")]
    async fn unread_again(&self, member: Member, id: Path<Uuid>) -> Result<Changed<NotificationView>> {
        self.db
            .write(&member, async |tx| {
                let row = reading::unread_again(tx, &self.subjects, id.0).await?;
                Ok(Changed(self.view(tx, row).await?))
            })
            .await
    }
}

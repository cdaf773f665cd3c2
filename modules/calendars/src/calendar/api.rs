use base::{Body, Changed, Created, Db, IfMatch, Listing, Member, Page, Result, Shown, Trashed, Verb};
use poem_openapi::{OpenApi, param::Path, payload::Json};
use uuid::Uuid;

use super::{
    resource,
    row::Entity,
    view::{BusinessCalendarChange, BusinessCalendarView, NewBusinessCalendar},
};

/// When an organisation works.
pub struct CalendarsApi {
    pub db: Db,
}

#[OpenApi(prefix_path = "/api/calendars")]
impl CalendarsApi {
    /// List business calendars
    ///
    /// Every member sees them.
    #[oai(path = "/", method = "get", operation_id = "list_calendars")]
    async fn list(&self, member: Member, query: Listing<Entity>) -> Result<Json<Page<BusinessCalendarView>>> {
        self.db.list(&member, &query).await
    }

    /// Create a business calendar
    ///
    /// A name that another one has, in whatever case, is a 409 `duplicate`.
    #[oai(path = "/", method = "post", operation_id = "create_calendar")]
    async fn create(&self, member: Member, new: Body<NewBusinessCalendar>) -> Result<Created<BusinessCalendarView>> {
        self.db.create::<Entity>(&member, |row| new.0.write(row)).await
    }

    /// Show a business calendar
    ///
    /// With its `ETag`.
    #[oai(path = "/:id/", method = "get", operation_id = "show_calendar")]
    async fn show(&self, member: Member, id: Path<Uuid>) -> Result<Shown<BusinessCalendarView>> {
        self.db.show::<Entity>(&member, id.0).await
    }

    /// Change a business calendar
    ///
    /// A merge patch (RFC 7396): absent leaves.
    #[oai(path = "/:id/", method = "patch", operation_id = "change_calendar")]
    async fn change(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        change: Body<BusinessCalendarChange>,
    ) -> Result<Changed<BusinessCalendarView>> {
        self.db.change::<Entity>(&member, id.0, &seen, |row| change.0.write(row)).await
    }

    /// Replace a business calendar
    ///
    /// What the body leaves out is cleared.
    #[oai(path = "/:id/", method = "put", operation_id = "replace_calendar")]
    async fn replace(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        new: Body<NewBusinessCalendar>,
    ) -> Result<Changed<BusinessCalendarView>> {
        self.db.change::<Entity>(&member, id.0, &seen, |row| new.0.write(row)).await
    }

    /// Trash a business calendar
    ///
    /// It is not the default any more. One that a policy counts by stays: 409 `calendar_in_use`.
    #[oai(path = "/:id/", method = "delete", operation_id = "delete_calendar")]
    async fn delete(&self, member: Member, id: Path<Uuid>, seen: IfMatch) -> Result<Trashed> {
        self.db
            .write(&member, async |tx| {
                let row = tx.open::<Entity>(id.0, Verb::DELETE, &seen).await?;
                resource::trash(tx, &row).await.map(|()| Trashed)
            })
            .await
    }

    /// Restore a business calendar
    ///
    /// Out of the trash.
    #[oai(path = "/:id/restore/", method = "post", operation_id = "restore_calendar")]
    async fn restore(&self, member: Member, id: Path<Uuid>) -> Result<Changed<BusinessCalendarView>> {
        self.db.restore::<Entity>(&member, id.0).await
    }
}

use base::{
    Body, Changed, Created, Db, Error, IfMatch, Listed, Listing, Member, Page, Resource, Result, Shown, Trashed,
};
use poem_openapi::{OpenApi, param::Path, payload::Json};
use uuid::Uuid;

use super::{
    entry::Entity,
    reach, sum,
    view::{CaseTime, NewTimeEntry, TimeEntryChange, TimeEntryView},
};
use crate::case;

/// Time worked on cases.
pub struct TimeEntriesApi {
    pub db: Db,
}

#[OpenApi(prefix_path = "/api/cases")]
impl TimeEntriesApi {
    /// List time entries
    ///
    /// On the cases that you may see, the last day first. What was worked on a case that was merged into another is that one's,
    /// as its comments are.
    #[oai(path = "/time-entries/", method = "get", operation_id = "list_time_entries")]
    async fn list(&self, member: Member, query: Listing<Entity>) -> Result<Json<Page<TimeEntryView>>> {
        self.db
            .read(&member, async |tx| {
                let page = tx.page_of(&query, reach::seen(tx)).await?;
                Ok(Json(page.show_with(async |rows| Entity::show(tx, rows).await).await?))
            })
            .await
    }

    /// Write time down
    ///
    /// Whoever sees a case may write down what they worked on it; for another member it takes the grant `time_entry.manage`.
    #[oai(path = "/time-entries/", method = "post", operation_id = "create_time_entry")]
    async fn create(&self, member: Member, new: Body<NewTimeEntry>) -> Result<Created<TimeEntryView>> {
        let me = member.user().ok_or_else(Error::forbidden)?;
        self.db
            .write(&member, async |tx| {
                let row = Box::pin(tx.make::<Entity>(|row| new.0.write(row, me))).await?;
                Ok(Created::at(Entity::PATH, tx.show::<Entity>(row).await?))
            })
            .await
    }

    /// Show a time entry
    ///
    /// With its `ETag`.
    #[oai(path = "/time-entries/:id/", method = "get", operation_id = "show_time_entry")]
    async fn show(&self, member: Member, id: Path<Uuid>) -> Result<Shown<TimeEntryView>> {
        self.db
            .read(&member, async |tx| {
                let row = reach::get(tx, id.0).await?;
                Ok(Shown(tx.show::<Entity>(row).await?))
            })
            .await
    }

    /// Change a time entry
    ///
    /// A merge patch (RFC 7396): absent leaves, `null` clears. Whose time it is may, who wrote it down, and whoever has the grant
    /// `time_entry.manage`.
    #[oai(path = "/time-entries/:id/", method = "patch", operation_id = "change_time_entry")]
    async fn change(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        change: Body<TimeEntryChange>,
    ) -> Result<Changed<TimeEntryView>> {
        self.db
            .write(&member, async |tx| {
                let row = reach::open(tx, id.0, &seen).await?;
                let row = Box::pin(tx.amend::<Entity>(row.id, &seen, |row| change.0.write(row))).await?;
                Ok(Changed(tx.show::<Entity>(row).await?))
            })
            .await
    }

    /// Replace a time entry
    ///
    /// What the body leaves out is cleared; without a member it stays that one's.
    #[oai(path = "/time-entries/:id/", method = "put", operation_id = "replace_time_entry")]
    async fn replace(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        new: Body<NewTimeEntry>,
    ) -> Result<Changed<TimeEntryView>> {
        self.db
            .write(&member, async |tx| {
                let before = reach::open(tx, id.0, &seen).await?;
                let whose = before.member_id;
                let row = Box::pin(tx.amend::<Entity>(before.id, &seen, |row| new.0.write(row, whose))).await?;
                Ok(Changed(tx.show::<Entity>(row).await?))
            })
            .await
    }

    /// Trash a time entry
    ///
    /// It can be restored.
    #[oai(path = "/time-entries/:id/", method = "delete", operation_id = "delete_time_entry")]
    async fn delete(&self, member: Member, id: Path<Uuid>, seen: IfMatch) -> Result<Trashed> {
        self.db
            .write(&member, async |tx| {
                let row = reach::open(tx, id.0, &seen).await?;
                tx.trash::<Entity>(&row).await?;
                Ok(Trashed)
            })
            .await
    }

    /// Restore a time entry
    ///
    /// Out of the trash.
    #[oai(path = "/time-entries/:id/restore/", method = "post", operation_id = "restore_time_entry")]
    async fn restore(&self, member: Member, id: Path<Uuid>) -> Result<Changed<TimeEntryView>> {
        self.db
            .write(&member, async |tx| {
                let row = reach::open_trashed(tx, id.0).await?;
                let row = tx.restore::<Entity>(&row).await?;
                Ok(Changed(tx.show::<Entity>(row).await?))
            })
            .await
    }

    /// Show what the time on a case comes to
    ///
    /// In minutes, whoever worked them.
    #[oai(path = "/:id/time/", method = "get", operation_id = "show_case_time")]
    async fn of_case(&self, member: Member, id: Path<Uuid>) -> Result<Json<CaseTime>> {
        self.db
            .read(&member, async |tx| {
                let case = tx.get::<case::Entity>(id.0).await?;
                sum::of_case(tx, case.id).await.map(Json)
            })
            .await
    }
}

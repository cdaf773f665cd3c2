use base::{Body, Changed, Created, Db, IfMatch, Listed, Listing, Member, Page, Result, Shown, Trashed};
use chrono::{DateTime, NaiveDate, Utc};
use poem_openapi::{
    OpenApi,
    param::{Path, Query},
    payload::Json,
};
use uuid::Uuid;

use crate::{
    answer,
    busy::{self, FreeBusy},
    calendar::{self, Calendar, Span},
    event::Entity,
    said::Extent,
    series,
    show::alone,
    view::{EventAnswer, EventChange, EventView, NewEvent},
};

/// Meetings and calls.
pub struct EventsApi {
    pub db: Db,
}

#[OpenApi(prefix_path = "/api/events")]
impl EventsApi {
    /// List events
    ///
    /// Those that you may see; a series is one. `search` finds by the beginnings of words in the title and the place.
    #[oai(path = "/", method = "get", operation_id = "list_events")]
    async fn list(&self, member: Member, query: Listing<Entity>) -> Result<Json<Page<EventView>>> {
        self.db.list(&member, &query).await
    }

    /// Show the calendar
    ///
    /// What takes place from one moment to another, by when it starts, with every time of a series; as much of it as you may see.
    /// 400 `invalid_span` for more than 366 days.
    #[oai(path = "/calendar/", method = "get", operation_id = "show_events_calendar")]
    async fn calendar(
        &self,
        member: Member,
        /// Now when left out.
        from: Query<Option<DateTime<Utc>>>,
        /// 31 days later when left out.
        to: Query<Option<DateTime<Utc>>>,
        /// Only what any of these members take part in, by user id.
        #[oai(default, validator(max_items = 20))]
        assigned_to: Query<Vec<Uuid>>,
    ) -> Result<Json<Calendar>> {
        self.db
            .read(&member, async |tx| {
                let span = Span::of(from.0, to.0, tx.now())?;
                calendar::of(tx, span, &assigned_to.0).await.map(Json)
            })
            .await
    }

    /// Show when members are busy
    ///
    /// When they have no time from one moment to another, also for what you may not see, and nothing of what it is. Whoever
    /// declined is not busy. Who is no member is left out. 400 `invalid_span` for more than 366 days.
    #[oai(path = "/free-busy/", method = "get", operation_id = "show_free_busy")]
    async fn free_busy(
        &self,
        member: Member,
        /// Now when left out.
        from: Query<Option<DateTime<Utc>>>,
        /// 31 days later when left out.
        to: Query<Option<DateTime<Utc>>>,
        /// By user id; you when left out.
        #[oai(default, validator(max_items = 20))]
        members: Query<Vec<Uuid>>,
    ) -> Result<Json<FreeBusy>> {
        self.db
            .read(&member, async |tx| {
                let span = Span::of(from.0, to.0, tx.now())?;
                let asked =
                    if members.0.is_empty() { tx.actor().user().into_iter().collect() } else { members.0.clone() };
                busy::of(tx, span, &asked).await.map(Json)
            })
            .await
    }

    /// Create an event
    ///
    /// Members who take part are invited by mail, with an iCalendar object (RFC 5545); others who do, if `invites` says so. If members
    /// have something else to do then, the answer tells it in `conflicts`.
    #[oai(path = "/", method = "post", operation_id = "create_event")]
    async fn create(&self, member: Member, new: Body<NewEvent>) -> Result<Created<EventView>> {
        self.db
            .write(&member, async |tx| {
                let row = Box::pin(tx.make::<Entity>(|row| new.0.clone().write(row))).await?;
                Ok(Created::at(Entity::PATH, alone(tx, row).await?))
            })
            .await
    }

    /// Show an event
    ///
    /// With its `ETag`.
    #[oai(path = "/:id/", method = "get", operation_id = "show_event")]
    async fn show(&self, member: Member, id: Path<Uuid>) -> Result<Shown<EventView>> {
        self.db
            .read(&member, async |tx| {
                let row = tx.get::<Entity>(id.0).await?;
                Ok(Shown(alone(tx, row).await?))
            })
            .await
    }

    /// Change an event
    ///
    /// A merge patch (RFC 7396): absent leaves, `null` clears. Of a series, all of it; days that were left out stay so as long as
    /// the series has them.
    #[oai(path = "/:id/", method = "patch", operation_id = "change_event")]
    async fn change(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        change: Body<EventChange>,
    ) -> Result<Changed<EventView>> {
        self.db
            .write(&member, async |tx| {
                let row = Box::pin(tx.amend::<Entity>(id.0, &seen, |row| change.0.clone().write(row))).await?;
                Ok(Changed(alone(tx, row).await?))
            })
            .await
    }

    /// Replace an event
    ///
    /// What the body leaves out is cleared.
    #[oai(path = "/:id/", method = "put", operation_id = "replace_event")]
    async fn replace(
        &self,
        member: Member,
        id: Path<Uuid>,
        seen: IfMatch,
        new: Body<NewEvent>,
    ) -> Result<Changed<EventView>> {
        self.db
            .write(&member, async |tx| {
                let row = Box::pin(tx.amend::<Entity>(id.0, &seen, |row| new.0.clone().write(row))).await?;
                Ok(Changed(alone(tx, row).await?))
            })
            .await
    }

    /// Trash an event
    ///
    /// It can be restored. With a series goes what was changed of it.
    #[oai(path = "/:id/", method = "delete", operation_id = "delete_event")]
    async fn delete(&self, member: Member, id: Path<Uuid>, seen: IfMatch) -> Result<Trashed> {
        self.db.write(&member, async |tx| series::trash(tx, id.0, &seen).await.map(|()| Trashed)).await
    }

    /// Restore an event
    ///
    /// Out of the trash, and with a series what went there with it.
    #[oai(path = "/:id/restore/", method = "post", operation_id = "restore_event")]
    async fn restore(&self, member: Member, id: Path<Uuid>) -> Result<Changed<EventView>> {
        self.db
            .write(&member, async |tx| {
                let row = series::restore(tx, id.0).await?;
                Ok(Changed(alone(tx, row).await?))
            })
            .await
    }

    /// Change one of a series
    ///
    /// A merge patch (RFC 7396) for the one of this day, which becomes an event of its own: the answer is that. With
    /// `and_following` it is for that one and all after it, and the answer is the series that they are then; what was changed of
    /// them alone goes along, and into the trash if they come at another time. 404 for a day on which the series does not come.
    #[oai(path = "/:id/occurrences/:on/", method = "patch", operation_id = "change_occurrence")]
    async fn change_occurrence(
        &self,
        member: Member,
        id: Path<Uuid>,
        /// The day on which the series has it, by its own time zone.
        on: Path<NaiveDate>,
        /// This one and all after it.
        #[oai(default)]
        and_following: Query<bool>,
        change: Body<EventChange>,
    ) -> Result<Changed<EventView>> {
        self.db
            .write(&member, async |tx| {
                let change = change.0.clone();
                let row = if and_following.0 {
                    Box::pin(series::change_following(tx, id.0, on.0, change)).await?
                } else {
                    Box::pin(series::change_one(tx, id.0, on.0, change)).await?
                };
                Ok(Changed(alone(tx, row).await?))
            })
            .await
    }

    /// Cancel one of a series
    ///
    /// The one of this day; with `and_following` all after it, too. One that was changed alone goes into the trash. 404 for a day on
    /// which the series does not come.
    #[oai(path = "/:id/occurrences/:on/", method = "delete", operation_id = "cancel_occurrence")]
    async fn cancel_occurrence(
        &self,
        member: Member,
        id: Path<Uuid>,
        /// The day on which the series has it, by its own time zone.
        on: Path<NaiveDate>,
        /// This one and all after it.
        #[oai(default)]
        and_following: Query<bool>,
    ) -> Result<Trashed> {
        self.db
            .write(&member, async |tx| {
                if and_following.0 {
                    series::cancel_following(tx, id.0, on.0).await?;
                } else {
                    series::cancel_one(tx, id.0, on.0).await?;
                }
                Ok(Trashed)
            })
            .await
    }

    /// Answer an event
    ///
    /// Whether you come; of a series, to all of it. 403 `not_attending` if you do not take part.
    #[oai(path = "/:id/answer/", method = "put", operation_id = "answer_event")]
    async fn answer(&self, member: Member, id: Path<Uuid>, said: Body<EventAnswer>) -> Result<Changed<EventView>> {
        self.db
            .write(&member, async |tx| {
                let row = answer::give(tx, id.0, said.0.answer).await?;
                Ok(Changed(alone(tx, row).await?))
            })
            .await
    }

    /// Answer one of a series
    ///
    /// Whether you come to the one of this day; with `and_following` to all after it, too. It stays one of the series, unless it
    /// was changed alone: then the answer is that event. An answer to the series afterwards is one to all of it. 403 `not_attending`
    /// if you do not take part, 404 for a day on which the series does not come.
    #[oai(path = "/:id/occurrences/:on/answer/", method = "put", operation_id = "answer_occurrence")]
    async fn answer_occurrence(
        &self,
        member: Member,
        id: Path<Uuid>,
        /// The day on which the series has it, by its own time zone.
        on: Path<NaiveDate>,
        /// This one and all after it, but for those that were changed alone.
        #[oai(default)]
        and_following: Query<bool>,
        said: Body<EventAnswer>,
    ) -> Result<Changed<EventView>> {
        let extent = if and_following.0 { Extent::AndFollowing } else { Extent::Alone };
        self.db
            .write(&member, async |tx| {
                let row = answer::give_on(tx, id.0, on.0, extent, said.0.answer).await?;
                Ok(Changed(alone(tx, row).await?))
            })
            .await
    }
}

use base::{Db, Member, Result};
use poem_openapi::{OpenApi, payload::Json};

use crate::{
    ics::Ics,
    import::{EventImport, Mode, take},
    reply::{EventReplies, take_reply},
};

/// What comes in from other calendars.
pub struct EventImportsApi {
    pub db: Db,
}

#[OpenApi(prefix_path = "/api/events")]
impl EventImportsApi {
    /// Preview an import of events
    ///
    /// Says what would become of each event of a calendar (iCalendar, RFC 5545; at most 500), and does nothing.
    #[oai(path = "/import/preview/", method = "post", operation_id = "preview_event_import")]
    async fn preview(&self, member: Member, calendar: Ics) -> Result<Json<EventImport>> {
        self.db.write(&member, async |tx| take(tx, &calendar.0, Mode::Preview).await.map(Json)).await
    }

    /// Import events
    ///
    /// Makes the events of a calendar (iCalendar, RFC 5545; at most 500), known by their `UID`: those that are there already stay as
    /// they are, so a second import changes nothing. You take part in them, others who do are guests, and nobody is invited.
    #[oai(path = "/import/", method = "post", operation_id = "import_events")]
    async fn import(&self, member: Member, calendar: Ics) -> Result<Json<EventImport>> {
        self.db.write(&member, async |tx| Box::pin(take(tx, &calendar.0, Mode::Import)).await.map(Json)).await
    }

    /// Take replies in
    ///
    /// What somebody who was invited answered by mail, as their calendar wrote it (`METHOD:REPLY`, RFC 5546): their answer is kept
    /// with the event. 422 `not_a_reply` for anything else.
    #[oai(path = "/replies/", method = "post", operation_id = "take_event_replies")]
    async fn replies(&self, member: Member, calendar: Ics) -> Result<Json<EventReplies>> {
        self.db.write(&member, async |tx| Box::pin(take_reply(tx, &calendar.0)).await.map(Json)).await
    }
}

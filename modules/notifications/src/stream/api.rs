use std::sync::Arc;

use base::{Db, Error, Gate, Listener, Member, Person, Platform, Result, live::Live};
use notes::Subjects;
use poem_openapi::{
    OpenApi,
    param::{Header, Query},
    payload::Json,
};

use super::{
    answer::Streamed,
    ticket,
    view::StreamTicket,
    watch::{Desk, Last},
};

/// What happens, as it happens.
pub struct StreamApi {
    platform: Platform,
    desk: Desk,
}

impl StreamApi {
    #[must_use]
    pub fn new(platform: Platform, db: Db, gate: Arc<dyn Gate>, live: Live, subjects: Subjects) -> Self {
        Self { platform, desk: Desk { db, gate, live, subjects: Arc::new(subjects) } }
    }
}

#[OpenApi(prefix_path = "/api/stream")]
impl StreamApi {
    /// Listen to what happens
    ///
    /// Server-sent events (WHATWG HTML 9.2), each of type `change` with the kind and the id of a record that you may see and
    /// what was done to it, a tenth of a second after it happened; fetch what you show. An event of type `refetch` says that
    /// what you have may be old in ways that are not told one by one: fetch all of it. Every 20 seconds there is an `id`
    /// without data, which a browser keeps by itself.
    ///
    /// Whoever comes back with the last `id` misses nothing, for at least 24 hours and up to 10,000 changes; after that there is
    /// a `refetch`. A browser's `EventSource` sends no headers: give it a `ticket`, and when it has to begin anew another one and
    /// `last_event_id`. It ends with the session and the membership, and when you take more than half a minute to read.
    /// You may have eight at a time: 429 for more.
    #[oai(path = "/", method = "get", operation_id = "listen_to_changes")]
    async fn listen(
        &self,
        listener: Listener,
        /// One of `POST /api/stream/tickets/`, in place of the headers `Authorization` and `org`.
        #[oai(validator(max_length = 100))]
        ticket: Query<Option<String>>,
        /// The last `id` of the stream before, for who cannot send it as a header.
        #[oai(validator(max_length = 50))]
        last_event_id: Query<Option<String>>,
        /// The last `id` of the stream before, as browsers send it when they come back by themselves.
        #[oai(name = "Last-Event-ID", validator(max_length = 50))]
        last_event_id_header: Header<Option<String>>,
    ) -> Result<Streamed> {
        let _ = ticket;
        let (who, org) = match listener {
            Listener::Member(who, org) => (who, org),
            Listener::Ticket(ticket) => ticket::redeem(&self.platform, &ticket).await?,
        };
        let actor = self.desk.gate.still(who, org).await?.ok_or_else(Error::not_found)?;
        let seat = self.desk.live.seat(org, who.user).ok_or_else(|| Error::too_many(FULL))?;
        let last = Last::read(last_event_id_header.0.or(last_event_id.0).as_deref());
        Ok(Streamed::of(self.desk.clone().listen(who, org, actor, last, seat).await?))
    }

    /// Get a ticket to listen
    ///
    /// Good for one stream that begins within a minute, with what you may see.
    #[oai(path = "/tickets/", method = "post", operation_id = "create_stream_ticket")]
    async fn ticket(&self, member: Member, person: Person) -> Result<Json<StreamTicket>> {
        let who = base::Who { user: person.user(), session: person.session() };
        let ticket = ticket::issue(&self.platform, who, member.org()).await?;
        Ok(Json(StreamTicket { ticket, expires_in: ticket::LIFE.num_seconds() }))
    }
}

/// Seconds after which a member who has all their streams may try again.
const FULL: u64 = 20;

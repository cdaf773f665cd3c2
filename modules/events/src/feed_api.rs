use std::{num::NonZeroU32, sync::Arc, time::Duration};

use base::{Caller, Db, Error, Member, Pace, Platform, PublicUrl, Request, Result, Trashed, queue::Actors};
use chrono::{DateTime, Utc};
use poem::{
    IntoResponse, Response,
    http::{StatusCode, header},
};
use poem_openapi::{
    ApiResponse, Object, OpenApi,
    param::Path,
    payload::Json,
    registry::{MetaMediaType, MetaResponse, MetaResponses, MetaSchema, MetaSchemaRef, Registry},
};
use sha2::{Digest, Sha256};

use crate::feed;

/// The calendar of a member as an address.
pub struct EventFeedsApi {
    db: Db,
    platform: Platform,
    actors: Arc<dyn Actors>,
    public_url: PublicUrl,
    pace: Pace,
}

/// Whether there is an address.
#[derive(Clone, Debug, Object)]
pub struct EventFeed {
    pub is_open: bool,
    /// Since when.
    pub since: Option<DateTime<Utc>>,
}

/// An address, shown once.
#[derive(Clone, Debug, Object)]
pub struct NewEventFeed {
    /// For a calendar program to subscribe to. Whoever has it reads your calendar.
    pub url: String,
    pub since: DateTime<Utc>,
}

/// Requests of one network at once, and one in so long from then on.
const AT_ONCE: NonZeroU32 = NonZeroU32::new(30).expect("more than none");
const EVERY: Duration = Duration::from_secs(1);
/// All addresses are one door: who guesses at them is held up.
const DOOR: &str = "feed";

impl EventFeedsApi {
    #[must_use]
    pub fn new(platform: Platform, actors: Arc<dyn Actors>, public_url: PublicUrl) -> Self {
        let pace = Pace::new(AT_ONCE, EVERY);
        Self { db: platform.db().clone(), platform, actors, public_url, pace }
    }
}

#[OpenApi(prefix_path = "/api/events/feed")]
impl EventFeedsApi {
    /// Show whether your calendar has an address
    ///
    /// The address itself was shown when it was made.
    #[oai(path = "/", method = "get", operation_id = "show_event_feed")]
    async fn show(&self, member: Member) -> Result<Json<EventFeed>> {
        let feed = self.db.read(&member, async |tx| feed::mine(tx).await).await?;
        Ok(Json(EventFeed { is_open: feed.is_some(), since: feed.map(|feed| feed.created_at) }))
    }

    /// Give your calendar an address
    ///
    /// For calendar programs, which read there (iCalendar, RFC 5545) what you take part in. It is shown this once, and the one
    /// before ends.
    #[oai(path = "/", method = "put", operation_id = "replace_event_feed")]
    async fn replace(&self, member: Member) -> Result<Json<NewEventFeed>> {
        self.db
            .write(&member, async |tx| {
                let (feed, token) = feed::renew(tx).await?;
                let url = self.public_url.to(&format!("api/events/feed/{token}.ics"));
                Ok(Json(NewEventFeed { url, since: feed.created_at }))
            })
            .await
    }

    /// Take the address of your calendar away
    ///
    /// Nobody reads there any more.
    #[oai(path = "/", method = "delete", operation_id = "delete_event_feed")]
    async fn delete(&self, member: Member) -> Result<Trashed> {
        self.db.write(&member, async |tx| feed::end(tx).await.map(|()| Trashed)).await
    }

    /// Read a calendar at its address
    ///
    /// Public, by the secret of the address, as `text/calendar` with an `ETag`: what its member takes part in, from 90 days ago on, at
    /// most 1,000 events. 404 when the address was taken away, or its member has left.
    #[oai(path = "/:token/", method = "get", operation_id = "read_event_feed")]
    async fn read(&self, caller: Caller, token: Path<String>) -> Result<Feed> {
        self.pace.count(caller.ip, DOOR)?;
        let token = token.0.strip_suffix(".ics").unwrap_or(&token.0);
        let feed = self.platform.read(async |tx| feed::of_token(tx, token).await).await?;
        let actor = self.actors.actor(feed.org_id, Some(feed.user_id), Request::default()).await?;
        let actor = actor.ok_or_else(Error::not_found)?;
        self.db.read(&actor, async |tx| feed::write(tx).await.map(Feed)).await
    }
}

/// An iCalendar object.
pub struct Feed(String);

impl IntoResponse for Feed {
    fn into_response(self) -> Response {
        let tag = format!("\"{}\"", &hex::encode(Sha256::digest(self.0.as_bytes()))[..32]);
        Response::builder()
            .status(StatusCode::OK)
            .content_type("text/calendar; charset=utf-8")
            .header(header::ETAG, tag)
            .header(header::CACHE_CONTROL, "private, no-cache")
            .body(self.0)
    }
}

impl ApiResponse for Feed {
    fn meta() -> MetaResponses {
        let text = MetaSchemaRef::Inline(Box::new(MetaSchema::new("string")));
        let content = vec![MetaMediaType { content_type: "text/calendar; charset=utf-8", schema: text }];
        let told = |status, description, content| MetaResponse {
            description,
            status: Some(status),
            status_range: None,
            content,
            headers: vec![],
        };
        let unchanged = told(304, "Unchanged since the version in `If-None-Match`", vec![]);
        MetaResponses { responses: vec![told(200, "The calendar", content), unchanged] }
    }

    fn register(_: &mut Registry) {}
}

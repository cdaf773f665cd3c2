use std::sync::Arc;

use base::{Body, Caller, Error, Page, Person, Result, Trashed};
use poem::http::header::CACHE_CONTROL;
use poem_openapi::{
    OpenApi,
    param::Path,
    payload::{Json, Response},
};
use uuid::Uuid;

use super::Tag;
use crate::{
    desk::Desk,
    login, sessions,
    view::{Credentials, Refreshing, SessionView, Tokens},
};

/// As long as a page can be.
const MOST: u16 = 200;

pub struct SessionApi(pub Arc<Desk>);

#[OpenApi(prefix_path = "/api/auth", tag = "Tag::Identity")]
impl SessionApi {
    /// Log in
    ///
    /// A wrong address and a wrong password read the same. Failures are slowed down by network and by account: 429 says
    /// in `Retry-After` when to try again.
    #[oai(path = "/login/", method = "post", operation_id = "create_session")]
    async fn log_in(&self, caller: Caller, credentials: Body<Credentials>) -> Result<Response<Json<Tokens>>> {
        Ok(kept_nowhere(login::log_in(&self.0, &caller, &credentials.0).await?))
    }

    /// Refresh the tokens
    ///
    /// Each refresh token is good once; when a used one comes back, its session ends. The exception is a retry within 60
    /// seconds, before the new pair was used: it gets the same refresh token again.
    #[oai(path = "/refresh/", method = "post", operation_id = "refresh_session")]
    async fn refresh(&self, caller: Caller, refreshing: Body<Refreshing>) -> Result<Response<Json<Tokens>>> {
        Ok(kept_nowhere(login::refresh(&self.0, &caller, &refreshing.0.refresh_token).await?))
    }

    /// Log out
    ///
    /// Ends the session you are asking in: its tokens stop working at once.
    #[oai(path = "/logout/", method = "post", operation_id = "end_session")]
    async fn log_out(&self, person: Person) -> Result<Trashed> {
        self.end(person.user(), person.session()).await
    }

    /// List your sessions
    ///
    /// Where you are logged in, the latest used first, at most 200.
    #[oai(path = "/sessions/", method = "get", operation_id = "list_sessions")]
    async fn list(&self, person: Person) -> Result<Json<Page<SessionView>>> {
        let rows = self.0.platform.read(async |tx| sessions::list(tx, person.user(), MOST.into()).await).await?;
        let results: Vec<_> = rows.into_iter().map(|row| SessionView::of(row, person.session())).collect();
        let count_is_exact = results.len() < MOST.into();
        Ok(Json(Page { count: results.len() as u64, results, next: None, count_is_exact }))
    }

    /// Log out everywhere
    ///
    /// Ends all your sessions, this one too.
    #[oai(path = "/sessions/", method = "delete", operation_id = "end_sessions")]
    async fn end_all(&self, person: Person) -> Result<Trashed> {
        self.0.platform.write(async |tx| sessions::revoke_sessions(tx, person.user()).await).await?;
        Ok(Trashed)
    }

    /// End one of your sessions
    ///
    /// Its tokens stop working at once.
    #[oai(path = "/sessions/:id/", method = "delete", operation_id = "delete_session")]
    async fn end_one(&self, person: Person, id: Path<Uuid>) -> Result<Trashed> {
        self.end(person.user(), id.0).await
    }
}

impl SessionApi {
    async fn end(&self, user: Uuid, session: Uuid) -> Result<Trashed> {
        let ended = self.0.platform.write(async |tx| sessions::revoke(tx, user, session).await).await?;
        ended.then_some(Trashed).ok_or_else(Error::not_found)
    }
}

/// RFC 6749 5.1.
fn kept_nowhere(tokens: Tokens) -> Response<Json<Tokens>> {
    Response::new(Json(tokens)).header(CACHE_CONTROL, "no-store")
}

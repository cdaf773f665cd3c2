use std::marker::PhantomData;

use base::{Db, Error, Member, Page, Result};
use poem_openapi::{
    OpenApi,
    param::{Path, Query},
    payload::Json,
};
use uuid::Uuid;

use super::{limit as limit_of, names};
use crate::{
    subject::{Noted, Subject},
    view::Activity,
};

/// The timeline of records of one kind.
pub struct ActivityApi<R> {
    db: Db,
    kind: PhantomData<fn() -> R>,
}

impl<R> ActivityApi<R> {
    pub fn new(db: Db) -> Self {
        Self { db, kind: PhantomData }
    }
}

#[OpenApi(prefix_path = R::PATH)]
impl<R: Noted> ActivityApi<R> {
    /// List what happened to a record
    ///
    /// From the change log, the newest first: who changed what from what to what, and what was written and attached.
    #[oai(path = "/activity/:id/", method = "get")]
    async fn list(
        &self,
        member: Member,
        id: Path<Uuid>,
        /// Entries of this page.
        #[oai(validator(minimum(value = "1"), maximum(value = "200")))]
        limit: Query<Option<u64>>,
        /// The `next` of the page before.
        #[oai(validator(max_length = 20, pattern = "^[0-9]+$"))]
        cursor: Query<Option<String>>,
    ) -> Result<Json<Page<Activity>>> {
        self.db
            .read(&member, async |tx| {
                let subject = Subject::of::<R>(tx, id.0).await?;
                let limit = limit_of(limit.0)?;
                let before = cursor.0.as_deref().map(str::parse).transpose();
                let before =
                    before.map_err(|_| Error::bad_request("invalid_parameter", "`cursor` is not one of this list."))?;
                let count = tx.count_changes(subject.kind(), subject.id()).await?;
                let mut changes = tx.changes(subject.kind(), subject.id(), before, limit + 1).await?;
                let limit = usize::try_from(limit).unwrap_or(usize::MAX);
                let more = changes.len() > limit;
                changes.truncate(limit);
                let next = changes.last().filter(|_| more).map(|change| change.seq.to_string());
                let people = names(tx, changes.iter().map(|change| change.actor_id)).await?;
                let results = changes.into_iter().map(|change| Activity::of(change, &people)).collect();
                Ok(Json(Page::new(results, next, count)))
            })
            .await
    }
}

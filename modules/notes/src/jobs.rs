//! What members are told of a record by mail. Each job is done in the name of the member whom it tells, and finds the
//! record with their eyes when it runs: what they may not see by then, no mail tells them.

use async_trait::async_trait;
use base::{Job, News, Outcome, PublicUrl, Result, Tx, Work, people::Person};
use mail::{Assigned, Mentioned, Recipient};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    comment,
    subject::{Subject, Subjects},
    ties,
};

/// Tells somebody that a record is now assigned to them, if it still is.
#[derive(Serialize, Deserialize)]
pub struct TellAssignee {
    kind: String,
    id: Uuid,
    assignee: Uuid,
    /// Missing when a rule of the organisation did it.
    by: Option<Uuid>,
}

impl TellAssignee {
    pub(crate) fn of(subject: &Subject, assignee: Uuid, by: Option<Uuid>) -> Self {
        Self { kind: subject.kind().to_owned(), id: subject.id(), assignee, by }
    }
}

#[typetag::serde]
#[async_trait]
impl Job for TellAssignee {
    fn kind(&self) -> &'static str {
        "tell_assignee"
    }

    async fn run(&self, work: &Work) -> Result<Outcome> {
        if let Some(put_off) = mail::put_off(work, self.assignee, News::Assigned).await? {
            return Ok(put_off);
        }
        let subjects = work.tool::<Subjects>()?;
        let told = work.read(async |tx| {
            let Some(subject) = subjects.still(tx, &self.kind, self.id).await? else { return Ok(None) };
            if !ties::is_assigned(tx, &self.kind, self.id, self.assignee).await? {
                return Ok(None);
            }
            Told::of(tx, &subject, self.assignee, self.by).await
        });
        let Some(Told { to, org_name, by_name, record_kind, record_name, page }) = told.await? else {
            return Ok(Outcome::Done);
        };
        let link = work.tool::<PublicUrl>()?.to(&page);
        mail::send(work, to, Assigned { org_name, record_kind, record_name, by_name, link }).await
    }
}

/// Tells somebody that a comment mentions them, if it still stands.
#[derive(Serialize, Deserialize)]
pub struct TellMentioned {
    comment: Uuid,
    mentioned: Uuid,
}

impl TellMentioned {
    pub(crate) fn of(comment: &comment::Model, mentioned: Uuid) -> Self {
        Self { comment: comment.id, mentioned }
    }
}

#[typetag::serde]
#[async_trait]
impl Job for TellMentioned {
    fn kind(&self) -> &'static str {
        "tell_mentioned"
    }

    async fn run(&self, work: &Work) -> Result<Outcome> {
        if let Some(put_off) = mail::put_off(work, self.mentioned, News::Mentioned).await? {
            return Ok(put_off);
        }
        let subjects = work.tool::<Subjects>()?;
        let told = work.read(async |tx| {
            let comments = tx.find::<comment::Entity>().ids([self.comment]).await?;
            let Some(comment) = comments.into_iter().next() else { return Ok(None) };
            let subject = subjects.still(tx, &comment.record_kind, comment.record_id).await?;
            let Some(subject) = subject else { return Ok(None) };
            let told = Told::of(tx, &subject, self.mentioned, comment.created_by).await?;
            Ok(told.map(|told| (told, comment.body)))
        });
        let Some((Told { to, org_name, by_name, record_kind, record_name, page }, comment)) = told.await? else {
            return Ok(Outcome::Done);
        };
        let link = work.tool::<PublicUrl>()?.to(&page);
        mail::send(work, to, Mentioned { org_name, record_kind, record_name, by_name, comment, link }).await
    }
}

/// Whom to tell, and what every such mail says.
struct Told {
    to: Recipient,
    org_name: String,
    by_name: String,
    record_kind: String,
    record_name: String,
    page: String,
}

impl Told {
    /// `None` when `user` has left.
    async fn of(tx: &Tx, subject: &Subject, user: Uuid, by: Option<Uuid>) -> Result<Option<Self>> {
        let (org_name, mut people) = (tx.org_name().await?, tx.people([user].into_iter().chain(by)).await?);
        let by_name = by.and_then(|by| people.get(&by)).map_or_else(|| org_name.clone(), |person| person.name.clone());
        let Some(Person { name, email, is_active: true }) = people.remove(&user) else {
            return Ok(None);
        };
        Ok(Some(Self {
            to: Recipient { name, address: email },
            org_name,
            by_name,
            record_kind: subject.kind().to_owned(),
            record_name: subject.title().to_owned(),
            page: format!("{}/{}", crate::page_of(subject.kind()), subject.id()),
        }))
    }
}

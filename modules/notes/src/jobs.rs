use async_trait::async_trait;
use base::{Job, Outcome, PublicUrl, Result, Work, people::Person};
use mail::{Assigned, Mentioned, Recipient};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::subject::Subject;

/// What a mail says about a record.
#[derive(Clone, Serialize, Deserialize)]
struct About {
    kind: String,
    id: Uuid,
    title: String,
    by: Option<Uuid>,
}

/// Tells somebody that a record is now assigned to them.
#[derive(Serialize, Deserialize)]
pub struct TellAssignee {
    about: About,
    assignee: Uuid,
}

impl TellAssignee {
    pub(crate) fn about(subject: &Subject, assignee: Uuid, by: Option<Uuid>) -> Self {
        Self { about: About::of(subject, by), assignee }
    }
}

#[typetag::serde]
#[async_trait]
impl Job for TellAssignee {
    fn kind(&self) -> &'static str {
        "tell_assignee"
    }

    async fn run(&self, work: &Work) -> Result<Outcome> {
        let Some((to, told)) = self.about.tell(work, self.assignee).await? else {
            return Ok(Outcome::GiveUp("the assignee is no longer a member".to_owned()));
        };
        let Told { org_name, by_name, link } = told;
        let (record_kind, record_name) = (self.about.kind.clone(), self.about.title.clone());
        mail::send(work, to, Assigned { org_name, record_kind, record_name, by_name, link }).await
    }
}

/// Tells somebody that a comment mentions them.
#[derive(Serialize, Deserialize)]
pub struct TellMentioned {
    about: About,
    mentioned: Uuid,
    comment: String,
}

impl TellMentioned {
    pub(crate) fn about(subject: &Subject, mentioned: Uuid, comment: &str, by: Option<Uuid>) -> Self {
        Self { about: About::of(subject, by), mentioned, comment: comment.to_owned() }
    }
}

#[typetag::serde]
#[async_trait]
impl Job for TellMentioned {
    fn kind(&self) -> &'static str {
        "tell_mentioned"
    }

    async fn run(&self, work: &Work) -> Result<Outcome> {
        let Some((to, told)) = self.about.tell(work, self.mentioned).await? else {
            return Ok(Outcome::GiveUp("whoever is mentioned is no longer a member".to_owned()));
        };
        let Told { org_name, by_name, link } = told;
        let (record_kind, record_name) = (self.about.kind.clone(), self.about.title.clone());
        let comment = self.comment.clone();
        mail::send(work, to, Mentioned { org_name, record_kind, record_name, by_name, comment, link }).await
    }
}

struct Told {
    org_name: String,
    by_name: String,
    link: String,
}

impl About {
    fn of(subject: &Subject, by: Option<Uuid>) -> Self {
        Self { kind: subject.kind().to_owned(), id: subject.id(), title: subject.title().to_owned(), by }
    }

    /// Whom to tell and what every such mail says; `None` when they are gone.
    async fn tell(&self, work: &Work, user: Uuid) -> Result<Option<(Recipient, Told)>> {
        let (org_name, mut people) = work
            .read(async |tx| Ok((tx.org_name().await?, tx.people([user].into_iter().chain(self.by)).await?)))
            .await?;
        let by_name =
            self.by.and_then(|by| people.get(&by)).map_or_else(|| org_name.clone(), |person| person.name.clone());
        let Some(Person { name, email, is_active: true }) = people.remove(&user) else {
            return Ok(None);
        };
        let link = work.tool::<PublicUrl>()?.to(&format!("{}/{}", crate::page_of(&self.kind), self.id));
        Ok(Some((Recipient { name, address: email }, Told { org_name, by_name, link })))
    }
}

//! Notifications that are gathered and sent in one mail.

use std::collections::BTreeMap;

use async_trait::async_trait;
use base::{Job, Outcome, PublicUrl, Request, Result, Tx, Work, people::Person};
use chrono::{DateTime, Utc};
use mail::{Notified, Recipient};
use notes::Subjects;
use sea_orm::{ColumnTrait, Condition};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    mine::for_mail,
    notification::{Column, Entity, Model},
    organisations,
    preferences::wishes,
    span::Span,
    words,
};

/// The most that one mail tells, and the most that is planned for one organisation at a time.
const SHOWN: usize = 50;
const MOST: u64 = 10_000;

/// Finds out every hour whose gathered notifications are due.
#[derive(Serialize, Deserialize)]
pub struct SendDigests {}

#[typetag::serde]
#[async_trait]
impl Job for SendDigests {
    fn kind(&self) -> &'static str {
        "send_digests"
    }

    fn every(&self) -> Option<&'static str> {
        Some("0 0 * * * * *")
    }

    async fn run(&self, work: &Work) -> Result<Outcome> {
        let platform = work.outside()?;
        for org in platform.read(organisations::open).await? {
            platform.write(async |tx| tx.enter(org, Request::default(), async |tx| plan(tx).await).await).await?;
        }
        Ok(Outcome::Done)
    }
}

/// A mail for everyone for whom something waits from before the end of their last span, unless it is quiet where they are.
/// Its id is that of the member and the span, so that none is sent twice.
async fn plan(tx: &Tx) -> Result<()> {
    let waiting = Condition::all().add(Column::Digest.is_not_null()).add(Column::DigestId.is_null());
    let mut oldest: BTreeMap<(Uuid, Span), DateTime<Utc>> = BTreeMap::new();
    for row in tx.find::<Entity>().filter(waiting).all(MOST).await? {
        if let Some(span) = row.digest {
            let first = oldest.entry((row.member_user_id, span)).or_insert(row.created_at);
            *first = std::cmp::min(*first, row.created_at);
        }
    }
    let members = || oldest.keys().map(|(member, _)| *member);
    let (wishes, people, org_zone) =
        (wishes(tx, members()).await?, tx.people(members()).await?, tx.org_time_zone().await?);
    for ((member, span), first) in &oldest {
        let (zone, quiet) = wishes.get(member).cloned().unwrap_or_default().hours(org_zone);
        let until = span.ended(tx.now(), zone);
        let is_quiet = quiet.is_some_and(|quiet| quiet.ends(tx.now()).is_some());
        if *first < until && !is_quiet && people.get(member).is_some_and(|person| person.is_active) {
            let id = Uuid::new_v5(&tx.actor().org(), format!("{member} {} {until}", span.as_str()).as_bytes());
            tx.enqueue_for_once(id, *member, SendDigest { member: *member, span: *span, until }).await?;
        }
    }
    Ok(())
}

/// Sends a member what was gathered for them until then: what they have not read and see now.
#[derive(Serialize, Deserialize)]
pub struct SendDigest {
    pub member: Uuid,
    pub span: Span,
    pub until: DateTime<Utc>,
}

#[typetag::serde]
#[async_trait]
impl Job for SendDigest {
    fn kind(&self) -> &'static str {
        "send_digest"
    }

    async fn run(&self, work: &Work) -> Result<Outcome> {
        // They are this mail's from now on: if it has to be sent again, it is the same mail.
        let theirs = Condition::all()
            .add(Column::MemberUserId.eq(self.member))
            .add(Column::Digest.eq(self.span))
            .add(Column::DigestId.is_null())
            .add(Column::CreatedAt.lt(self.until));
        work.write(async |tx| {
            tx.set_all::<Entity>(theirs, [(Column::DigestId, Some(work.id()).into())], "gathered").await
        })
        .await?;
        let (subjects, url) = (work.tool::<Subjects>()?, work.tool::<PublicUrl>()?);
        let found = work.read(async |tx| {
            let mut rows: Vec<Model> = tx
                .find::<Entity>()
                .only(for_mail(tx, subjects))
                .filter(Column::DigestId.eq(work.id()))
                .filter(Column::Unread.eq(true))
                .all(MOST)
                .await?;
            let person = tx.people([self.member]).await?.remove(&self.member);
            let Some(Person { name, email, is_active: true }) = person.filter(|_| !rows.is_empty()) else {
                return Ok(None);
            };
            rows.sort_by_key(|row| std::cmp::Reverse((row.created_at, row.id)));
            let more = u32::try_from(rows.len().saturating_sub(SHOWN)).unwrap_or(u32::MAX);
            rows.truncate(SHOWN);
            let items = words::items(tx, subjects, &rows, url).await?;
            Ok(Some((items, more, Recipient { name, address: email }, tx.org_name().await?)))
        });
        let Some((items, more, to, org_name)) = found.await?.filter(|(items, ..)| !items.is_empty()) else {
            return Ok(Outcome::Done);
        };
        let how_often = self.span.as_str().to_owned();
        mail::send(work, to, Notified { org_name, items, more, link: url.to("notifications"), how_often }).await
    }
}

//! Reminders of events: a job at each time, which looks at the event as it is then. Of a series the next time has its job, which sees
//! to the one after it.

use std::collections::BTreeSet;

use async_trait::async_trait;
use base::{Job, News, Outcome, PublicUrl, Record, Result, Told, Tx, Work, people::Person};
use chrono::{DateTime, Duration, NaiveDate, Utc};
use mail::{EventSoon, Recipient};
use notes::tied;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    event::{Entity, Model},
    view::{Answer, EventStatus},
    when::Occurrence,
};

/// Sets the next reminders of an event. Those that were set before find that it is no longer as they knew it, and do nothing.
pub async fn set(tx: &Tx, row: &Model) -> Result<()> {
    for before in &row.reminders.0 {
        let from = tx.now() + seconds(*before) + Duration::seconds(1);
        set_next(tx, row, *before, from).await?;
    }
    Ok(())
}

/// How far ahead a series is looked at.
const AHEAD: Duration = Duration::days(5 * 366);

/// The reminder so many seconds before the first time from `from` on.
async fn set_next(tx: &Tx, row: &Model, before: i32, from: DateTime<Utc>) -> Result<()> {
    if row.status != EventStatus::Planned || row.until < from {
        return Ok(());
    }
    let next = row.when().between(from, from + AHEAD).find(|one| one.starts_at >= from);
    if let Some(next) = next {
        let remind = RemindOfEvent { event: row.id, on: next.on, starts_at: next.starts_at, before };
        tx.enqueue_at(next.starts_at - seconds(before), remind.id(), remind).await?;
    }
    Ok(())
}

fn seconds(before: i32) -> Duration {
    Duration::seconds(before.into())
}

/// Finds out at its time whom to remind of an event, if it still takes place then, and sees to the next one.
#[derive(Serialize, Deserialize)]
pub struct RemindOfEvent {
    pub event: Uuid,
    pub on: NaiveDate,
    pub starts_at: DateTime<Utc>,
    pub before: i32,
}

impl RemindOfEvent {
    /// One for each time: nobody is reminded twice, however often the event is changed.
    fn id(&self) -> Uuid {
        Uuid::new_v5(&self.event, format!("{} {} {}", self.on, self.starts_at, self.before).as_bytes())
    }
}

#[typetag::serde]
#[async_trait]
impl Job for RemindOfEvent {
    fn kind(&self) -> &'static str {
        "remind_of_event"
    }

    async fn run(&self, work: &Work) -> Result<Outcome> {
        let tell = work.write(async |tx| {
            let Some(row) = tx.find::<Entity>().ids([self.event]).await?.pop() else { return Ok(()) };
            if !row.reminders.0.contains(&self.before) {
                return Ok(());
            }
            if row.recurrence.is_some() {
                set_next(tx, &row, self.before, self.starts_at.max(tx.now()) + Duration::seconds(1)).await?;
            }
            if !takes_place(&row, self.on, self.starts_at) {
                return Ok(());
            }
            let attending = tied::<Entity>(tx, &[row.id]).await?.remove(&row.id).unwrap_or_default().assigned_to;
            let attending: BTreeSet<Uuid> = attending.into_iter().map(|member| member.id).collect();
            let mut told: BTreeSet<Uuid> =
                if attending.is_empty() { row.created_by.into_iter().collect() } else { attending };
            told.retain(|member| row.answer_on(*member, self.on) != Answer::Declined);
            tx.tell(Told::of(News::EventSoon, Entity::KIND, row.id, told.iter().copied()).once(work.id()));
            for member in told {
                let tell = TellEventSoon { event: row.id, on: self.on, starts_at: self.starts_at, member };
                tx.enqueue_for_once(work.id_for(member), member, tell).await?;
            }
            Ok(())
        });
        tell.await.map(|()| Outcome::Done)
    }
}

/// Reminds a member by mail of an event that they take part in.
#[derive(Serialize, Deserialize)]
pub struct TellEventSoon {
    pub event: Uuid,
    pub on: NaiveDate,
    pub starts_at: DateTime<Utc>,
    pub member: Uuid,
}

#[typetag::serde]
#[async_trait]
impl Job for TellEventSoon {
    fn kind(&self) -> &'static str {
        "tell_event_soon"
    }

    async fn run(&self, work: &Work) -> Result<Outcome> {
        match mail::put_off(work, self.member, News::EventSoon).await? {
            // When they may be written to again it has begun: it stands among their notifications, and that is all.
            Some(Outcome::Later(at)) if at > self.starts_at => return Ok(Outcome::Done),
            Some(put_off) => return Ok(put_off),
            None => {}
        }
        let told = work.read(async |tx| {
            let Some(row) = tx.find::<Entity>().ids([self.event]).await?.pop() else { return Ok(None) };
            if !takes_place(&row, self.on, self.starts_at) || row.answer_on(self.member, self.on) == Answer::Declined {
                return Ok(None);
            }
            let (org_name, mut people) = (tx.org_name().await?, tx.people([self.member]).await?);
            let Some(Person { name, email, is_active: true }) = people.remove(&self.member) else { return Ok(None) };
            let when = row.when().told_at(self.starts_at);
            Ok(Some((Recipient { name, address: email }, org_name, row.title, when, row.place)))
        });
        let Some((to, org_name, event_title, when, place)) = told.await? else {
            return Ok(Outcome::Done);
        };
        let link = work.tool::<PublicUrl>()?.to(&format!("events/{}", self.event));
        let place = place.unwrap_or_default();
        mail::send(work, to, EventSoon { org_name, event_title, when, place, link }).await
    }
}

/// Whether the event, if whoever asks sees it, is planned and at that time.
fn takes_place(row: &Model, on: NaiveDate, starts_at: DateTime<Utc>) -> bool {
    let when = row.when();
    let same = |one: Occurrence| one.on == on && one.starts_at == starts_at;
    let second = Duration::seconds(1);
    row.status == EventStatus::Planned && when.between(starts_at, starts_at + second).any(same)
}

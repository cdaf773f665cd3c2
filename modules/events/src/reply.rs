//! What those who were invited answer by mail.

use base::{Error, IfMatch, Result, Tx, Verb};
use calcard::icalendar::ICalendarMethod;
use chrono::NaiveDate;
use poem_openapi::{Enum, Object};
use sea_orm::{ColumnTrait, Condition};
use uuid::Uuid;

use crate::{
    answer,
    event::{Answered, Column, Entity, Model},
    ics::{Incoming, IncomingAttendee, IncomingEvent, read},
    invite,
    said::Extent,
    series,
    view::Answer,
};

/// What those who were invited say, as their calendars write it (RFC 5546, 3.2.3).
#[derive(Clone, Debug, Object)]
pub struct EventReplies {
    pub results: Vec<EventReply>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename_all = "snake_case")]
pub enum ReplyOutcome {
    /// The answer is kept.
    Taken,
    /// It is about the event as it was before, or older than the answer that is there.
    Stale,
    /// There is no such event, or nobody of this address was invited.
    Unknown,
}

/// What one of them says.
#[derive(Clone, Debug, Object)]
pub struct EventReply {
    pub uid: String,
    pub email: String,
    pub answer: Answer,
    pub outcome: ReplyOutcome,
    pub event_id: Option<Uuid>,
}

/// Takes replies to invitations in, from a member who has them. Who answers is known by the address that was invited.
///
/// # Errors
/// 422 `not_a_reply`; 403 for an event that the actor sees and may not change; those of [`read`].
pub async fn take_reply(tx: &Tx, text: &str) -> Result<EventReplies> {
    let incoming = read(text, tx.org_time_zone().await?)?;
    if incoming.method != Some(ICalendarMethod::Reply) {
        return Err(Error::unprocessable("not_a_reply", "The METHOD of the calendar is not REPLY."));
    }
    let mut results = Vec::new();
    for event in &incoming.events {
        for attendee in &event.attendees {
            let (outcome, event_id) = take(tx, event, attendee).await?;
            let (uid, email) = (event.uid.chars().take(255).collect(), attendee.email.chars().take(254).collect());
            results.push(EventReply { uid, email, answer: attendee.answer, outcome, event_id });
        }
    }
    Ok(EventReplies { results })
}

/// What became of a reply that came by mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailedReply {
    /// The answer is kept with this event.
    Taken(Uuid),
    Stale,
    Unknown,
    /// It answers for somebody else than who wrote it.
    Forged,
    /// It is no reply that can be read.
    Unreadable,
}

/// More events than one reply has: several times of one series, at most.
const MOST: usize = 50;

/// Takes a reply in that came by mail from this address, as the organisation itself.
///
/// Whoever answers is believed when the one `ATTENDEE` of the reply (RFC 5546, 3.2.3) is who wrote the mail, and was invited at
/// that address to an event of this organisation with that `UID`. That the mail is from whom it says it is from is for the mail
/// server to see to, which delivers it (SPF, DKIM, DMARC). Who answers for another (`SENT-BY`, a delegate) is not believed.
pub async fn take_mailed_reply(tx: &Tx, text: &str, from: &str) -> Result<MailedReply> {
    let Ok(Incoming { method: Some(ICalendarMethod::Reply), events }) = read(text, tx.org_time_zone().await?) else {
        return Ok(MailedReply::Unreadable);
    };
    let mut said = Vec::new();
    for event in &events {
        let [attendee] = &event.attendees[..] else { return Ok(MailedReply::Unreadable) };
        if !attendee.email.eq_ignore_ascii_case(from) {
            return Ok(MailedReply::Forged);
        }
        said.push((event, attendee));
    }
    if said.is_empty() || said.len() > MOST {
        return Ok(MailedReply::Unreadable);
    }
    let mut best = MailedReply::Unknown;
    for (event, attendee) in said {
        match take(tx, event, attendee).await? {
            (ReplyOutcome::Taken, Some(event)) => best = MailedReply::Taken(event),
            (ReplyOutcome::Stale, _) if best == MailedReply::Unknown => best = MailedReply::Stale,
            _ => {}
        }
    }
    Ok(best)
}

async fn take(tx: &Tx, event: &IncomingEvent, who: &IncomingAttendee) -> Result<(ReplyOutcome, Option<Uuid>)> {
    let Some((row, occurrence)) = answered(tx, event).await? else { return Ok((ReplyOutcome::Unknown, None)) };
    let Some(key) = invite::invited_by_address(tx, &row, &who.email).await? else {
        return Ok((ReplyOutcome::Unknown, None));
    };
    let at = event.stamp.unwrap_or_else(|| tx.now()).min(tx.now());
    let to_all = row.answers.0.get(&key).copied();
    let (same, any) = match occurrence {
        None => (to_all, None),
        Some((on, extent)) => (row.occurrence_answers.said(&key, on, extent), row.answers_on(on).0.get(&key).copied()),
    };
    let is_late = same.is_some_and(|said| said.at >= at) || any.is_some_and(|said| said.at > at);
    if is_late || event.sequence < i64::from(row.sequence) {
        return Ok((ReplyOutcome::Stale, Some(row.id)));
    }
    let said = Answered { answer: who.answer, at };
    match occurrence {
        Some(which) => answer::keep_on(tx, &row, &key, which, said).await?,
        None => answer::keep(tx, &row, &key, said).await?,
    };
    Ok((ReplyOutcome::Taken, Some(row.id)))
}

/// The event that a reply is about, locked; of a series, with the times that are meant when not all are. One that was changed
/// alone is an event of its own.
async fn answered(tx: &Tx, event: &IncomingEvent) -> Result<Option<(Model, Option<(NaiveDate, Extent)>)>> {
    let mut same = Condition::any().add(Column::Uid.eq(event.uid.as_str()));
    if let Ok(id) = event.uid.parse::<Uuid>() {
        same = same.add(Column::Id.eq(id));
    }
    let known = tx.find::<Entity>().filter(same).filter(Column::SeriesId.is_null()).one().await?;
    let Some(known) = known else { return Ok(None) };
    let open = async |id| tx.open::<Entity>(id, Verb::CHANGE, &IfMatch::default()).await;
    let row = open(known.id).await?;
    let Some(on) = event.occurrence_on else { return Ok(Some((row, None))) };
    let extent = if event.and_following { Extent::AndFollowing } else { Extent::Alone };
    if extent == Extent::Alone
        && let Some(own) = series::own(tx, row.id, on).await?
    {
        return Ok(Some((open(own.id).await?, None)));
    }
    let there = match extent {
        Extent::Alone => series::one(&row, on),
        Extent::AndFollowing => series::ruled(&row, on),
    };
    Ok(there.ok().map(|_| (row, Some((on, extent)))))
}

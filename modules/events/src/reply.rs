//! What those who were invited answer by mail.

use base::{Error, Fields, IfMatch, Result, Tx, Verb};
use poem_openapi::{Enum, Object};
use sea_orm::{ColumnTrait, Condition};
use uuid::Uuid;

use crate::{
    event::{Answered, Column, Entity, Model},
    ics::{IncomingEvent, read},
    invite, series,
    view::{Answer, EventChange},
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

/// Takes replies to invitations in, from whatever brings them. Who answers is known by the address that was invited.
///
/// # Errors
/// 422 `not_a_reply`; 403 for an event that the actor sees and may not change; those of [`read`].
pub async fn take_reply(tx: &Tx, text: &str) -> Result<EventReplies> {
    let incoming = read(text, tx.org_time_zone().await?)?;
    if incoming.method != Some(calcard::icalendar::ICalendarMethod::Reply) {
        return Err(Error::unprocessable("not_a_reply", "The METHOD of the calendar is not REPLY."));
    }
    let mut results = Vec::new();
    for event in &incoming.events {
        for attendee in &event.attendees {
            let row = Box::pin(answered(tx, event)).await?;
            let (outcome, event_id) = match row {
                None => (ReplyOutcome::Unknown, None),
                Some(row) => (keep(tx, &row, event, &attendee.email, attendee.answer).await?, Some(row.id)),
            };
            let event_id = event_id.filter(|_| outcome != ReplyOutcome::Unknown);
            let (uid, email) = (event.uid.chars().take(255).collect(), attendee.email.chars().take(254).collect());
            results.push(EventReply { uid, email, answer: attendee.answer, outcome, event_id });
        }
    }
    Ok(EventReplies { results })
}

/// The event that a reply is about, locked. One of a series that was not changed yet becomes an event of its own for it.
async fn answered(tx: &Tx, event: &IncomingEvent) -> Result<Option<Model>> {
    let mut same = Condition::any().add(Column::Uid.eq(event.uid.as_str()));
    if let Ok(id) = event.uid.parse::<Uuid>() {
        same = same.add(Column::Id.eq(id));
    }
    let row = tx.find::<Entity>().filter(same).filter(Column::SeriesId.is_null()).one().await?;
    let (Some(row), Some(on)) = (&row, event.occurrence_on) else {
        return match row {
            Some(row) => tx.open::<Entity>(row.id, Verb::CHANGE, &IfMatch::default()).await.map(Some),
            None => Ok(None),
        };
    };
    match series::change_one(tx, row.id, on, EventChange::default()).await {
        Err(error) if error.is_not_found() => Ok(None),
        Err(error) => Err(error),
        Ok(one) => {
            // That somebody answered for it alone changes nothing for the others.
            if one.version == 1 {
                invite::all_told(tx, &one).await?;
            }
            Ok(Some(one))
        }
    }
}

async fn keep(tx: &Tx, row: &Model, event: &IncomingEvent, email: &str, answer: Answer) -> Result<ReplyOutcome> {
    let invited = invite::invited_by_address(tx, row, email).await?;
    let Some(who) = invited else { return Ok(ReplyOutcome::Unknown) };
    let at = event.stamp.unwrap_or_else(|| tx.now()).min(tx.now());
    let newer = row.answers.0.get(&who).is_some_and(|said| said.at >= at);
    if newer || event.sequence < i64::from(row.sequence) && event.occurrence_on.is_none() {
        return Ok(ReplyOutcome::Stale);
    }
    let mut after = row.clone();
    after.answers.0.insert(who, Answered { answer, at });
    tx.update_as::<Entity>(row, after, "answered", Fields::none()).await?;
    Ok(ReplyOutcome::Taken)
}

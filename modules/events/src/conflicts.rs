//! What else those who take part in an event have to do at its time.

use std::collections::HashMap;

use base::{Ref, Result, Tx};
use chrono::{DateTime, Duration, Utc};
use poem_openapi::Object;
use uuid::Uuid;

use crate::{
    busy::taken,
    calendar::Span,
    event::{Entity, Model},
    view::{Answer, AttendeeKind, EventStatus, EventView},
};

/// A member who takes part has something else to do.
#[derive(Clone, Debug, Object)]
pub struct Conflict {
    pub member: Ref,
    /// When the other event takes place.
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    /// The other event, when you may see it.
    pub event: Option<Ref>,
}

/// The most that are told.
const MOST: usize = 10;
/// Of a series, so many days are looked at, from now on or from its start on.
const AHEAD: Duration = Duration::days(92);

/// The first conflicts of an event, for those of its members who did not decline.
pub async fn of(tx: &Tx, row: &Model, view: &EventView) -> Result<Vec<Conflict>> {
    let quiet = !row.is_busy || !matches!(row.status, EventStatus::Planned | EventStatus::Held);
    let members: HashMap<Uuid, Ref> = view
        .attendees
        .iter()
        .filter(|one| one.kind == AttendeeKind::Member)
        .filter_map(|one| Some((one.id?, Ref { id: one.id?, name: one.name.clone() })))
        .collect();
    if quiet || members.is_empty() {
        return Ok(Vec::new());
    }
    let when = row.when();
    let from = if when.rule.is_some() { when.starts_at().max(tx.now()) } else { when.starts_at() };
    let to = if when.rule.is_some() { from + AHEAD } else { when.ends_at().max(from + Duration::seconds(1)) };
    let ids: Vec<Uuid> = members.keys().copied().collect();
    let (others, _) = taken(tx, Span { from, to }, &ids, Some(row.id)).await?;
    let own: Vec<_> = when.between(from, to).collect();
    let mut found: Vec<_> = Vec::new();
    for other in others {
        // Those that might overlap are the last that begins before the other ends and those right before it.
        let end = own.partition_point(|one| one.starts_at < other.span.ends_at);
        let at_once = own[..end].iter().rev().take(40).filter(|one| one.ends_at > other.span.starts_at);
        let days: Vec<_> = at_once.map(|one| one.on).collect();
        let comes = |member: &Uuid| days.iter().any(|on| row.answer_on(*member, *on) != Answer::Declined);
        found.extend(other.members.into_iter().filter(comes).map(|member| (other.span, member, other.event)));
    }
    found.sort_by_key(|(span, member, event)| (span.starts_at, *member, *event));
    found.truncate(MOST);
    let seen = tx.find::<Entity>().ids(found.iter().map(|(.., event)| *event)).await?;
    let seen: HashMap<Uuid, String> = seen.into_iter().map(|event| (event.id, event.title)).collect();
    let told = |(span, member, event): (crate::busy::BusySpan, Uuid, Uuid)| {
        let event = Ref::of(event, &seen);
        Some(Conflict {
            member: members.get(&member)?.clone(),
            starts_at: span.starts_at,
            ends_at: span.ends_at,
            event,
        })
    };
    Ok(found.into_iter().filter_map(told).collect())
}

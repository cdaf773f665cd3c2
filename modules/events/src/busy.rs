//! When members have no time.

use std::collections::{BTreeMap, BTreeSet};

use base::{Error, Ref, Result, Tx, Verb, access};
use chrono::{DateTime, Utc};
use poem_openapi::Object;
use sea_orm::ColumnTrait;
use uuid::Uuid;

use crate::{
    calendar::Span,
    event,
    times::{Column, Entity, Model},
    view::EventStatus,
};

/// When members have no time, and nothing of what they do then.
#[derive(Clone, Debug, Object)]
pub struct FreeBusy {
    pub from: DateTime<Utc>,
    pub to: DateTime<Utc>,
    /// In the order in which they were asked for.
    pub results: Vec<BusyMember>,
    pub count: usize,
    /// `false` when so many events were found that not all were looked at: ask for a shorter span, or fewer members.
    pub count_is_exact: bool,
}

/// When somebody has no time.
#[derive(Clone, Debug, Object)]
pub struct BusyMember {
    pub member: Ref,
    /// By when they begin; those that touch are one.
    pub busy: Vec<BusySpan>,
}

/// A span of time, its end not in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Object)]
pub struct BusySpan {
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
}

/// One time at which an event takes the time of members.
pub struct Taken {
    pub event: Uuid,
    pub members: BTreeSet<Uuid>,
    pub span: BusySpan,
}

/// Events that one answer looks at.
const MOST: u64 = 5_000;

/// # Errors
/// 403 for whoever has nothing to do with events.
pub async fn of(tx: &Tx, span: Span, members: &[Uuid]) -> Result<FreeBusy> {
    access::scope::<event::Entity>(tx.actor(), Verb::VIEW).ok_or_else(Error::forbidden)?;
    let people = tx.people(members.iter().copied()).await?;
    let known: Vec<Uuid> = members.iter().copied().filter(|member| people.contains_key(member)).collect();
    let (taken, is_cut) = taken(tx, span, &known, None).await?;
    let mut spans: BTreeMap<Uuid, Vec<BusySpan>> = BTreeMap::new();
    for one in taken {
        for member in one.members {
            spans.entry(member).or_default().push(one.span);
        }
    }
    let results: Vec<_> = known
        .into_iter()
        .filter_map(|id| {
            let member = Ref { id, name: people.get(&id)?.name.clone() };
            Some(BusyMember { member, busy: joined(spans.remove(&id).unwrap_or_default(), span) })
        })
        .collect();
    Ok(FreeBusy { from: span.from, to: span.to, count: results.len(), count_is_exact: !is_cut, results })
}

/// What takes the time of these members, but for the event `but`; and whether that is not all.
pub async fn taken(tx: &Tx, span: Span, members: &[Uuid], but: Option<Uuid>) -> Result<(Vec<Taken>, bool)> {
    if members.is_empty() {
        return Ok((Vec::new(), false));
    }
    let theirs = tx.assigned_rows::<event::Entity>(members, span.about());
    let busy = tx
        .find::<Entity>()
        .led(theirs)
        .filter(Column::IsBusy.eq(true))
        .filter(Column::Status.is_in([EventStatus::Planned, EventStatus::Held]));
    let mut rows: Vec<Model> = busy.first_by(Column::StartsAt, MOST).await?;
    let is_cut = u64::try_from(rows.len()).is_ok_and(|found| found >= MOST);
    rows.retain(|row| Some(row.id) != but);
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let tied = notes::tied::<Entity>(tx, &ids).await?;
    let mut taken = Vec::new();
    for row in &rows {
        let attending = tied.get(&row.id).into_iter().flat_map(|tied| tied.assigned_to.iter().map(|member| member.id));
        let attending: BTreeSet<Uuid> = attending.filter(|id| members.contains(id)).collect();
        if attending.is_empty() {
            continue;
        }
        for one in row.when().between(span.from, span.to) {
            let members: BTreeSet<Uuid> = attending.iter().copied().filter(|id| row.takes(*id, one.on)).collect();
            if !members.is_empty() {
                let span = BusySpan { starts_at: one.starts_at, ends_at: one.ends_at };
                taken.push(Taken { event: row.id, members, span });
            }
        }
    }
    Ok((taken, is_cut))
}

/// Spans in their order, within what was asked for, those that touch made one.
fn joined(mut spans: Vec<BusySpan>, within: Span) -> Vec<BusySpan> {
    spans.sort_by_key(|span| span.starts_at);
    let mut joined: Vec<BusySpan> = Vec::new();
    for span in spans {
        let span = BusySpan { starts_at: span.starts_at.max(within.from), ends_at: span.ends_at.min(within.to) };
        match joined.last_mut() {
            Some(last) if span.starts_at <= last.ends_at => last.ends_at = last.ends_at.max(span.ends_at),
            _ if span.ends_at > span.starts_at => joined.push(span),
            _ => {}
        }
    }
    joined
}

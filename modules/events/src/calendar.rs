//! What takes place in a span of time: series are expanded as they are read, and never copied.

use std::collections::{BTreeSet, HashMap};

use base::{Error, Ref, Result, Tx, value::DayOrTime};
use chrono::{DateTime, Datelike, Duration, NaiveDate, Utc};
use notes::tied;
use poem_openapi::Object;
use sea_orm::{ColumnTrait, Condition};
use uuid::Uuid;

use crate::{
    event::{Column, Entity, Model},
    resource::LONGEST,
    times,
    view::{Answer, EventKind, EventStatus},
    when::{Occurrence, When},
};

/// A span of time: at most 366 days.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    pub from: DateTime<Utc>,
    pub to: DateTime<Utc>,
}

/// What takes place in a span of time, by when it starts.
#[derive(Clone, Debug, Object)]
pub struct Calendar {
    pub from: DateTime<Utc>,
    pub to: DateTime<Utc>,
    pub results: Vec<OccurrenceView>,
    pub count: usize,
    /// `false` when there is more than an answer holds, which is 2,000: ask for a shorter span.
    pub count_is_exact: bool,
}

/// One time at which an event takes place.
#[derive(Clone, Debug, Object)]
#[oai(rename = "Occurrence")]
pub struct OccurrenceView {
    pub event_id: Uuid,
    /// The day by which it is known in its series, if it comes again.
    pub on: NaiveDate,
    pub is_recurring: bool,
    /// The series of which it was changed alone.
    pub series_id: Option<Uuid>,
    pub title: String,
    pub kind: EventKind,
    pub status: EventStatus,
    pub place: Option<String>,
    pub link: Option<String>,
    pub start: DayOrTime,
    pub end: DayOrTime,
    pub time_zone: String,
    pub is_all_day: bool,
    pub starts_at: DateTime<Utc>,
    pub ends_at: DateTime<Utc>,
    pub is_busy: bool,
    /// The members who take part.
    pub assigned_to: Vec<Ref>,
    /// What you say, if you take part.
    pub answer: Option<Answer>,
}

/// Rows that one answer looks at, and times that it holds.
const MOST: u64 = 2_000;

impl Span {
    /// From now on, and 31 days, where nothing else is said.
    ///
    /// # Errors
    /// 400 `invalid_span`.
    pub fn of(from: Option<DateTime<Utc>>, to: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Result<Self> {
        let refused =
            || Error::bad_request("invalid_span", "`to` is after `from`, by 366 days at most, from 1970 to 2199.");
        let known = |moment: &DateTime<Utc>| (1970..2200).contains(&moment.year());
        let from = from.or_else(|| to.filter(known).map(|to| to - Duration::days(31))).unwrap_or(now);
        let from = Some(from).filter(known).ok_or_else(refused)?;
        let to = Some(to.unwrap_or(from + Duration::days(31))).filter(known).ok_or_else(refused)?;
        if to <= from || to - from > Duration::days(366) {
            return Err(refused());
        }
        Ok(Self { from, to })
    }

    /// What may be under way, or come again: a day more on both sides, for a zone whose law has changed.
    pub fn about(self) -> Condition {
        let day = Duration::days(1);
        Condition::all().add(Column::StartsAt.lt(self.to + day)).add(Column::Until.gt(self.from - day))
    }

    /// Of that what does not come again.
    fn once(self) -> Condition {
        let earliest = self.from - LONGEST - Duration::days(1);
        self.about().add(Column::Recurrence.is_null()).add(Column::StartsAt.gte(earliest))
    }

    fn again(self) -> Condition {
        self.about().add(Column::Recurrence.is_not_null())
    }
}

/// Only what any of these members take part in, if any are given.
pub async fn of(tx: &Tx, span: Span, members: &[Uuid]) -> Result<Calendar> {
    let (events, mut is_cut) = events(tx, span, members).await?;
    let mut times: Vec<(Uuid, Occurrence)> = Vec::new();
    for (id, when) in &events {
        times.extend(when.between(span.from, span.to).take(limit() + 1).map(|one| (*id, one)));
    }
    times.sort_by_key(|(id, one)| (one.starts_at, *id));
    is_cut |= times.len() > limit();
    times.truncate(limit());
    let ids: BTreeSet<Uuid> = times.iter().map(|(id, _)| *id).collect();
    let ids: Vec<Uuid> = ids.into_iter().collect();
    let rows = tx.find::<Entity>().ids(ids.iter().copied()).await?;
    let rows: HashMap<Uuid, Model> = rows.into_iter().map(|row| (row.id, row)).collect();
    let tied = tied::<Entity>(tx, &ids).await?;
    let me = tx.actor().user();
    let results: Vec<_> = times
        .into_iter()
        .filter_map(|(id, one)| {
            let row = rows.get(&id)?;
            let assigned_to = tied.get(&id).map(|tied| tied.assigned_to.clone()).unwrap_or_default();
            let mine = me.filter(|me| assigned_to.iter().any(|member| member.id == *me));
            let answer = mine.map(|me| row.answer_on(me, one.on));
            Some(view(row, one, assigned_to, answer))
        })
        .collect();
    Ok(Calendar { from: span.from, to: span.to, count: results.len(), count_is_exact: !is_cut, results })
}

/// The events of which some time may be within the span, and whether there are more of them. Of most series no time is, so what
/// leads to them is all that is read.
async fn events(tx: &Tx, span: Span, members: &[Uuid]) -> Result<(Vec<(Uuid, When)>, bool)> {
    let led = if members.is_empty() {
        tx.reached_rows::<Entity>(span.about())
    } else {
        Some(tx.assigned_rows::<Entity>(members, span.about()))
    };
    if let Some(led) = led {
        let mut times = tx.find::<times::Entity>().led(led).first_by(times::Column::StartsAt, MOST + 1).await?;
        let is_cut = times.len() > limit();
        times.truncate(limit());
        return Ok((times.iter().map(|row| (row.id, row.when())).collect(), is_cut));
    }
    let mut rows = tx.find::<Entity>().filter(span.once()).first_by(Column::StartsAt, MOST + 1).await?;
    let again = tx.find::<Entity>().filter(span.again()).first_by(Column::Until, MOST + 1).await?;
    let is_cut = rows.len() > limit() || again.len() > limit();
    rows.extend(again);
    Ok((rows.iter().map(|row| (row.id, row.when())).collect(), is_cut))
}

fn view(row: &Model, one: Occurrence, assigned_to: Vec<Ref>, answer: Option<Answer>) -> OccurrenceView {
    OccurrenceView {
        event_id: row.id,
        on: one.on,
        is_recurring: row.recurrence.is_some(),
        series_id: row.series_id,
        title: row.title.clone(),
        kind: row.kind,
        status: row.status,
        place: row.place.clone(),
        link: row.link.clone(),
        is_all_day: one.start.is_day(),
        start: one.start,
        end: one.end,
        time_zone: row.time_zone.clone(),
        starts_at: one.starts_at,
        ends_at: one.ends_at,
        is_busy: row.is_busy,
        assigned_to,
        answer,
    }
}

fn limit() -> usize {
    usize::try_from(MOST).unwrap_or(usize::MAX)
}

//! What somebody has to do today.

use base::{Resource, Result, Tx, value::Timezone, zone::first_moment};
use chrono::{DateTime, Days, Duration, NaiveDate, Utc};
use chrono_tz::Tz;
use poem_openapi::Object;
use sea_orm::{ColumnTrait, Condition};

use crate::{
    due::Due as When,
    task::{Column, Entity, Model},
    view::{TaskStatus, TaskView},
};

/// The open tasks of whoever asks: assigned to them, or made by them for nobody in particular. At most 100 of each.
#[derive(Clone, Debug, Object)]
pub struct MyDay {
    /// Today, in the time zone that was asked for.
    pub date: NaiveDate,
    pub time_zone: Timezone,
    /// Due before, the oldest first.
    pub overdue: Vec<TaskView>,
    pub today: Vec<TaskView>,
    /// Due within the seven days after.
    pub upcoming: Vec<TaskView>,
    /// Due at no time, the oldest first.
    pub someday: Vec<TaskView>,
}

/// The most of each.
const MOST: u64 = 100;

pub async fn of(tx: &Tx, zone: Option<Timezone>) -> Result<MyDay> {
    let zone = match zone {
        Some(zone) => zone.tz(),
        None => tx.org_time_zone().await?,
    };
    let date = tx.now().with_timezone(&zone).date_naive();
    let [today, tomorrow, next_week] = [0, 1, 8].map(|days| Edge { day: date + Days::new(days), zone });
    let spans = [today.before(), today.until(tomorrow), tomorrow.until(next_week), Span::never()];
    let found = first(tx, spans, MOST).await?;
    let lengths = found.each_ref().map(Vec::len);
    let mut views = Entity::show(tx, found.into_iter().flatten().collect()).await?.into_iter();
    let [overdue, today, upcoming, someday] = lengths.map(|length| views.by_ref().take(length).collect());
    let time_zone = Timezone::parse(zone.name()).unwrap_or(Timezone::UTC);
    Ok(MyDay { date, time_zone, overdue, today, upcoming, someday })
}

/// What whoever asks has to do today, and what they should have done before.
#[derive(Clone, Debug)]
pub struct Due {
    /// The oldest first, as the others.
    pub overdue: Vec<Model>,
    pub today: Vec<Model>,
}

/// The tasks of [`MyDay`] that are due by the end of `day`, at most `most` of each, in one statement.
pub async fn due(tx: &Tx, day: NaiveDate, zone: Tz, most: u64) -> Result<Due> {
    let [today, tomorrow] = [0, 1].map(|days| Edge { day: day + Days::new(days), zone });
    let [overdue, today] = first(tx, [today.before(), today.until(tomorrow)], most).await?;
    Ok(Due { overdue, today })
}

/// What was due before `day`, whoever has to do it, and is not completed.
pub fn overdue(day: NaiveDate, zone: Tz) -> Condition {
    let Span { about, exactly } = Edge { day, zone }.before();
    open().add(about).add(exactly)
}

/// Of what is open and whoever asks has to do, the first within each span.
async fn first<const N: usize>(tx: &Tx, spans: [Span; N], most: u64) -> Result<[Vec<Model>; N]> {
    let parts = spans.map(|span| open().add(span.about).add(span.exactly));
    notes::first_own::<Entity, N>(tx, parts, Column::Due, most).await
}

fn open() -> Condition {
    Condition::all().add(Column::Status.is_in(TaskStatus::OPEN))
}

/// Where a day begins: for what is due on a day by the calendar, for what is due at a moment by the clock of the zone.
#[derive(Clone, Copy)]
struct Edge {
    day: NaiveDate,
    zone: Tz,
}

/// A time within which tasks are due.
struct Span {
    /// By `due`, for which there are indexes, and which is a day off at most: no clocks are further from UTC.
    about: Condition,
    exactly: Condition,
}

impl Span {
    fn never() -> Self {
        Self { about: Condition::all().add(Column::Due.gte(When::NEVER)), exactly: Condition::all() }
    }
}

impl Edge {
    fn moment(self) -> DateTime<Utc> {
        first_moment(self.day, self.zone)
    }

    fn before(self) -> Span {
        let exactly = Condition::any().add(Column::DueOn.lt(self.day)).add(Column::DueAt.lt(self.moment()));
        Span { about: Condition::all().add(Column::Due.lt(self.moment() + Duration::days(1))), exactly }
    }

    fn until(self, end: Self) -> Span {
        let from = Condition::any().add(Column::DueOn.gte(self.day)).add(Column::DueAt.gte(self.moment()));
        let Span { about, exactly } = end.before();
        Span {
            about: about.add(Column::Due.gte(self.moment() - Duration::days(1))),
            exactly: Condition::all().add(exactly).add(from),
        }
    }
}

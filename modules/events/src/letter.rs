//! What is written to whoever takes part in an event: words, and an object for their calendar.

use async_trait::async_trait;
use base::{Result, Tx};
use calcard::icalendar::ICalendarMethod;
use chrono::{DateTime, NaiveDate, Utc};
use mail::{CalendarMethod, CalendarPart, EventCancelled, EventInvitation, Outgoing, Recipient};
use sea_orm::ColumnTrait;
use uuid::Uuid;

use crate::{
    event::{Column, Entity, Model},
    ics::{Calendar, Entry, Person},
    invited,
    view::Answer,
    when::When,
};

/// Somebody who takes part, with where to reach them.
#[derive(Clone, Debug)]
pub struct Attending {
    pub person: Person,
    /// A user's id: they are told with what they may see.
    pub member: Option<Uuid>,
    pub answer: Answer,
}

/// Knows where calendars send what they answer to invitations, when not to whoever made the event. Whoever takes mail in is
/// one; the binary says who it is.
#[async_trait]
pub trait AnswerDesk: Send + Sync {
    async fn address(&self, tx: &Tx) -> Result<Option<String>>;
}

/// What all letters of an event say.
pub struct Letter {
    org_name: String,
    /// Whoever made it, with where answers go.
    organizer: Option<Person>,
    series: Option<When>,
    without: Vec<NaiveDate>,
    stamp: DateTime<Utc>,
}

impl Letter {
    /// `answers_to`: where an [`AnswerDesk`] has them.
    pub async fn of(tx: &Tx, row: &Model, answers_to: Option<String>) -> Result<Self> {
        let mut organizer = tx.people(row.created_by).await?;
        let organizer = row.created_by.and_then(|user| organizer.remove(&user)).filter(|person| person.is_active);
        let series = match row.series_id {
            Some(series) => match tx.find::<Entity>().ids([series]).await?.pop() {
                Some(series) => Some(series.when()),
                None => tx.find::<Entity>().trashed().ids([series]).await?.pop().map(|series| series.when()),
            },
            None => None,
        };
        let own = if row.excluded.0.is_empty() {
            Vec::new()
        } else {
            tx.find::<Entity>().filter(Column::SeriesId.eq(row.id)).all(1_000).await?
        };
        let own: Vec<_> = own.iter().filter_map(|own| own.occurrence_on).collect();
        Ok(Self {
            org_name: tx.org_name().await?,
            organizer: organizer.map(|person| {
                let email = answers_to.unwrap_or(person.email);
                Person { name: person.name, email }
            }),
            series,
            without: row.excluded.0.iter().copied().filter(|day| !own.contains(day)).collect(),
            stamp: tx.now(),
        })
    }

    fn organizer_name(&self) -> String {
        self.organizer.as_ref().map(|person| person.name.clone()).unwrap_or_default()
    }

    pub fn invitation(
        &self,
        id: Uuid,
        row: &Model,
        who: &Attending,
        is_changed: bool,
        link: Option<String>,
    ) -> Outgoing {
        let email = EventInvitation {
            org_name: self.org_name.clone(),
            organizer_name: self.organizer_name(),
            event_title: row.title.clone(),
            when: row.when().told(),
            place: row.place.clone().unwrap_or_default(),
            link: link.unwrap_or_default(),
            is_changed,
        };
        let to = Recipient { name: who.person.name.clone(), address: who.person.email.clone() };
        let part = self.part(row, (who.person.clone(), who.answer), CalendarMethod::Request, row.sequence);
        Outgoing::new(id, to, email).with(part)
    }

    pub fn cancellation(&self, id: Uuid, row: &Model, was: &invited::Model, sequence: i32, link: String) -> Outgoing {
        let email = EventCancelled {
            org_name: self.org_name.clone(),
            organizer_name: self.organizer_name(),
            event_title: row.title.clone(),
            when: row.when().told(),
            link,
        };
        let to = Recipient { name: was.name.clone(), address: was.address.clone() };
        let who = Person { name: was.name.clone(), email: was.address.clone() };
        let part = self.part(row, (who, Answer::NeedsAction), CalendarMethod::Cancel, sequence);
        Outgoing::new(id, to, email).with(part)
    }

    fn part(&self, row: &Model, attendee: (Person, Answer), method: CalendarMethod, sequence: i32) -> CalendarPart {
        let is_cancelled = method == CalendarMethod::Cancel;
        let mut calendar =
            Calendar::new(Some(if is_cancelled { ICalendarMethod::Cancel } else { ICalendarMethod::Request }));
        calendar.add(&Entry {
            row,
            series: self.series.clone(),
            without: self.without.clone(),
            sequence,
            stamp: self.stamp,
            is_cancelled,
            organizer: self.organizer.clone(),
            attendee: Some(attendee),
        });
        CalendarPart { method, content: calendar.write() }
    }
}

impl When {
    /// As a person reads it: `11 January 2027, 09:00 CET`, of a series its first.
    pub fn told(&self) -> String {
        self.told_at(self.starts_at())
    }

    /// The same for another time of the series.
    pub fn told_at(&self, starts_at: DateTime<Utc>) -> String {
        let local = starts_at.with_timezone(&self.zone);
        if self.is_all_day() {
            return local.format("%-d %B %Y").to_string();
        }
        local.format("%-d %B %Y, %H:%M %Z").to_string()
    }
}

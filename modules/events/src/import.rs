//! Calendars taken in from elsewhere.

use std::collections::{BTreeMap, BTreeSet};

use base::{
    Error, Faults, Result, Tx, Verb, access,
    value::{Change, DayOrTime, Email, Note, Text, Timezone, WebUrl},
};
use chrono::NaiveDate;
use notes::Ties;
use poem_openapi::{Enum, Object, types::MaybeUndefined};
use sea_orm::{ColumnTrait, Condition};
use uuid::Uuid;

use crate::{
    event::{Answered, Column, Days, Entity, Guests, Model},
    ics::{IncomingEvent, IncomingTime, read},
    prospects::Prospects,
    series,
    view::{Answer, EventChange, EventStatus, Guest},
};

/// What becomes of the events of a calendar.
#[derive(Clone, Debug, Object)]
pub struct EventImport {
    /// In the order of the calendar.
    pub results: Vec<ImportedEvent>,
    pub made: usize,
    pub already_there: usize,
    pub refused: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[oai(rename_all = "snake_case")]
pub enum ImportOutcome {
    /// It is made, or would be.
    Made,
    /// There is one of the same `UID`.
    AlreadyThere,
    Refused,
}

/// What becomes of one event.
#[derive(Clone, Debug, Object)]
pub struct ImportedEvent {
    pub uid: String,
    pub title: String,
    pub start: Option<DayOrTime>,
    pub end: Option<DayOrTime>,
    pub time_zone: Option<String>,
    pub recurrence: Option<String>,
    /// The day of the series that it was changed out of.
    pub occurrence_on: Option<NaiveDate>,
    pub outcome: ImportOutcome,
    /// Why it is refused.
    pub reason: Option<String>,
    /// The event, when it is there.
    pub event_id: Option<Uuid>,
}

/// Whether something is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Preview,
    Import,
}

/// Takes in the events of a calendar, or says what would become of them. The actor takes part in what is made; others who do
/// are its guests, and nobody is invited.
///
/// # Errors
/// 403 without a grant to create; those of [`read`].
pub async fn take(tx: &Tx, text: &str, mode: Mode) -> Result<EventImport> {
    access::scope::<Entity>(tx.actor(), Verb::CREATE).ok_or_else(Error::forbidden)?;
    let incoming = read(text, tx.org_time_zone().await?)?;
    if mode == Mode::Import {
        tx.alone_with(&format!("import of {:?}", tx.actor().user())).await?;
    }
    // Series before what was changed out of them.
    let mut order: Vec<usize> = (0..incoming.events.len()).collect();
    order.sort_by_key(|place| incoming.events[*place].occurrence_on.is_some());
    let mut known = known(tx, &incoming.events).await?;
    let mut results: BTreeMap<usize, ImportedEvent> = BTreeMap::new();
    for place in order {
        let event = &incoming.events[place];
        let mut became = judge(event, &known).unwrap_or_else(Became::Refused);
        if let Became::Made(id) = &mut became {
            if mode == Mode::Import {
                *id = Some(Box::pin(make(tx, event, &known)).await?.id);
            }
            known.note(event, *id);
        }
        results.insert(place, told(event, became));
    }
    let results: Vec<ImportedEvent> = results.into_values().collect();
    let count = |outcome| results.iter().filter(|one| one.outcome == outcome).count();
    let (made, already_there, refused) =
        (count(ImportOutcome::Made), count(ImportOutcome::AlreadyThere), count(ImportOutcome::Refused));
    Ok(EventImport { results, made, already_there, refused })
}

enum Became {
    Made(Option<Uuid>),
    There(Option<Uuid>),
    Refused(String),
}

/// What of a calendar is here already, as far as the actor sees it: by `UID`, and by the day for what was changed out of a series.
#[derive(Default)]
struct Known(BTreeMap<(String, Option<NaiveDate>), Option<Uuid>>);

impl Known {
    fn note(&mut self, event: &IncomingEvent, id: Option<Uuid>) {
        self.0.insert((event.uid.clone(), event.occurrence_on), id);
    }
}

async fn known(tx: &Tx, events: &[IncomingEvent]) -> Result<Known> {
    let uids: BTreeSet<&str> = events.iter().map(|event| event.uid.as_str()).collect();
    let ids: Vec<Uuid> = uids.iter().filter_map(|uid| uid.parse().ok()).collect();
    let same = Condition::any()
        .add(Column::Uid.is_in(uids.iter().copied()))
        .add(Column::Id.is_in(ids.iter().copied()))
        .add(Column::SeriesId.is_in(ids));
    let rows = tx.find::<Entity>().filter(same).all(5_000).await?;
    Ok(Known(rows.into_iter().map(|row| ((row.uid(), row.occurrence_on), Some(row.id))).collect()))
}

/// What would become of it, or why it is refused.
fn judge(event: &IncomingEvent, known: &Known) -> std::result::Result<Became, String> {
    if event.uid.is_empty() || event.uid.chars().count() > 255 || event.uid.contains(char::is_control) {
        return Err("It has no UID of 1 to 255 characters.".to_owned());
    }
    if let Some(there) = known.0.get(&(event.uid.clone(), event.occurrence_on)) {
        return Ok(Became::There(*there));
    }
    let time = event.time.as_ref().map_err(Clone::clone)?;
    if event.occurrence_on.is_some() {
        if time.rule.is_some() {
            return Err("One of a series does not come again itself.".to_owned());
        }
        if !known.0.contains_key(&(event.uid.clone(), None)) {
            return Err("The series that it was changed out of is not there.".to_owned());
        }
        return Ok(Became::Made(None));
    }
    let row = Model { excluded: Days::default(), ..row(event, time) };
    let when = row.when();
    match &when.rule {
        Some(rule) if !rule.series(when.start.local(), when.zone).begins() => {
            Err("The start must be the first time that the rule has.".to_owned())
        }
        _ => Ok(Became::Made(None)),
    }
}

async fn make(tx: &Tx, event: &IncomingEvent, known: &Known) -> Result<Model> {
    let Ok(time) = &event.time else { return Err(Error::internal("an event was judged and has no time")) };
    let series = known.0.get(&(event.uid.clone(), None)).copied().flatten();
    if let (Some(on), Some(series)) = (event.occurrence_on, series) {
        return match series::change_one(tx, series, on, change(event, time)).await {
            // The series does not have that day: it is an event by itself.
            Err(error) if error.is_not_found() => make_row(tx, Model { uid: None, ..row(event, time) }).await,
            done => done,
        };
    }
    make_row(tx, row(event, time)).await
}

async fn make_row(tx: &Tx, new: Model) -> Result<Model> {
    let me: Vec<Uuid> = tx.actor().user().into_iter().collect();
    tx.make::<Entity>(|row| {
        *row = new;
        (Ties::put(me, vec![], vec![]), (Some(vec![]).into(), (Prospects(Some(vec![])), Faults::new())))
    })
    .await
}

fn row(event: &IncomingEvent, time: &IncomingTime) -> Model {
    let guests = guests(event);
    let answers = event.attendees.iter().filter(|one| one.answer != Answer::NeedsAction);
    let answers = answers.filter(|one| guests.iter().any(|guest| guest.email.eq_ignore_ascii_case(&one.email)));
    let mut row = Model {
        title: title(event),
        status: if event.is_cancelled { EventStatus::Cancelled } else { EventStatus::Planned },
        description: event.description.as_deref().and_then(note),
        place: event.place.as_deref().and_then(line),
        link: event.link.as_deref().and_then(|link| WebUrl::<2_000>::parse(link).ok()).map(WebUrl::into_inner),
        starts_local: time.start.as_str().to_owned(),
        ends_local: time.end.as_str().to_owned(),
        time_zone: time.zone.name().to_owned(),
        recurrence: time.rule.clone(),
        excluded: Days(time.without.clone()),
        is_busy: event.is_busy,
        uid: Some(event.uid.clone()),
        sequence: i32::try_from(event.sequence.clamp(0, 1_000_000)).unwrap_or_default(),
        ..Model::default()
    };
    for one in answers {
        let at = event.stamp.unwrap_or_default();
        row.answers.0.insert(one.email.clone(), Answered { answer: one.answer, at });
    }
    row.guests = Guests(guests);
    row
}

fn change(event: &IncomingEvent, time: &IncomingTime) -> EventChange {
    let text = |text: Option<String>| match text.and_then(|text| Text::parse(&text).ok()) {
        Some(text) => MaybeUndefined::Value(text),
        None => MaybeUndefined::Null,
    };
    EventChange {
        title: Text::parse(&title(event)).map_or(Change::Keep, Change::To),
        status: Change::To(if event.is_cancelled { EventStatus::Cancelled } else { EventStatus::Planned }),
        place: text(event.place.as_deref().and_then(line)),
        start: Change::To(time.start.clone()),
        end: Change::To(time.end.clone()),
        time_zone: Timezone::parse(time.zone.name()).map_or(Change::Keep, Change::To),
        is_busy: Change::To(event.is_busy),
        ..EventChange::default()
    }
}

fn guests(event: &IncomingEvent) -> Vec<Guest> {
    let mut all: Vec<Guest> = Vec::new();
    for one in &event.attendees {
        let Ok(email) = Email::parse(&one.email) else { continue };
        if all.len() < 50 && !all.iter().any(|guest| guest.email.eq_ignore_ascii_case(email.as_str())) {
            all.push(Guest { name: one.name.as_deref().and_then(line), email: email.into_inner() });
        }
    }
    all
}

fn title(event: &IncomingEvent) -> String {
    line(&event.title).unwrap_or_else(|| "(no title)".to_owned())
}

/// One line of at most 255 characters; `None` when it says nothing.
fn line(text: &str) -> Option<String> {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(255).collect();
    Text::<255>::parse(&plain).ok().map(Text::into_inner)
}

fn note(text: &str) -> Option<String> {
    let plain: String = text.chars().filter(|c| !c.is_control() || "\t\n\r".contains(*c)).take(20_000).collect();
    Note::<20_000>::parse(&plain).ok().map(Note::into_inner).filter(|text| !text.is_empty())
}

fn told(event: &IncomingEvent, became: Became) -> ImportedEvent {
    let (outcome, reason, event_id) = match became {
        Became::Made(id) => (ImportOutcome::Made, None, id),
        Became::There(id) => (ImportOutcome::AlreadyThere, None, id),
        Became::Refused(reason) => (ImportOutcome::Refused, Some(reason), None),
    };
    let time = event.time.as_ref().ok();
    ImportedEvent {
        uid: event.uid.chars().take(255).collect(),
        title: title(event),
        start: time.map(|time| time.start.clone()),
        end: time.map(|time| time.end.clone()),
        time_zone: time.map(|time| time.zone.name().to_owned()),
        recurrence: time.and_then(|time| time.rule.clone()),
        occurrence_on: event.occurrence_on,
        outcome,
        reason,
        event_id,
    }
}

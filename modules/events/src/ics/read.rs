use std::collections::BTreeSet;

use base::zone::moment;
use base::{Error, Faults, Result, value::DayOrTime};
use calcard::{
    Entry, Parser,
    common::PartialDateTime,
    common::timezone::Tz as Zone,
    icalendar::{
        ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarEntry, ICalendarMethod, ICalendarParameterName,
        ICalendarParticipationStatus, ICalendarProperty as Property, ICalendarStatus, ICalendarTransparency,
        ICalendarValue, timezone::TzResolver,
    },
};
use chrono::{DateTime, Days, Duration, NaiveDate, Utc};
use chrono_tz::Tz;

use crate::{event, resource, view::Answer, when::When};

/// A calendar that was sent here.
pub struct Incoming {
    pub method: Option<ICalendarMethod>,
    pub events: Vec<IncomingEvent>,
}

/// An event in it.
#[derive(Clone, Debug)]
pub struct IncomingEvent {
    pub uid: String,
    pub sequence: i64,
    pub stamp: Option<DateTime<Utc>>,
    pub title: String,
    pub description: Option<String>,
    pub place: Option<String>,
    pub link: Option<String>,
    /// When it takes place, or why that cannot be kept here.
    pub time: std::result::Result<IncomingTime, String>,
    /// The day of the series that this one is changed out of.
    pub occurrence_on: Option<NaiveDate>,
    /// Whether it is about all after that one, too (RFC 5545, 3.2.13).
    pub and_following: bool,
    pub is_cancelled: bool,
    pub is_busy: bool,
    pub attendees: Vec<IncomingAttendee>,
}

#[derive(Clone, Debug)]
pub struct IncomingTime {
    pub start: DayOrTime,
    pub end: DayOrTime,
    pub zone: Tz,
    pub rule: Option<String>,
    pub without: BTreeSet<NaiveDate>,
}

#[derive(Clone, Debug)]
pub struct IncomingAttendee {
    pub name: Option<String>,
    /// In lower case.
    pub email: String,
    pub answer: Answer,
}

/// The most events of one calendar.
const MOST: usize = 500;

/// `floating` is the zone of times that say none.
///
/// # Errors
/// 400 `invalid_calendar`, 422 `too_many_events`.
pub fn read(text: &str, floating: Tz) -> Result<Incoming> {
    let invalid = || Error::bad_request("invalid_calendar", "The body is not an iCalendar object (RFC 5545).");
    let Entry::ICalendar(calendar) = Parser::new(text).entry() else { return Err(invalid()) };
    let root = calendar.components.first().ok_or_else(invalid)?;
    if root.component_type != ICalendarComponentType::VCalendar {
        return Err(invalid());
    }
    let method = root.property(&Property::Method).and_then(|entry| match entry.values.first() {
        Some(ICalendarValue::Method(method)) => Some(method.clone()),
        _ => None,
    });
    let zones = calendar.build_tz_resolver();
    let clocks = Clocks { zones, floating };
    let events = of_kind(&calendar).take(MOST + 1).map(|event| clocks.event(event)).collect::<Vec<_>>();
    if events.len() > MOST {
        let detail = "A calendar that is taken in has 500 events at most.";
        return Err(Error::unprocessable("too_many_events", detail));
    }
    Ok(Incoming { method, events })
}

fn of_kind(calendar: &ICalendar) -> impl Iterator<Item = &ICalendarComponent> {
    calendar.components.iter().filter(|component| component.component_type == ICalendarComponentType::VEvent)
}

struct Clocks<'c> {
    zones: TzResolver<&'c str>,
    floating: Tz,
}

/// A time as it is written, with the zone that it is in.
struct Written {
    time: DayOrTime,
    zone: Tz,
}

impl Written {
    /// What clocks in another zone show then.
    fn seen_in(&self, zone: Tz) -> DayOrTime {
        if self.time.is_day() || self.zone == zone {
            return self.time.clone();
        }
        DayOrTime::time(moment(self.time.local(), self.zone).with_timezone(&zone).naive_local())
    }
}

impl Clocks<'_> {
    fn event(&self, event: &ICalendarComponent) -> IncomingEvent {
        let text = |property: &Property| -> Option<String> {
            let entry = event.property(property)?;
            entry.values.first()?.as_text().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
        };
        let whole = |property: &Property| match event.property(property).and_then(|entry| entry.values.first()) {
            Some(ICalendarValue::Integer(number)) => Some(*number),
            _ => None,
        };
        let stamp = self.written(event, &Property::Dtstamp).ok().flatten();
        let time = self.time(event);
        let zone = time.as_ref().map_or(self.floating, |time| time.zone);
        let recurrence_id = self.written(event, &Property::RecurrenceId).ok().flatten();
        IncomingEvent {
            uid: text(&Property::Uid).unwrap_or_default(),
            sequence: whole(&Property::Sequence).unwrap_or_default(),
            stamp: stamp.map(|stamp| moment(stamp.time.local(), stamp.zone)),
            title: text(&Property::Summary).unwrap_or_default(),
            description: text(&Property::Description),
            place: text(&Property::Location),
            link: text(&Property::Url),
            occurrence_on: recurrence_id.map(|written| written.seen_in(zone).local().date()),
            and_following: event
                .property(&Property::RecurrenceId)
                .is_some_and(|entry| entry.parameter(&ICalendarParameterName::Range).is_some()),
            is_cancelled: event.status() == Some(&ICalendarStatus::Cancelled),
            is_busy: event.transparency() != Some(&ICalendarTransparency::Transparent),
            attendees: event.properties(&Property::Attendee).filter_map(attendee).collect(),
            time,
        }
    }

    fn time(&self, event: &ICalendarComponent) -> std::result::Result<IncomingTime, String> {
        let start = self.written(event, &Property::Dtstart)?.ok_or("It has no DTSTART.")?;
        let zone = start.zone;
        let end = match (self.written(event, &Property::Dtend)?, event.property(&Property::Duration)) {
            (Some(end), _) if start.time.is_day() => {
                // RFC 5545, 3.6.1: the end is not in it.
                DayOrTime::day((end.time.local().date() - Days::new(1)).max(start.time.local().date()))
            }
            (Some(end), _) => end.seen_in(zone),
            (None, Some(length)) => after(&start.time, zone, length),
            (None, None) => start.time.clone(),
        };
        if event.has_property(&Property::Rdate) {
            return Err("A series with RDATE cannot be kept.".to_owned());
        }
        let mut rules = event.properties(&Property::Rrule).flat_map(|entry| &entry.values);
        let rule = match (rules.next(), rules.next()) {
            (None, _) => None,
            (Some(ICalendarValue::RecurrenceRule(rule)), None) => Some(rule.to_string()),
            _ => return Err("A series has one rule.".to_owned()),
        };
        if let Some(rule) = &rule {
            let rule = recurrence::Rule::parse(rule).map_err(|refused| refused.detail.to_string())?;
            if matches!(rule.end(), recurrence::End::After(count) if count > 2_000) {
                return Err("COUNT is 2,000 at most.".to_owned());
            }
        }
        let mut without = BTreeSet::new();
        for entry in event.properties(&Property::Exdate) {
            for value in &entry.values {
                without.insert(self.read(entry, value)?.seen_in(zone).local().date());
            }
        }
        let when = When::of(start.time.as_str(), end.as_str(), zone.name(), rule.as_deref(), &event::Days::default());
        let mut faults = Faults::new();
        resource::time(&when, &mut faults);
        without.retain(|day| when.ruled(*day).is_some());
        match faults.into_iter().next() {
            Some(fault) => Err(fault.detail),
            None => Ok(IncomingTime { start: start.time, end, zone, rule, without }),
        }
    }

    fn written(&self, event: &ICalendarComponent, property: &Property) -> std::result::Result<Option<Written>, String> {
        let Some(entry) = event.property(property) else { return Ok(None) };
        let value = entry.values.first().ok_or("A time is missing.")?;
        self.read(entry, value).map(Some)
    }

    fn read(&self, entry: &ICalendarEntry, value: &ICalendarValue) -> std::result::Result<Written, String> {
        let unread = || "A time in it is none.".to_owned();
        let ICalendarValue::PartialDateTime(partial) = value else { return Err(unread()) };
        let read = partial.to_date_time().ok_or_else(unread)?;
        let zone = match (entry.tz_id(), &partial.tz_hour) {
            (_, Some(_)) => Tz::UTC,
            (Some(id), None) => match self.zones.resolve(id) {
                Some(Zone::Tz(zone)) => zone,
                _ => return Err(format!("Its time zone is not known: {}.", id.chars().take(64).collect::<String>())),
            },
            (None, None) => self.floating,
        };
        let local = read.date_time - Duration::seconds(read.offset.map_or(0, |offset| offset.local_minus_utc().into()));
        let time = if is_day(partial) { DayOrTime::day(local.date()) } else { DayOrTime::time(local) };
        let time = DayOrTime::parse(time.as_str()).map_err(|refused| refused.detail.to_string())?;
        Ok(Written { time, zone })
    }
}

fn is_day(partial: &PartialDateTime) -> bool {
    partial.hour.is_none()
}

/// What a `DURATION` makes the end: days by the calendar, the rest by the clock (RFC 5545, 3.3.6).
fn after(start: &DayOrTime, zone: Tz, length: &ICalendarEntry) -> DayOrTime {
    let Some(ICalendarValue::Duration(length)) = length.values.first() else { return start.clone() };
    if length.neg {
        return start.clone();
    }
    let days = u64::from(length.weeks.min(100)) * 7 + u64::from(length.days.min(700));
    if start.is_day() {
        return DayOrTime::day(start.local().date() + Days::new(days.saturating_sub(1)));
    }
    let hours =
        Duration::hours(length.hours.min(10_000).into()) + Duration::minutes(length.minutes.min(600_000).into());
    let exact = hours + Duration::seconds(length.seconds.min(36_000_000).into());
    let end = moment(start.local() + Days::new(days), zone) + exact;
    DayOrTime::time(end.with_timezone(&zone).naive_local())
}

fn attendee(entry: &ICalendarEntry) -> Option<IncomingAttendee> {
    let address = entry.values.first()?.as_text()?;
    let email = address.split_once(':').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("mailto"))?.1;
    let name = entry.parameter(&ICalendarParameterName::Cn).and_then(|name| name.as_text());
    let answer = match entry.parameter(&ICalendarParameterName::Partstat) {
        Some(calcard::icalendar::ICalendarParameterValue::Partstat(said)) => match said {
            ICalendarParticipationStatus::Accepted => Answer::Accepted,
            ICalendarParticipationStatus::Declined => Answer::Declined,
            ICalendarParticipationStatus::Tentative => Answer::Tentative,
            _ => Answer::NeedsAction,
        },
        _ => Answer::NeedsAction,
    };
    Some(IncomingAttendee { name: name.map(str::to_owned), email: email.trim().to_lowercase(), answer })
}

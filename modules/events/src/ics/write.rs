use base::value::DayOrTime;
use base::zone::moment;
use calcard::{
    common::PartialDateTime,
    icalendar::{
        ICalendar, ICalendarComponent, ICalendarComponentType, ICalendarEntry, ICalendarMethod, ICalendarParameter,
        ICalendarParticipationRole, ICalendarParticipationStatus, ICalendarProperty as Property, ICalendarStatus,
        ICalendarTransparency, ICalendarValue, ICalendarValueType,
    },
};
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Utc};
use chrono_tz::Tz;
use recurrence::{End, Rule};

use crate::{
    event::Model,
    view::{Answer, EventStatus},
    when::When,
};

/// A calendar on its way out. Its time zones are added as it is written.
pub struct Calendar(ICalendar);

/// An event in it.
pub struct Entry<'e> {
    pub row: &'e Model,
    /// The series, for one that was changed out of it.
    pub series: Option<When>,
    /// The days that are left out and are not there as events of their own.
    pub without: Vec<NaiveDate>,
    pub sequence: i32,
    pub stamp: DateTime<Utc>,
    pub is_cancelled: bool,
    pub organizer: Option<Person>,
    pub attendee: Option<(Person, Answer)>,
}

/// Somebody with an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub name: String,
    pub email: String,
}

impl Calendar {
    pub fn new(method: Option<ICalendarMethod>) -> Self {
        let mut calendar = ICalendarComponent::new(ICalendarComponentType::VCalendar);
        calendar.add_property(Property::Version, "2.0");
        calendar.add_property(Property::Prodid, "-//Rapport//Rapport//EN");
        if let Some(method) = method {
            calendar.add_property(Property::Method, method);
        }
        Self(ICalendar { components: vec![calendar] })
    }

    pub fn add(&mut self, entry: &Entry<'_>) {
        let id = u32::try_from(self.0.components.len()).unwrap_or(u32::MAX);
        self.0.components.push(entry.component());
        self.0.components[0].component_ids.push(id);
    }

    pub fn write(mut self) -> String {
        self.0.add_missing_timezones();
        self.0.to_string()
    }
}

impl Entry<'_> {
    fn component(&self) -> ICalendarComponent {
        let (row, when) = (self.row, self.row.when());
        let mut event = ICalendarComponent::new(ICalendarComponentType::VEvent);
        event.add_uid(&row.uid());
        event.add_dtstamp(utc(self.stamp));
        event.add_property(Property::Created, utc(row.created_at));
        event.add_property(Property::LastModified, utc(row.updated_at));
        event.add_sequence(self.sequence.into());
        event.add_property(Property::Summary, plain(&row.title));
        let texts = [(Property::Description, &row.description), (Property::Location, &row.place)];
        for (property, text) in texts {
            if let Some(text) = text {
                event.add_property(property, plain(text));
            }
        }
        if let Some(link) = &row.link {
            event.add_property(Property::Url, calcard::icalendar::Uri::Location(link.clone()));
        }
        event.entries.push(time(Property::Dtstart, &when.start, when.zone));
        let end = if when.is_all_day() {
            // RFC 5545, 3.6.1: the end is not in it.
            DayOrTime::day(when.end.local().date() + Days::new(1))
        } else {
            when.end.clone()
        };
        event.entries.push(time(Property::Dtend, &end, when.zone));
        if let Some(rule) = &when.rule
            && let Some(value) = recurrence(rule, &when)
        {
            event.entries.push(ICalendarEntry::new(Property::Rrule).with_value(value));
        }
        for day in self.without.iter().filter_map(|day| when.ruled(*day)) {
            event.entries.push(time(Property::Exdate, &day.start, when.zone));
        }
        if let (Some(series), Some(on)) = (&self.series, row.occurrence_on)
            && let Some(was) = series.ruled(on)
        {
            event.entries.push(time(Property::RecurrenceId, &was.start, series.zone));
        }
        let is_cancelled = self.is_cancelled || row.status == EventStatus::Cancelled;
        event.add_property(
            Property::Status,
            if is_cancelled { ICalendarStatus::Cancelled } else { ICalendarStatus::Confirmed },
        );
        let free = !row.is_busy;
        event.add_property(
            Property::Transp,
            if free { ICalendarTransparency::Transparent } else { ICalendarTransparency::Opaque },
        );
        if let Some(organizer) = &self.organizer {
            event.entries.push(organizer.entry(Property::Organizer));
        }
        if let Some((attendee, answer)) = &self.attendee {
            let entry = attendee
                .entry(Property::Attendee)
                .with_param(ICalendarParameter::role(ICalendarParticipationRole::ReqParticipant))
                .with_param(ICalendarParameter::partstat(answer.status()))
                .with_param(ICalendarParameter::rsvp(true));
            event.entries.push(entry);
        }
        event
    }
}

impl Person {
    fn entry(&self, property: Property) -> ICalendarEntry {
        // RFC 5545 has no way to write a double quote in a parameter; RFC 6868 has, and few read it.
        let name = plain(&self.name).replace(['"', '\n', '\\', '^'], "'");
        let address = calcard::icalendar::Uri::Location(format!("mailto:{}", self.email));
        ICalendarEntry::new(property).with_value(address).with_param(ICalendarParameter::cn(name))
    }
}

impl Model {
    /// How it is called in other calendars: one of a series as the series is.
    pub fn uid(&self) -> String {
        self.uid.clone().unwrap_or_else(|| self.series_id.unwrap_or(self.id).to_string())
    }
}

impl Answer {
    fn status(self) -> ICalendarParticipationStatus {
        match self {
            Self::NeedsAction => ICalendarParticipationStatus::NeedsAction,
            Self::Accepted => ICalendarParticipationStatus::Accepted,
            Self::Declined => ICalendarParticipationStatus::Declined,
            Self::Tentative => ICalendarParticipationStatus::Tentative,
        }
    }
}

/// A day, a moment in UTC, or what the clocks of a zone show.
fn time(property: Property, time: &DayOrTime, zone: Tz) -> ICalendarEntry {
    let entry = ICalendarEntry::new(property);
    let local = time.local();
    if time.is_day() {
        let day = PartialDateTime { hour: None, minute: None, second: None, ..partial(local) };
        return entry.with_value(day).with_param(ICalendarParameter::value(ICalendarValueType::Date));
    }
    if zone == Tz::UTC {
        return entry.with_value(utc(local.and_utc()));
    }
    entry.with_value(partial(local)).with_param(ICalendarParameter::tzid(zone.name().to_owned()))
}

fn partial(local: NaiveDateTime) -> PartialDateTime {
    let small = |number: u32| u8::try_from(number).ok();
    PartialDateTime {
        year: u16::try_from(local.year()).ok(),
        month: small(local.month()),
        day: small(local.day()),
        hour: small(local.hour()),
        minute: small(local.minute()),
        second: small(local.second()),
        ..PartialDateTime::default()
    }
}

fn utc(moment: DateTime<Utc>) -> PartialDateTime {
    PartialDateTime { tz_hour: Some(0), tz_minute: Some(0), ..partial(moment.naive_utc()) }
}

/// The rule with its end as RFC 5545 (3.3.10) wants it: a day for days, a moment in UTC for times.
fn recurrence(rule: &Rule, when: &When) -> Option<ICalendarValue> {
    let end = match rule.end() {
        End::With(day) if !when.is_all_day() => {
            End::At(moment((day + Days::new(1)).and_time(NaiveTime::MIN), when.zone) - chrono::Duration::seconds(1))
        }
        End::At(until) if when.is_all_day() => End::With(until.with_timezone(&when.zone).date_naive()),
        end => end,
    };
    let text = format!("BEGIN:VEVENT\r\nRRULE:{}\r\nEND:VEVENT\r\n", rule.ending(end));
    let read = ICalendar::parse(text).ok()?;
    read.components.first()?.property(&Property::Rrule)?.values.first().cloned()
}

/// Text without what cannot be written (RFC 5545, 3.1): no control characters but line ends and tabs.
fn plain(text: &str) -> String {
    text.replace("\r\n", "\n").chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

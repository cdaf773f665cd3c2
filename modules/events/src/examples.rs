use base::value::{Change, DayOrTime, Email, Note, Text, Timezone};
use poem_openapi::types::{Example, MaybeUndefined};

use crate::view::{Answer, EventAnswer, EventChange, EventKind, EventStatus, NewEvent, NewGuest};

impl Example for NewEvent {
    fn example() -> Self {
        Self {
            title: Text::parse("Quarterly review").expect("a title"),
            kind: EventKind::Meeting,
            status: EventStatus::Planned,
            description: Note::parse("What went well, what comes next.").ok(),
            place: Text::parse("Hafenstrasse 12, Hamburg").ok(),
            link: None,
            start: DayOrTime::parse("2027-01-11T09:00:00").expect("a time"),
            end: DayOrTime::parse("2027-01-11T10:30:00").ok(),
            time_zone: Timezone::parse("Europe/Berlin").ok(),
            recurrence: Text::parse("FREQ=DAILY").ok(),
            account_id: None,
            opportunity_id: None,
            lead_id: None,
            contact_id: None,
            case_id: None,
            contacts: vec![],
            leads: vec![],
            guests: vec![NewGuest {
                name: Text::parse("Greta Lindqvist").ok(),
                email: Email::parse("greta@elbe.example").expect("an address"),
            }],
            reminders: vec![900],
            is_busy: true,
            invites: false,
            assigned_to: vec![],
            teams: vec![],
            tags: vec![],
        }
    }
}

impl Example for EventChange {
    fn example() -> Self {
        Self { status: Change::To(EventStatus::Planned), place: MaybeUndefined::Null, ..Self::default() }
    }
}

impl Example for EventAnswer {
    fn example() -> Self {
        Self { answer: Answer::Accepted }
    }
}

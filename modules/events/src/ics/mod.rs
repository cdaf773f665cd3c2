//! Events as other calendars write them (iCalendar, RFC 5545).

mod body;
mod read;
mod write;

pub use body::Ics;
pub use read::{Incoming, IncomingAttendee, IncomingEvent, IncomingTime, read};
pub use write::{Calendar, Entry, Person};

//! Events as other calendars write them (iCalendar, RFC 5545).

mod write;

pub use write::{Calendar, Entry, Person};

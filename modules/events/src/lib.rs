//! An event is a meeting or a call, at a time by the clocks of a place, once or again and again.

mod event;
mod event_contact;
mod event_lead;
mod access;
mod when;
mod said;
mod view;
mod examples;
mod write;
mod prospects;
mod about;
mod resource;
mod show;
mod answer;
mod series;
mod calendar;
mod times;
mod busy;
mod conflicts;
mod ics;
mod invited;
mod letter;
mod invite;
mod feed;
mod feed_api;
mod import;
mod reply;
mod import_api;
mod reminder;
mod list;
mod api;
#[cfg(test)]
mod tests;

pub use api::EventsApi;
pub use calendar::{Calendar, OccurrenceView, Span, of as calendar};
pub use event::{Column, Entity, Model as Event};
pub use feed_api::EventFeedsApi;
pub use import_api::EventImportsApi;
pub use invite::{InviteToEvent, TellInvited};
pub use letter::AnswerDesk;
pub use prospects::Prospects;
pub use reminder::{RemindOfEvent, TellEventSoon};
pub use reply::{MailedReply, take_mailed_reply};
pub use view::{EventKind, EventStatus};

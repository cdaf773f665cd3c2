//! What happens, as it happens: ids alone, for a client that fetches what it shows. Every event is looked at with the
//! listener's eyes before it is told, so a stream is no second door.

mod ticket;
mod view;
mod eyes;
mod watch;
mod answer;
mod api;

pub use api::StreamApi;

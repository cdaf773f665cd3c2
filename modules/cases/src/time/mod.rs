//! Time that members worked on cases, for invoices to ask for.

mod entry;
mod view;
mod resource;
mod list;
mod reach;
mod sum;
mod moved;
mod api;

pub use api::TimeEntriesApi;
pub use entry::{Entity, Model};
pub use moved::{move_all, move_back};

//! A series gives documents their numbers: one after the other, without gaps.

mod series;
mod pattern;
mod access;
mod view;
mod examples;
mod write;
mod resource;
mod list;
mod take;
mod api;

pub use api::InvoiceSeriesApi;
pub use series::{Entity, Model as Series};
pub use take::{found, open, take};

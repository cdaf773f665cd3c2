mod row;
mod week;
mod view;
mod examples;
mod write;
mod resource;
mod list;
mod api;

pub use api::CalendarsApi;
pub use row::{Column, Entity, Holidays, Model, Week};
pub use week::{BusinessPeriod, Holiday, Weekday};

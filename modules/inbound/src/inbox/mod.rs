mod row;
mod view;
mod resource;
mod list;
mod api;

pub use api::InboxApi;
pub use row::{Arrivals, Arrived, Column, Entity, Model, References};
pub use view::FileRefusal;

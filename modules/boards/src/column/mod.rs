mod row;
mod view;
mod write;
mod resource;
mod place;
mod list;
mod api;

pub use api::ColumnsApi;
pub use row::{Column, Entity, Model};

mod row;
mod targets;
pub mod view;
mod write;
mod resource;
mod list;
mod api;

pub use api::SlaPoliciesApi;
pub use row::{Column, Entity, Model};
pub use targets::{Target, Targets};

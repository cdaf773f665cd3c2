mod row;
pub mod key;
mod view;
mod write;
mod resource;
mod list;
mod api;

pub use api::MailboxesApi;
pub use row::{Column, Entity, Model};

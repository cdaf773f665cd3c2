mod row;
mod origin;
mod key;
mod view;
mod show;
mod write;
mod resource;
mod list;
mod api;

pub use api::FormsApi;
#[cfg(test)]
pub use row::Required;
pub use row::{Column, Entity, Model};
pub use view::FormField;

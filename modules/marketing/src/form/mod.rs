mod row;
mod origin;
mod key;
mod view;
mod show;
mod write;
mod list;
mod api;

pub use api::FormsApi;
pub use row::{Column, Entity, Model};
#[cfg(test)]
pub use row::Required;
pub use view::FormField;
